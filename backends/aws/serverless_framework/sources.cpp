// Where the values of variables come from.
#include "backends/aws/codes.h"
#include "backends/aws/serverless_framework/names.h"
#include "backends/aws/serverless_framework/variables.h"
#include "compiler/cloud/template_reader.h"

#include <algorithm>

namespace virga::aws::serverless_framework {
namespace {

constexpr std::string_view kUsualStage = "dev";

/// `config/../../x` and `/etc/x` lead out of the folder.
bool leads_out(std::string_view path) {
  if (path.starts_with('/') || path.starts_with('~') || path.find('\\') != std::string_view::npos ||
      path.find(':') != std::string_view::npos)
    return true;
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    if (path.substr(0, slash) == "..") return true;
    path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
  }
  return false;
}

/// `./config//dev.yml` → `config/dev.yml`
std::string plain_path(std::string_view path) {
  std::string out;
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    const std::string_view part = path.substr(0, slash);
    if (!part.empty() && part != ".") out += (out.empty() ? "" : "/") + std::string(part);
    path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
  }
  return out;
}

const Document* child(const Document& of, std::string_view key) {
  if (const auto* list = of.as_list()) {
    std::size_t index = 0;
    for (const char c : key) {
      if (c < '0' || c > '9' || index > list->size()) return nullptr;
      index = index * 10 + static_cast<std::size_t>(c - '0');
    }
    return key.empty() || index >= list->size() ? nullptr : &(*list)[index];
  }
  return of.find(key);
}

std::string description(const Source& source, const std::string& address) {
  if (source.type == "env") return "environment variable `" + address + "`";
  if (source.type == "ssm") return "parameter `" + address + "` of the Parameter Store of Systems Manager";
  if (source.type == "cf") return "output `" + address + "` of another stack";
  if (source.type == "s3") return "object `" + address + "` of Amazon S3";
  if (source.type == "opt") return "option `--" + address + "`";
  return source.type + " `" + address + "`";
}

}  // namespace

Variables::Found Variables::look_up(const Source& source, const std::string& address, Span span) {
  if (source.type == "self") return self(address);
  if (source.type == "file") return file(source, address, span);
  if (source.type == "param") return param(address);
  if (source.type == "sls") return sls(address);
  if (source.type == "opt") {
    if (address == "stage" && !options_.stage.empty()) return Document(options_.stage);
    if (address == "region" && !options_.region.empty()) return Document(options_.region);
    return std::nullopt;
  }
  if (source.type == "aws") {
    if (address == "accountId") return reference("AWS::AccountId");
    if (address == "region") return reference("AWS::Region");
  }
  if (source.type == "strToBool" && !source.arguments.empty()) {
    const Document said = text_value(Document(source.arguments.front()), false);
    const std::string word = lower(said.text());
    if (word == "true" || word == "1") return Document(true);
    if (word == "false" || word == "0") return Document(false);
    return std::nullopt;
  }
  return std::nullopt;
}

Variables::Found Variables::self(std::string_view path) {
  const std::string key = "self:" + std::string(path);
  if (!open_.insert(key).second) {
    why_ = "it stands in a circle of variables";
    return std::nullopt;
  }
  Found found = below(&root_, path);
  // Without a word about it a service has a stage all the same.
  if (!found && path == "provider.stage") found = options_.stage.empty() ? Document(kUsualStage) : Document(options_.stage);
  // And where no region is said, it is that of the deployment.
  if (!found && path == "provider.region")
    found = options_.region.empty() ? reference("AWS::Region") : Document(options_.region);
  open_.erase(key);
  return found;
}

Document Variables::get(std::string_view path) { return self(path).value_or(Document()); }

/// The value at a path, where any value on the way may be a variable itself.
Variables::Found Variables::below(const Document* from, std::string_view path) {
  Document held;
  while (!path.empty()) {
    if (from->as_string() != nullptr) {
      Document value = resolve(*from);
      held = std::move(value);
      from = &held;
    }
    const std::size_t dot = path.find('.');
    const Document* next = child(*from, path.substr(0, dot));
    if (next == nullptr || next->is_null()) return std::nullopt;
    path.remove_prefix(dot == std::string_view::npos ? path.size() : dot + 1);
    if (from == &held) {
      Document copy = *next;
      held = std::move(copy);
      from = &held;
    } else {
      from = next;
    }
  }
  Document out = resolve(*from);
  if (out.is_null()) return std::nullopt;
  return out;
}

const Document* Variables::included(const std::string& path, Span span) {
  const auto known = included_.find(path);
  if (known != included_.end()) return known->second ? &*known->second : nullptr;
  std::optional<Document>& document = included_[path];
  const SourceFile* text = files_ ? files_(path) : nullptr;
  if (text == nullptr) return nullptr;
  const std::string ending = lower(after_last(path, '.'));
  if (ending == "json" || ending == "tfstate") document = cloud::read_json(*text, sink_);
  else if (ending == "yml" || ending == "yaml") document = cloud::read_template(*text, sink_);
  else document = Document(text->text);
  if (document) spell_out(*document, sink_);
  else sink_.report(span, diag::codes::TemplateExpression, path);
  return document ? &*document : nullptr;
}

Variables::Found Variables::file(const Source& source, const std::string& address, Span span) {
  const Document said = source.arguments.empty() ? Document() : text_value(Document(source.arguments.front()), false);
  if (said.as_string() == nullptr || said.as_string()->empty()) {
    why_ = "which file is meant is known only at deployment";
    return std::nullopt;
  }
  if (leads_out(*said.as_string())) {
    why_ = "`" + *said.as_string() + "` is no file in the folder of the service";
    return std::nullopt;
  }
  const std::string path = plain_path(*said.as_string());
  const std::string ending = lower(after_last(path, '.'));
  if (ending == "js" || ending == "cjs" || ending == "mjs" || ending == "ts") {
    why_ = "`" + path + "` is a program, and none is run";
    return std::nullopt;
  }
  const Document* document = included(path, span);
  if (document == nullptr) {
    why_ = "there is no file `" + path + "` that could be read";
    return std::nullopt;
  }
  const std::string key = "file:" + path + ":" + address;
  if (!open_.insert(key).second) {
    why_ = "it stands in a circle of variables";
    return std::nullopt;
  }
  Found found = below(document, address);
  if (!found && why_.empty()) why_ = "`" + path + "` has nothing of that name";
  open_.erase(key);
  return found;
}

Variables::Found Variables::param(const std::string& name) {
  const Document stage = sls("stage").value_or(Document());
  if (stage.as_string() != nullptr) {
    if (Found found = self("params." + *stage.as_string() + "." + name)) return found;
  }
  return self("params.default." + name);
}

Variables::Found Variables::sls(const std::string& name) {
  if (name != "stage") return std::nullopt;
  if (!options_.stage.empty()) return Document(options_.stage);
  return self("provider.stage");
}

Document Variables::parameter(const Piece& piece, const Source& source, const Found& fallback, Span span) {
  const Document said = text_value(Document(source.address), false);
  const std::string address = said.is_scalar() ? said.text() : source.address;
  const std::string key = source.type + ":" + address;
  if (const auto known = parameter_names_.find(key); known != parameter_names_.end()) return reference(known->second);
  // `MAIN_TABLE` → `MainTable`, `/prod/db/url` → `ProdDbUrl`
  const bool shouts = address == upper(address);
  std::string name = start_case(shouts ? lower(address) : address);
  if (name.empty() || (name.front() >= '0' && name.front() <= '9')) name = upper_first(source.type) + name;
  const std::string plain = name;
  for (int n = 2; !taken_.insert(name).second; ++n) name = plain + std::to_string(n);
  Document made = Document::map({{"Type", "String"}, {"Description", description(source, address)}});
  if (fallback && fallback->is_scalar() && !fallback->is_null()) made.set("Default", *fallback);
  if (source.type == "ssm" || source.type == "secrets") made.set("NoEcho", true);
  parameters_.push_back({name, std::move(made)});
  parameter_names_[key] = name;
  sink_.report(span, codes::ServerlessVariable, piece.written, name);
  return reference(name);
}

}  // namespace virga::aws::serverless_framework
