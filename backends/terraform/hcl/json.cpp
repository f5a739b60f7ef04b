#include "backends/terraform/hcl/json.h"

#include "backends/terraform/hcl/print.h"
#include "compiler/diagnostics/json_text.h"

#include <algorithm>

namespace virga::hcl {
namespace {

using Kind = Expr::Kind;

std::string margin(std::size_t depth) { return std::string(2 * depth, ' '); }

std::string quoted_json(std::string_view text) {
  std::string out;
  diag::append_json_string(out, text);
  return out;
}

/// A text in which `${` and `%{` begin an interpolation, as they do in texts of the JSON syntax.
std::string escaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    out += text[i];
    if ((text[i] == '$' || text[i] == '%') && i + 1 < text.size() && text[i + 1] == '{') out += text[i];
  }
  return out;
}

bool literal(const Expr& e) { return e.is(Kind::null) || e.is(Kind::boolean) || e.is(Kind::integer) || e.is(Kind::real); }

/// Arguments of Terraform that name something and are not evaluated: in the JSON syntax a text without `${…}`.
bool names_things(std::string_view argument, std::string_view block) {
  return argument == "depends_on" || argument == "ignore_changes" || argument == "replace_triggered_by" ||
         argument == "provider" || (argument == "type" && block == "variable");
}

class Writer {
 public:
  std::string value(const Expr& e, std::size_t depth) {
    switch (e.kind) {
      case Kind::string: return quoted_json(escaped(e.text));
      case Kind::joined: return quoted_json(text(e));
      case Kind::list: return list(e, depth);
      case Kind::object: return object(e, depth);
      default: return literal(e) ? print(e) : quoted_json("${" + print(e) + "}");
    }
  }

  /// Blocks of one type and one way of labels stand together: JSON has each key once.
  std::string body(const Body& b, std::size_t depth, std::string_view block = {}) {
    if (b.items.empty()) return "{}";
    std::vector<std::pair<std::string, std::string>> entries;
    for (std::size_t i = 0; i < b.items.size(); ++i) {
      const Item& item = b.items[i];
      if (!item.is_block) {
        const bool named = names_things(item.name, block);
        entries.emplace_back(item.name, named ? name(item.value, depth + 1) : value(item.value, depth + 1));
        continue;
      }
      const auto same = [&](const Item& other) { return other.is_block && other.name == item.name; };
      if (std::find_if(b.items.begin(), b.items.begin() + static_cast<std::ptrdiff_t>(i), same) !=
          b.items.begin() + static_cast<std::ptrdiff_t>(i))
        continue;
      std::vector<const Item*> blocks;
      for (const Item& other : b.items) {
        if (same(other)) blocks.push_back(&other);
      }
      entries.emplace_back(item.name, labelled(blocks, 0, depth + 1));
    }
    return braces(entries, depth);
  }

 private:
  static std::string braces(const std::vector<std::pair<std::string, std::string>>& entries, std::size_t depth) {
    std::string out = "{";
    for (const auto& [key, text] : entries)
      out += (out.size() > 1 ? ",\n" : "\n") + margin(depth + 1) + quoted_json(key) + ": " + text;
    return out + "\n" + margin(depth) + "}";
  }

  std::string labelled(const std::vector<const Item*>& blocks, std::size_t label, std::size_t depth) {
    if (label == blocks.front()->labels.size()) {
      if (blocks.size() == 1) return body(blocks.front()->body, depth, blocks.front()->name);
      std::string out = "[";
      for (const Item* block : blocks)
        out += (out.size() > 1 ? ",\n" : "\n") + margin(depth + 1) + body(block->body, depth + 1, block->name);
      return out + "\n" + margin(depth) + "]";
    }
    std::vector<std::pair<std::string, std::string>> entries;
    std::vector<std::string> seen;
    for (const Item* block : blocks) {
      const std::string& name = block->labels[label];
      if (std::find(seen.begin(), seen.end(), name) != seen.end()) continue;
      seen.push_back(name);
      std::vector<const Item*> inner;
      for (const Item* other : blocks) {
        if (other->labels[label] == name) inner.push_back(other);
      }
      entries.emplace_back(name, labelled(inner, label + 1, depth + 1));
    }
    return braces(entries, depth);
  }

  std::string name(const Expr& e, std::size_t depth) {
    if (e.is(Kind::string)) return quoted_json(e.text);
    if (!e.is(Kind::list)) return quoted_json(print(e));
    std::string out = "[";
    for (const Expr& part : e.parts) out += (out.size() > 1 ? ",\n" : "\n") + margin(depth + 1) + name(part, depth + 1);
    return out + (e.parts.empty() ? "]" : "\n" + margin(depth) + "]");
  }

  std::string list(const Expr& e, std::size_t depth) {
    if (e.parts.empty()) return "[]";
    std::string out = "[";
    for (const Expr& part : e.parts) out += (out.size() > 1 ? ",\n" : "\n") + margin(depth + 1) + value(part, depth + 1);
    return out + "\n" + margin(depth) + "]";
  }

  std::string object(const Expr& e, std::size_t depth) {
    if (e.parts.empty()) return "{}";
    std::vector<std::pair<std::string, std::string>> entries;
    for (std::size_t i = 0; i + 1 < e.parts.size(); i += 2) {
      const Expr& key = e.parts[i];
      entries.emplace_back(key.is(Kind::string) ? escaped(key.text) : "${" + print(key) + "}",
                           value(e.parts[i + 1], depth + 1));
    }
    return braces(entries, depth);
  }

  /// The inside of a text, where quotes of expressions are not escaped a second time.
  static std::string text(const Expr& e) {
    std::string out;
    for (const Expr& part : e.parts) {
      if (part.is(Kind::string)) out += escaped(part.text);
      else if (part.is(Kind::directive)) out += "%{" + part.text + "}";
      else out += "${" + print(part) + "}";
    }
    return out;
  }
};

}  // namespace

std::string print_json(const File& file) {
  Body body = file.body;
  if (!file.comments.empty()) {
    Item comment;
    comment.name = "//";
    std::vector<Expr> lines;
    for (const std::string& paragraph : file.comments) lines.push_back(string(paragraph));
    comment.value = list(std::move(lines));
    body.items.insert(body.items.begin(), std::move(comment));
  }
  return Writer().body(body, 0) + "\n";
}

}  // namespace virga::hcl
