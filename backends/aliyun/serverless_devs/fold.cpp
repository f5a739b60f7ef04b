#include "backends/aliyun/serverless_devs/fold.h"

#include "compiler/cloud/dump.h"

#include <algorithm>

namespace virga::aliyun::serverless_devs {

using cloud::Document;
using cloud::Value;

namespace {

std::string deeper(const std::string& where, std::string_view property) {
  return (where.empty() ? "" : where + ".") + std::string(property);
}

}  // namespace

Folded Fold::run(const cloud::Resource& r) {
  at_ = &r;
  const Type* type = table().find(r.type);
  if (!r.condition.empty()) problem("the condition of `" + r.id + "`");
  if (!r.metadata.members.empty()) problem("the metadata of `" + r.id + "`");
  if (r.on_removal != cloud::OnRemoval::engine_default || r.on_replace != cloud::OnRemoval::engine_default)
    problem("what happens to `" + r.id + "` when it leaves the stack");
  for (const std::string& id : r.depends_on) {
    if (division_.place(id) == Place::after) problem("that `" + r.id + "` waits for `" + id + "`, which comes after it");
  }
  cloud::Object own = r.properties;
  if (type->component.empty())
    std::erase_if(own.members, [&](const cloud::Member& m) { return m.key == type->owner_property; });
  Document props = rows(type->rows, own, "");
  for (const Always& a : type->always) {
    const Document literal = to_document(a.value);
    const Document* said = props.find(a.key);
    if (said == nullptr) props.set(a.key, literal);
    // Read back, it would be what always stands there.
    else if (*said == literal) problem("the value " + said->text() + " of `" + std::string(a.key) + "` of `" + r.type + "`");
  }
  return {std::move(props), std::move(expressions_.wires), std::move(problems_)};
}

Document Fold::rows(std::span<const Row> rows, const cloud::Object& object, const std::string& where) {
  Document out = Document::map();
  for (const cloud::Member& m : object.members) {
    const auto found = std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.property == m.key; });
    if (found == rows.end()) problem("the property `" + deeper(where, m.key) + "` of `" + at_->type + "`");
    else row(out, *found, m.value, deeper(where, m.key));
  }
  for (const Row& row : rows) {
    if (row.shape == Shape::implied && object.find(row.property) == nullptr)
      problem("a `" + at_->type + "` without `" + deeper(where, row.property) + "`");
  }
  return out;
}

void Fold::row(Document& into, const Row& row, const Value& value, const std::string& where) {
  const auto* object = value.get<cloud::Object>();
  const auto* text = value.get<std::string>();
  const auto* list = value.get<cloud::Values>();
  const auto otherwise = [&] { problem("`" + where + "` of `" + at_->type + "` as " + cloud::to_text(value)); };
  switch (row.shape) {
    case Shape::value: into.set(row.to, say(value, false, where)); return;
    case Shape::texts: into.set(row.to, say(value, true, where)); return;
    case Shape::path:
      if (text != nullptr && is_plain(*text)) into.set(row.to, text->starts_with("../") ? *text : "./" + *text);
      else if (object != nullptr) into.set(row.to, rows(row.of, *object, where));
      else otherwise();
      return;
    case Shape::object:
      if (object != nullptr) into.set(row.to, rows(row.of, *object, where));
      else otherwise();
      return;
    case Shape::objects: {
      if (list == nullptr) return otherwise();
      Document items = Document::list();
      for (const Value& item : *list) {
        if (const auto* inner = item.get<cloud::Object>()) items.append(rows(row.of, *inner, where));
        else return otherwise();
      }
      into.set(row.to, std::move(items));
      return;
    }
    case Shape::implied:
      if (!equals(value, row.literal)) otherwise();
      return;
  }
}

Document Fold::say(const Value& value, bool as_text, const std::string& where) {
  Document out = expressions_.say(value, *division_.unit_of(at_->id), as_text);
  for (const Problem& p : expressions_.problems) problem(p.what + " at `" + where + "` of `" + at_->type + "`", p.why);
  expressions_.problems.clear();
  return out;
}

}  // namespace virga::aliyun::serverless_devs
