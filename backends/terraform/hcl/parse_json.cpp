#include "backends/terraform/hcl/parse_json.h"

#include "backends/terraform/hcl/parse.h"
#include "compiler/cloud/document.h"
#include "compiler/cloud/template_reader.h"
#include "compiler/diagnostics/codes.h"

#include <algorithm>
#include <array>

namespace virga::hcl {
namespace {

using Kind = Expr::Kind;

/// Blocks of Terraform itself, and how many labels they have.
struct Known {
  std::string_view name;
  std::size_t labels;
};
constexpr std::array<Known, 9> kTop = {{{"resource", 2},
                                        {"data", 2},
                                        {"ephemeral", 2},
                                        {"variable", 1},
                                        {"output", 1},
                                        {"provider", 1},
                                        {"module", 1},
                                        {"terraform", 0},
                                        {"locals", 0}}};
constexpr std::array<std::string_view, 5> kInner = {"lifecycle", "validation", "required_providers", "precondition",
                                                    "postcondition"};

void place(Expr& e, Span at) {
  e.span = at;
  for (Expr& part : e.parts) place(part, at);
}

/// Texts as they are, still without a meaning.
Expr tree(const cloud::Document& document) {
  Expr e;
  if (const bool* flag = document.as_boolean()) e = boolean(*flag);
  else if (const auto* whole = document.as_integer()) e = integer(*whole);
  else if (const double* number = document.as_real()) e = real(*number);
  else if (const auto* text = document.as_string()) e = string(*text);
  else if (const auto* items = document.as_list()) {
    e = list();
    for (const cloud::Document& item : *items) e.parts.push_back(tree(item));
  } else if (const auto* entries = document.as_map()) {
    e = object();
    for (const cloud::Document::Entry& entry : *entries) {
      Expr key = string(entry.key);
      key.span = entry.key_span;
      add(e, std::move(key), tree(entry.value));
    }
  }
  e.span = document.span;
  return e;
}

class Reader {
 public:
  Reader(const SourceFile& source, diag::Sink& sink) : source_(source), sink_(sink) {}

  File run() {
    File file;
    const std::optional<cloud::Document> document = cloud::read_json(source_, sink_);
    if (!document || sink_.has_errors()) return file;
    const Expr root = tree(*document);
    if (!root.is(Kind::object)) {
      sink_.report(root.span, diag::codes::TemplateShape, "the file", "an object");
      return file;
    }
    for (std::size_t i = 0; i + 1 < root.parts.size(); i += 2) {
      const Expr &key = root.parts[i], &value = root.parts[i + 1];
      const auto known = std::find_if(kTop.begin(), kTop.end(), [&](const Known& k) { return k.name == key.text; });
      if (key.text == "//") comments(value, file.comments);
      else if (known != kTop.end()) labelled(key, value, known->labels, {}, file.body);
      else file.body.items.push_back(argument(key, value, ""));
    }
    return file;
  }

 private:
  static void comments(const Expr& value, std::vector<std::string>& out) {
    if (value.string() != nullptr) out.push_back(value.text);
    for (const Expr& part : value.parts) {
      if (part.string() != nullptr) out.push_back(part.text);
    }
  }

  /// `{"aws_sqs_queue": {"orders": {…}}}` → `resource "aws_sqs_queue" "orders" { … }`
  void labelled(const Expr& key, const Expr& value, std::size_t labels, std::vector<std::string> before, Body& out) {
    if (value.is(Kind::list)) {
      for (const Expr& part : value.parts) labelled(key, part, labels, before, out);
      return;
    }
    if (!value.is(Kind::object)) {
      sink_.report(value.span, diag::codes::TemplateShape, key.text, "an object");
      return;
    }
    if (labels == 0) {
      Item item;
      item.name = key.text;
      item.name_span = item.span = before.empty() ? key.span : value.span;
      item.is_block = true;
      item.labels = std::move(before);
      item.body = body(value, item.name);
      out.items.push_back(std::move(item));
      return;
    }
    for (std::size_t i = 0; i + 1 < value.parts.size(); i += 2) {
      if (value.parts[i].text == "//") continue;
      std::vector<std::string> all = before;
      all.push_back(value.parts[i].text);
      labelled(key, value.parts[i + 1], labels - 1, std::move(all), out);
    }
  }

  Body body(const Expr& object, std::string_view block) {
    Body out;
    for (std::size_t i = 0; i + 1 < object.parts.size(); i += 2) {
      const Expr &key = object.parts[i], &value = object.parts[i + 1];
      if (key.text == "//") continue;
      if (std::find(kInner.begin(), kInner.end(), key.text) != kInner.end()) labelled(key, value, 0, {}, out);
      else out.items.push_back(argument(key, value, block));
    }
    return out;
  }

  Item argument(const Expr& key, const Expr& value, std::string_view block) {
    Item item;
    item.name = key.text;
    item.name_span = item.span = key.span;
    const bool named = key.text == "depends_on" || key.text == "ignore_changes" || key.text == "replace_triggered_by" ||
                       key.text == "provider" || (key.text == "type" && block == "variable");
    item.value = meant(value, named);
    return item;
  }

  /// Texts become what they stand for: templates, or the names of things.
  Expr meant(const Expr& e, bool named) {
    if (const std::string* text = e.string()) {
      if (!named && text->find("${") == std::string::npos && text->find("%{") == std::string::npos) return e;
      return inside(*text, e.span, named);
    }
    Expr out = e;
    for (Expr& part : out.parts) part = meant(part, named);
    return out;
  }

  Expr inside(const std::string& text, Span at, bool named) {
    SourceFile part;
    part.id = source_.id;
    part.text = text;
    diag::Sink mistakes;
    Expr e = named ? parse_expression(part, mistakes) : parse_template(part, mistakes);
    if (mistakes.has_errors()) sink_.report(at, diag::codes::TemplateSyntax, "HCL", "there is a mistake in this text");
    // An expression alone is itself, not a text with it.
    if (e.is(Kind::joined) && e.parts.size() == 1 && !e.parts.front().is(Kind::directive)) {
      Expr only = std::move(e.parts.front());
      e = std::move(only);
    }
    place(e, at);
    return e;
  }

  const SourceFile& source_;
  diag::Sink& sink_;
};

}  // namespace

File parse_json(const SourceFile& source, diag::Sink& sink) {
  diag::Sink own;
  File file = Reader(source, own).run();
  for (const diag::Diagnostic& d : own.all()) sink.add(d);
  return file;
}

std::vector<Item> open_block(const Item& argument) {
  std::vector<Item> out;
  const bool several = argument.value.is(Kind::list);
  for (const Expr& one : several ? argument.value.parts : std::vector<Expr>{argument.value}) {
    if (!one.is(Kind::object)) return {};
    Item block;
    block.name = argument.name;
    block.name_span = block.span = argument.name_span;
    block.is_block = true;
    for (std::size_t i = 0; i + 1 < one.parts.size(); i += 2) {
      if (one.parts[i].string() == nullptr) return {};
      if (one.parts[i].text == "//") continue;
      Item& inner = block.body.set(one.parts[i].text, one.parts[i + 1]);
      inner.name_span = inner.span = one.parts[i].span;
    }
    out.push_back(std::move(block));
  }
  return out;
}

}  // namespace virga::hcl
