#include "backends/aliyun/serverless_devs/tool/write.h"

#include "backends/terraform/tool/arrays.h"

#include <fmt/format.h>

#include <set>
#include <utility>

namespace virga::serverless_devs_tool {
namespace {

using catalog_tool::Entry;
using catalog_tool::Problems;
using terraform_tool::Arrays;
using terraform_tool::cpp_text;

constexpr const char* kShapes[] = {"value", "texts", "path", "object", "objects", "implied"};

class Writer {
 public:
  explicit Writer(Problems& problems) : problems_(problems) {}

  std::string run(const std::filesystem::path& folder) {
    std::set<std::filesystem::path> files;
    for (const auto& file : std::filesystem::directory_iterator(folder)) files.insert(file.path());
    std::vector<std::string> types;
    for (const std::filesystem::path& path : files) {
      file_ = path.string();
      for (Entry& entry : catalog_tool::entries(path, problems_)) types.push_back(type(entry));
    }
    for (const auto& [owner, entry] : owners_) {
      if (!names_.contains(owner)) entry.problem("there is no type `" + owner + "`");
    }
    const std::string all = arrays_.add("Type", types);
    return fmt::format(
        "// Made by virga-serverless-devs-table; do not edit.\n#include \"backends/aliyun/serverless_devs/table.h\"\n\n"
        "namespace virga::aliyun::serverless_devs {{\nnamespace {{\n{}\nconstexpr Table made{{{}}};\n\n}}  // namespace\n\n"
        "const Table& table() {{ return made; }}\n}}\n",
        arrays_.text(), all);
  }

 private:
  std::string type(Entry& entry) {
    const std::string name = entry.required("type");
    if (!names_.insert(name).second) entry.problem("`" + name + "` stands twice");
    const std::string component = entry.optional("component");
    const std::string part = entry.optional("part"), parts = entry.optional("parts");
    if (component.empty() + part.empty() + parts.empty() != 2)
      entry.problem("`" + name + "` is one of `component`, `part` and `parts`");
    std::string owner_property, owner_type, id;
    if (component.empty()) {
      Entry owner(file_, entry.raw("owner"), problems_);
      owner_property = owner.required("property");
      owner_type = owner.required("type");
      owner.finish();
      owners_.emplace_back(owner_type, entry);
      id = entry.required("id");
    }
    std::vector<std::string> always;
    if (const YAML::Node node = entry.raw("always"); node.IsDefined()) {
      for (const auto& member : node)
        always.push_back("{" + cpp_text(member.first.Scalar()) + ", " + literal(member.second) + "}");
    }
    const std::string out = fmt::format(
        "{{.type = {}, .component = {}, .part = {}, .listed = {}, .owner_property = {}, .owner_type = {}, .id = {}, "
        ".attributes = {}, .attributes_if = {}, .always = {}, .rows = {}}}",
        cpp_text(name), cpp_text(component), cpp_text(part + parts), parts.empty() ? "false" : "true",
        cpp_text(owner_property), cpp_text(owner_type), cpp_text(id), pairs(entry.raw("attributes")),
        pairs(entry.raw("attributes_if")), arrays_.add("Always", always), rows(entry.raw("properties")));
    entry.finish();
    return out;
  }

  std::string literal(const YAML::Node& node) {
    if (node.IsSequence() && node.size() == 0) return "{Literal::Kind::empty_list, \"\", 0}";
    if (!node.IsScalar()) {
      problems_.add(file_, node.Mark(), "expected a text, a number, a flag or an empty list");
      return "{}";
    }
    const std::string& text = node.Scalar();
    if (const auto number = catalog_tool::as_number(node))
      return fmt::format("{{Literal::Kind::number, {}, {}}}", cpp_text(text), *number);
    if (node.Tag() != "!" && (text == "true" || text == "false"))
      return fmt::format("{{Literal::Kind::boolean, {}, 0}}", cpp_text(text));
    return fmt::format("{{Literal::Kind::text, {}, 0}}", cpp_text(text));
  }

  std::string pairs(const YAML::Node& node) {
    std::vector<std::string> out;
    if (node.IsDefined()) {
      for (const auto& member : node)
        out.push_back("{" + cpp_text(member.first.Scalar()) + ", " + cpp_text(member.second.Scalar()) + "}");
    }
    return arrays_.add("Pair", out);
  }

  std::string rows(const YAML::Node& node) {
    std::vector<std::string> out;
    std::set<std::string> seen, keys;
    if (!node.IsMap()) {
      problems_.add(file_, node.Mark(), "properties are a mapping");
      return "{}";
    }
    for (const auto& member : node) {
      const std::string name = member.first.Scalar();
      if (!seen.insert(name).second) problems_.add(file_, member.first.Mark(), "`" + name + "` stands twice");
      out.push_back(row(name, member.second, keys));
    }
    return arrays_.add("Row", out);
  }

  std::string row(const std::string& property, const YAML::Node& node, std::set<std::string>& keys) {
    std::string to = node.IsScalar() ? node.Scalar() : "", shape = "value", of = "{}", implied = "{}";
    if (!node.IsScalar()) {
      Entry entry(file_, node, problems_);
      shape.clear();
      for (const char* keyword : kShapes) {
        if (!node.IsMap() || !node[keyword].IsDefined()) continue;
        if (!shape.empty()) entry.problem("a row has one shape, but here are `" + shape + "` and `" + keyword + "`");
        shape = keyword;
      }
      if (shape.empty()) {
        entry.problem("`" + property + "` has no shape");
        return "{}";
      }
      if (shape == "implied") implied = literal(entry.raw("implied"));
      else to = entry.required(shape.c_str());
      if (shape == "object" || shape == "objects" || node["of"].IsDefined()) of = rows(entry.raw("of"));
      entry.finish();
    }
    if (!to.empty() && !keys.insert(to).second) problems_.add(file_, node.Mark(), "two properties become `" + to + "`");
    return fmt::format("{{.property = {}, .shape = Shape::{}, .to = {}, .of = {}, .literal = {}}}", cpp_text(property),
                       shape, cpp_text(to), of, implied);
  }

  Problems& problems_;
  Arrays arrays_;
  std::string file_;
  std::set<std::string> names_;
  std::vector<std::pair<std::string, Entry>> owners_;
};

}  // namespace

std::string write(const std::filesystem::path& folder, catalog_tool::Problems& problems) {
  return Writer(problems).run(folder);
}

}  // namespace virga::serverless_devs_tool
