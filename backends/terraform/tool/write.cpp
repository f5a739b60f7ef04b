#include "backends/terraform/tool/write.h"

#include "backends/terraform/tool/arrays.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace virga::terraform_tool {
namespace {

using catalog_tool::Entry;
using catalog_tool::Problems;

/// Keywords of rows, each the name of a Shape; the value of most is the argument or block.
constexpr const char* kShapes[] = {"value",   "json",   "block", "blocks",   "keyed",     "object",    "objects", "flat",
                                   "only",    "single", "pairs", "pivot",    "joined",    "reference", "source",  "file",
                                   "implied", "tagged", "noted", "resource", "resources", "parsed",    "follows", "each"};

std::string flag(bool value) { return value ? "true" : "false"; }

class Writer {
 public:
  explicit Writer(Problems& problems) : problems_(problems) {}

  std::string run(const std::filesystem::path& folder, const std::string& name_space) {
    std::set<std::filesystem::path> files;
    for (const auto& file : std::filesystem::directory_iterator(folder)) files.insert(file.path());
    std::string head;
    // In the order of their names, for the search; of one name those for what has a certain property first.
    std::map<std::pair<std::string, std::string>, std::string> types;
    for (const std::filesystem::path& path : files) {
      file_ = path.string();
      for (Entry& entry : catalog_tool::entries(path, problems_)) {
        if (path.filename() == "provider.yaml") {
          head = provider(entry);
        } else {
          std::string name;
          const std::string text = type(entry, name);
          const std::string having = entry.optional("having", "~");
          if (!types.emplace(std::pair(name, having), text).second) entry.problem("`" + name + "` stands twice");
        }
      }
    }
    if (head.empty()) problems_.add(folder.string(), "provider.yaml is missing");
    if (uses_nested_ && !has_nested_)
      problems_.add(folder.string(), "there are types with `nested`, but provider.yaml does not say by what");
    std::vector<std::string> rows;
    for (const auto& [name, text] : types) rows.push_back(text);
    const std::string all = arrays_.add("Type", rows);
    return fmt::format(
        "// Made by virga-terraform-table; do not edit.\n#include \"backends/terraform/table.h\"\n\nnamespace {} {{\n"
        "namespace {{\nusing namespace virga::terraform;\nusing virga::cloud::Pseudo;\n\n{}\nconstexpr Table table{{{}, "
        ".types = {}}};\n\n}}  // namespace\n\nconst virga::terraform::Table& terraform_table();\n"
        "const virga::terraform::Table& terraform_table() {{ return table; }}\n}}\n",
        name_space, arrays_.text(), head, all);
  }

 private:
  void problem(const YAML::Node& node, const std::string& message) { problems_.add(file_, node.Mark(), message); }

  std::string literal(const YAML::Node& node) {
    if (node.IsMap() && node.size() == 0) return "{Literal::Kind::block, \"\", 0}";
    if (!node.IsScalar()) {
      problem(node, "expected a text, a number or a flag");
      return "{}";
    }
    const std::string& text = node.Scalar();
    const bool plain = node.Tag() != "!";
    if (const auto number = catalog_tool::as_number(node))
      return fmt::format("{{Literal::Kind::number, {}, {}}}", cpp_text(text), *number);
    if (plain && (text == "true" || text == "false"))
      return fmt::format("{{Literal::Kind::boolean, {}, 0}}", cpp_text(text));
    return fmt::format("{{Literal::Kind::text, {}, 0}}", cpp_text(text));
  }

  bool is_map(const YAML::Node& node, const char* what) {
    if (!node.IsDefined()) return false;
    if (!node.IsMap()) problem(node, std::string("`") + what + "` must be a mapping");
    return node.IsMap();
  }

  std::string pairs(const YAML::Node& node, const char* what) {
    std::vector<std::string> out;
    if (is_map(node, what)) {
      for (const auto& member : node)
        out.push_back("{" + cpp_text(member.first.Scalar()) + ", " + cpp_text(member.second.Scalar()) + "}");
    }
    return arrays_.add("Pair", out);
  }

  std::string always(const YAML::Node& node) {
    std::vector<std::string> out;
    if (is_map(node, "always")) {
      for (const auto& member : node)
        out.push_back("{" + cpp_text(member.first.Scalar()) + ", " + literal(member.second) + "}");
    }
    return arrays_.add("Always", out);
  }

  std::string words(const YAML::Node& node) {
    std::vector<std::string> out;
    if (is_map(node, "words")) {
      for (const auto& member : node) out.push_back("{" + literal(member.first) + ", " + literal(member.second) + "}");
    }
    return arrays_.add("Word", out);
  }

  std::string texts(const std::vector<std::string>& items) {
    std::vector<std::string> out;
    for (const std::string& item : items) out.push_back(cpp_text(item));
    return arrays_.add("std::string_view", out);
  }

  std::string splits(const YAML::Node& node) {
    std::vector<std::string> out;
    if (is_map(node, "by")) {
      for (const auto& member : node)
        out.push_back("{" + cpp_text(member.first.Scalar()) + ", " + pairs(member.second, "by") + "}");
    }
    return arrays_.add("Split", out);
  }

  std::string satellite(Entry& entry, const std::string& type) {
    std::vector<std::string> companions;
    const YAML::Node nested = entry.raw("companions");
    if (nested.IsDefined()) {
      for (const YAML::Node& node : nested) {
        Entry companion(file_, node, problems_);
        companions.push_back(satellite(companion, companion.required("type")));
        companion.finish();
      }
    }
    return fmt::format("{{.type = {}, .link = {}, .always = {}, .after = {}, .awaited = {}, .companions = {}}}",
                       cpp_text(type), pairs(entry.raw("link"), "link"), always(entry.raw("always")),
                       texts(entry.list("after")), texts(entry.list("awaited")), arrays_.add("Satellite", companions));
  }

  std::string rows(const YAML::Node& node, const char* what) {
    std::vector<std::string> out;
    std::set<std::string> seen;
    if (is_map(node, what)) {
      for (const auto& member : node) {
        const std::string name = member.first.Scalar();
        if (!seen.insert(name).second) problem(member.first, "`" + name + "` stands twice");
        out.push_back(row(name, member.second));
      }
    }
    return arrays_.add("Row", out);
  }

  std::string row(const std::string& property, const YAML::Node& node) {
    if (node.IsScalar()) return fmt::format("{{.property = {}, .to = {}}}", cpp_text(property), cpp_text(node.Scalar()));
    Entry entry(file_, node, problems_);
    std::string shape;
    for (const char* keyword : kShapes) {
      const bool is_argument = std::string_view(keyword) == "value" && !shape.empty();
      if (!node.IsMap() || !node[keyword].IsDefined() || is_argument) continue;
      // `value` beside another keyword is a part of it.
      if (shape.empty() || shape == "value") shape = keyword;
      else entry.problem("a row has one shape, but here are `" + shape + "` and `" + keyword + "`");
    }
    if (shape.empty()) {
      entry.problem("`" + property + "` has no shape");
      return "{}";
    }
    std::string out = fmt::format(".property = {}, .shape = Shape::{}", cpp_text(property), shape);
    std::string rows_text = rows(entry.raw("of"), "of");
    if (shape == "flat") rows_text = rows(entry.raw("flat"), "flat");
    else if (shape == "only" && entry.raw("only").IsMap()) rows_text = rows(entry.raw("only"), "only");
    else if (shape == "pivot") out += ", .names = " + pairs(entry.raw("pivot"), "pivot");
    else if (shape == "implied")
      out += ", .literal = " + literal(entry.raw("implied")) + ", .names = " + pairs(entry.raw("when"), "when");
    else if (shape == "each") out += ", .arguments = " + texts(entry.list("each"));
    else if (shape == "reference") out += ", .to = " + cpp_text(entry.optional("reference"));
    else if (shape == "source") out += ", .to = " + cpp_text(entry.required("to"));
    else if (shape != "resource" && shape != "resources") out += ", .to = " + cpp_text(entry.required(shape.c_str()));
    out += ", .of = " + rows_text;
    out += ", .words = " + words(entry.raw("words"));
    const YAML::Node times = entry.raw("times");
    if (times.IsDefined()) out += fmt::format(", .times = {}", catalog_tool::as_number(times).value_or(0));
    if (shape == "implied" || shape == "tagged" || shape == "noted")
      out += ", .warns = " + pairs(entry.raw("warns"), "warns");
    if (shape == "tagged") out += ", .key = " + cpp_text(entry.required("key"));
    if (shape == "pairs" || shape == "noted" || shape == "pivot" || shape == "keyed") {
      const bool usual = shape == "pairs" || shape == "noted";
      out += ", .key = " + cpp_text(entry.optional("key", usual ? "Key" : ""));
      if (shape != "keyed") out += ", .value = " + cpp_text(entry.optional("value", usual ? "Value" : ""));
    }
    const std::vector<std::string> several = split(property);
    if (several.size() > 1 && shape != "joined" && shape != "resource")
      entry.problem("only `joined` and `resource` are made of several properties");
    if (shape == "joined" || several.size() > 1) out += ", .properties = " + texts(several);
    if (shape == "joined") {
      out += ", .separator = " + cpp_text(entry.required("separator")) + ", .drop = " + cpp_text(entry.optional("drop"));
    }
    if (shape == "reference") out += ", .splits = " + splits(entry.raw("by"));
    if (shape == "file") out += ", .hash = " + cpp_text(entry.required("hash"));
    if (shape == "source") {
      const std::string what = entry.required("source");
      const std::size_t blank = what.find(' ');
      out += ", .keyword = " + cpp_text(what.substr(0, blank)) + ", .gives = " + cpp_text(entry.required("gives"));
      out += ", .argument = " + cpp_text(entry.optional("by"));
      out += ", .satellite = {.type = " + cpp_text(blank == std::string::npos ? "" : what.substr(blank + 1)) + "}";
      out += ", .always = " + always(entry.raw("always"));
    } else if (shape == "resource" || shape == "resources") {
      out += ", .argument = " + cpp_text(entry.optional("value"));
      out += ", .satellite = " + satellite(entry, entry.required(shape.c_str()));
    } else {
      out += ", .always = " + always(entry.raw("always"));
    }
    if (const std::string unless = entry.optional("unless"); !unless.empty()) out += ", .unless = " + cpp_text(unless);
    entry.finish();
    return "{" + ordered(out) + "}";
  }

  /// Designators have to come in the order of the members.
  static std::string ordered(const std::string& text) {
    static constexpr const char* order[] = {"property", "shape",  "to",        "of",         "words",     "times",
                                            "key",      "value",  "names",     "properties", "arguments", "separator",
                                            "drop",     "splits", "always",    "keyword",    "gives",     "literal",
                                            "warns",    "hash",   "satellite", "argument",   "unless"};
    std::map<std::string, std::string> parts;
    std::size_t begin = 0;
    int depth = 0;
    bool in_text = false;
    const auto keep = [&](std::size_t end) {
      const std::string part = text.substr(begin, end - begin);
      parts[part.substr(1, part.find(' ') - 1)] = part;
      begin = end + 2;
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
      const char c = text[i];
      if (c == '\\' && in_text) {
        ++i;
        continue;
      }
      if (c == '"') in_text = !in_text;
      if (in_text) continue;
      if (c == '{') ++depth;
      if (c == '}') --depth;
      if (c == ',' && depth == 0) keep(i);
    }
    keep(text.size());
    std::string out;
    for (const char* name : order) {
      const auto found = parts.find(name);
      if (found != parts.end()) out += (out.empty() ? "" : ", ") + found->second;
    }
    return out;
  }

  /// `A, B` → A and B.
  static std::vector<std::string> split(const std::string& text) {
    std::vector<std::string> out;
    std::size_t begin = 0;
    while (true) {
      const std::size_t comma = text.find(", ", begin);
      out.push_back(text.substr(begin, comma == std::string::npos ? comma : comma - begin));
      if (comma == std::string::npos) return out;
      begin = comma + 2;
    }
  }

  std::string type(Entry& entry, std::string& name) {
    name = entry.required("type");
    const YAML::Node local = entry.raw("local");
    const std::string impossible = entry.optional("impossible");
    const std::string nested = entry.optional("nested");
    if (!impossible.empty() || !nested.empty()) {
      (void)entry.required("source");
      (void)entry.required("as_of");
      entry.finish();
      uses_nested_ = uses_nested_ || !nested.empty();
      return "{.type = " + cpp_text(name) + ", .impossible = " + cpp_text(impossible) + ", .nested = " + cpp_text(nested) +
             "}";
    }
    (void)entry.optional("unverified");  // for people, and for the check against the schemas
    const std::string terraform = local.IsDefined() ? entry.optional("terraform") : entry.required("terraform");
    std::string marks_text;
    const YAML::Node marks = entry.raw("marks");
    if (marks.IsDefined()) {
      Entry of(file_, marks, problems_);
      marks_text +=
          fmt::format(", .marks_on = {}, .mark_rows = {}", cpp_text(of.required("property")), rows(of.raw("of"), "of"));
      of.finish();
    }
    if (const YAML::Node made = entry.raw("companions"); made.IsDefined()) {
      std::vector<std::string> companions;
      for (const YAML::Node& node : made) {
        Entry companion(file_, node, problems_);
        companions.push_back(satellite(companion, companion.required("type")));
        companion.finish();
      }
      marks_text += ", .companions = " + arrays_.add("Satellite", companions);
    }
    std::string late_text;
    if (const YAML::Node when = entry.raw("nested_when"); when.IsDefined()) {
      Entry of(file_, when, problems_);
      const YAML::Node above = of.raw("above");
      if (above.IsDefined() && !catalog_tool::as_number(above)) of.problem("`above` must be a number");
      if (above.IsDefined() == of.raw("value").IsDefined()) of.problem("`nested_when` wants `value` or `above`");
      late_text += fmt::format(", .nested = {}, .nested_property = {}, .nested_value = {}, .nested_above = {}",
                               cpp_text(of.required("because")), cpp_text(of.required("property")),
                               literal(above.IsDefined() ? above : of.raw("value")), above.IsDefined());
      (void)of.required("source");
      (void)of.required("as_of");
      of.finish();
      uses_nested_ = true;
    }
    if (const YAML::Node copy = entry.raw("last_copy"); copy.IsDefined()) {
      Entry of(file_, copy, problems_);
      late_text += fmt::format(", .copy_name = {}, .copy_without = {}", cpp_text(of.required("name")),
                               cpp_text(of.required("without")));
      of.finish();
    }
    if (const std::string about = entry.optional("about"); !about.empty()) late_text += ", .about = " + cpp_text(about);
    if (const YAML::Node left = entry.raw("left_to"); left.IsDefined()) {
      Entry of(file_, left, problems_);
      late_text += fmt::format(", .left_to = {}, .left = {}", cpp_text(of.required("type")), always(of.raw("arguments")));
      of.finish();
    }
    std::string local_text;
    if (local.IsDefined()) {
      Entry of(file_, local, problems_);
      local_text =
          fmt::format(", .local_property = {}, .local_attribute = {}, .marks = {}", cpp_text(of.required("property")),
                      cpp_text(of.required("attribute")), always(of.raw("marks")));
      of.finish();
    }
    const std::string ref = entry.optional("ref");
    const YAML::Node attributes = entry.raw("attributes");
    std::set<std::string> given{ref};
    if (is_map(attributes, "attributes")) {
      for (const auto& member : attributes) {
        if (!given.insert(member.second.Scalar()).second && !local.IsDefined())
          problem(member.second, "`" + member.second.Scalar() + "` is given for two things");
      }
    }
    std::string out = fmt::format(
        "{{.type = {}, .having = {}, .terraform = {}, .ref = {}, .attributes = {}, .rows = {}, .always = {}, .required = "
        "{}, "
        ".create_first = {}, .stays = "
        "{}{}{}{}}}",
        cpp_text(name), cpp_text(entry.optional("having")), cpp_text(terraform), cpp_text(ref),
        pairs(attributes, "attributes"), rows(entry.raw("properties"), "properties"), always(entry.raw("always")),
        texts(entry.list("required")), flag(entry.flag("create_first", false)), flag(entry.flag("stays", false)), local_text,
        marks_text, late_text);
    entry.finish();
    return out;
  }

  std::string provider(Entry& entry) {
    std::vector<std::string> known;
    for (const YAML::Node& node : entry.raw("known")) {
      Entry one(file_, node, problems_);
      const std::string function = one.optional("function");
      known.push_back(fmt::format("{{Pseudo::{}, {}, {}, {}, {}}}", function.empty() ? one.required("what") : "no_value",
                                  cpp_text(function), cpp_text(one.required("data")), cpp_text(one.required("path")),
                                  always(one.raw("always"))));
      one.finish();
    }
    std::string nested;
    if (const YAML::Node node = entry.raw("nested"); node.IsDefined()) {
      Entry one(file_, node, problems_);
      Entry handed(file_, one.raw("parameters"), problems_);
      nested = fmt::format(
          ", .nested = {{.type = {}, .name = {}, .body = {}, .parameters = {}, .key = {}, .value = {}, .header = {}}}",
          cpp_text(one.required("terraform")), cpp_text(one.required("name")), cpp_text(one.required("body")),
          cpp_text(handed.required("blocks")), cpp_text(handed.required("key")), cpp_text(handed.required("value")),
          always(one.raw("header")));
      handed.finish();
      one.finish();
      has_nested_ = true;
    }
    std::string out = fmt::format(
        ".cloud = {}, .provider = {}, .source = {}, .version = {}, .terraform_version = {}, .keeps_on_replace = {}, "
        ".parameter_types = {}, .known = {}{}",
        cpp_text(entry.required("cloud")), cpp_text(entry.required("provider")), cpp_text(entry.required("registry")),
        cpp_text(entry.required("version")), cpp_text(entry.required("terraform_version")),
        flag(entry.flag("keeps_on_replace", false)), pairs(entry.raw("parameter_types"), "parameter_types"),
        arrays_.add("Known", known), nested);
    (void)entry.required("source");  // where the versions come from, for people
    (void)entry.required("as_of");
    entry.finish();
    return out;
  }

  Problems& problems_;
  Arrays arrays_;
  std::string file_;
  bool uses_nested_ = false, has_nested_ = false;
};

}  // namespace

std::string write(const std::filesystem::path& folder, const std::string& name_space, Problems& problems) {
  return Writer(problems).run(folder, name_space);
}

}  // namespace virga::terraform_tool
