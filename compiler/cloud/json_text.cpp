#include "compiler/cloud/json_text.h"

#include <fmt/format.h>

namespace virga::cloud {
namespace {

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += std::string("\\") + c;
    else if (c == '\n') out += "\\n";
    else if (c == '\t') out += "\\t";
    else if (c == '\r') out += "\\r";
    else if (static_cast<unsigned char>(c) < 0x20) out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    else out += c;
  }
  return out + "\"";
}

void write(Values& parts, const Value& value);

struct Write {
  Values& parts;

  void operator()(const Null&) const { parts.emplace_back("null"); }
  void operator()(bool b) const { parts.emplace_back(b ? "true" : "false"); }
  void operator()(std::int64_t n) const { parts.emplace_back(std::to_string(n)); }
  void operator()(double n) const { parts.emplace_back(to_text(n)); }
  void operator()(const std::string& text) const { parts.emplace_back(quoted(text)); }
  void operator()(const Values& items) const {
    parts.emplace_back("[");
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (i != 0) parts.emplace_back(",");
      write(parts, items[i]);
    }
    parts.emplace_back("]");
  }
  void operator()(const Object& object) const {
    parts.emplace_back("{");
    for (std::size_t i = 0; i < object.members.size(); ++i) {
      parts.emplace_back((i != 0 ? "," : "") + quoted(object.members[i].key) + ":");
      write(parts, object.members[i].value);
    }
    parts.emplace_back("}");
  }
  void operator()(const Pseudo& pseudo) const {
    if (pseudo == Pseudo::no_value) parts.emplace_back("null");
    else reference(pseudo);
  }
  void operator()(const Box<Concat>& text) const {
    parts.emplace_back("\"");
    for (const Value& part : text->parts) {
      if (const std::string* plain = part.get<std::string>()) {
        const std::string inner = quoted(*plain);
        parts.emplace_back(inner.substr(1, inner.size() - 2));
      } else {
        parts.push_back(part);
      }
    }
    parts.emplace_back("\"");
  }
  // References become part of a JSON string; what they give (names, ARNs) needs no escapes.
  void operator()(const Ref& ref) const { reference(ref); }
  void operator()(const GetAtt& att) const { reference(att); }
  void operator()(const Parameter& parameter) const { reference(parameter); }
  void operator()(const Box<If>& choice) const { reference(choice); }
  void operator()(const Box<Call>& call) const { reference(call); }

  void reference(Value made_later) const {
    parts.emplace_back("\"");
    parts.push_back(std::move(made_later));
    parts.emplace_back("\"");
  }
};

void write(Values& parts, const Value& value) { std::visit(Write{parts}, value.data); }

}  // namespace

Value json_text(const Value& value) {
  Values parts;
  write(parts, value);
  return concat(std::move(parts));
}

}  // namespace virga::cloud
