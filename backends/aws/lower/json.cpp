#include "backends/aws/lower/json.h"

namespace virga::aws {
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

void write(cloud::Values& parts, const cloud::Value& value);

struct Write {
  cloud::Values& parts;

  void operator()(const cloud::Null&) const { parts.emplace_back("null"); }
  void operator()(bool b) const { parts.emplace_back(b ? "true" : "false"); }
  void operator()(std::int64_t n) const { parts.emplace_back(std::to_string(n)); }
  void operator()(double n) const { parts.emplace_back(to_text(n)); }
  void operator()(const std::string& text) const { parts.emplace_back(quoted(text)); }
  void operator()(const cloud::Values& items) const {
    parts.emplace_back("[");
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (i != 0) parts.emplace_back(",");
      write(parts, items[i]);
    }
    parts.emplace_back("]");
  }
  void operator()(const cloud::Object& object) const {
    parts.emplace_back("{");
    for (std::size_t i = 0; i < object.members.size(); ++i) {
      parts.emplace_back((i != 0 ? "," : "") + quoted(object.members[i].key) + ":");
      write(parts, object.members[i].value);
    }
    parts.emplace_back("}");
  }
  void operator()(const cloud::Pseudo& pseudo) const {
    if (pseudo == cloud::Pseudo::no_value) parts.emplace_back("null");
    else reference(pseudo);
  }
  void operator()(const Box<cloud::Concat>& text) const {
    parts.emplace_back("\"");
    for (const cloud::Value& part : text->parts) {
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
  void operator()(const cloud::Ref& ref) const { reference(ref); }
  void operator()(const cloud::GetAtt& att) const { reference(att); }
  void operator()(const cloud::Parameter& parameter) const { reference(parameter); }
  void operator()(const Box<cloud::If>& choice) const { reference(choice); }
  void operator()(const Box<cloud::Call>& call) const { reference(call); }

  void reference(cloud::Value made_later) const {
    parts.emplace_back("\"");
    parts.push_back(std::move(made_later));
    parts.emplace_back("\"");
  }
};

void write(cloud::Values& parts, const cloud::Value& value) { std::visit(Write{parts}, value.data); }

cloud::Value text_of(const cloud::Value& value) {
  cloud::Values parts;
  write(parts, value);
  return cloud::concat(std::move(parts));
}

}  // namespace

cloud::Value json_text(Lowering& lowering, const Value& value) { return text_of(lowering.value(value)); }

cloud::Value filter_of(Lowering& lowering, const Value& where) {
  if (const Map* map = where.get<Map>()) {
    cloud::Object object;
    for (const MapEntry& entry : map->entries) object.set(entry.key, filter_of(lowering, entry.value));
    return object;
  }
  cloud::Value answer = lowering.value(where);
  return answer.get<cloud::Values>() != nullptr ? answer : cloud::Value(cloud::Values{std::move(answer)});
}

cloud::Value filter_text(Lowering& lowering, const Value& where, std::string_view key) {
  return text_of(cloud::object({{std::string(key), filter_of(lowering, where)}}));
}

}  // namespace virga::aws
