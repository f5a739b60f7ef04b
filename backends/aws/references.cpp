#include "backends/aws/references.h"

namespace virga::aws {

void visit_references(const cloud::Value& value, const ReferenceVisitor& visit) {
  if (const cloud::Ref* ref = value.get<cloud::Ref>()) {
    visit(ref->resource, "");
  } else if (const cloud::GetAtt* att = value.get<cloud::GetAtt>()) {
    visit(att->resource, att->attribute);
  } else if (const cloud::Values* items = value.get<cloud::Values>()) {
    for (const cloud::Value& item : *items) visit_references(item, visit);
  } else if (const cloud::Object* object = value.get<cloud::Object>()) {
    for (const cloud::Member& member : object->members) visit_references(member.value, visit);
  } else if (const Box<cloud::Concat>* text = value.get<Box<cloud::Concat>>()) {
    for (const cloud::Value& part : (*text)->parts) visit_references(part, visit);
  } else if (const Box<cloud::If>* choice = value.get<Box<cloud::If>>()) {
    visit_references((*choice)->then, visit);
    visit_references((*choice)->otherwise, visit);
  } else if (const Box<cloud::Call>* call = value.get<Box<cloud::Call>>()) {
    visit_references((*call)->argument, visit);
  }
}

}  // namespace virga::aws
