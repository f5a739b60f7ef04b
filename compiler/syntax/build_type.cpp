#include "compiler/syntax/tree_builder.h"

namespace virga::syntax {

TypeExpr TreeBuilder::type(Parser::TypeContext* context) {
  TypeExpr result;
  result.span = span(context);
  result.optional = ours(context->stop).kind == TokenKind::question;
  if (context->fields != nullptr) {
    result.fields = record(context->fields);
  } else if (context->id != nullptr) {
    result.name = name(context->id);
    type_arguments(context, result);
  }
  return result;
}

/// The arguments of `enum` are names, those of every other type are types; what a type takes is the checker's to say.
void TreeBuilder::type_arguments(Parser::TypeContext* context, TypeExpr& into) {
  const bool names_only = into.name->text == "enum";
  for (auto* argument : context->arguments) {
    if (names_only && argument->start == argument->stop) {
      into.members.push_back(name(argument));
    } else if (argument->inner != nullptr) {
      into.arguments.push_back(type(argument->inner));
    } else {
      TypeExpr word;
      word.span = span(argument);
      word.name = name(argument);
      into.arguments.push_back(std::move(word));
    }
  }
}

AttributeDecl TreeBuilder::attribute_decl(Parser::AttributeDeclContext* context) {
  AttributeDecl result;
  result.span = span(context);
  result.doc = doc_before(context->start);
  result.name = name(context->id);
  if (context->declared != nullptr) result.type = type(context->declared);
  if (context->value != nullptr) result.fallback = expression(context->value);
  if (context->body != nullptr) result.constraints = block(context->body);
  return result;
}

std::vector<AttributeDecl> TreeBuilder::record(Parser::RecordContext* context) {
  std::vector<AttributeDecl> fields;
  fields.reserve(context->fields.size());
  for (auto* field : context->fields) {
    if (field->id != nullptr && field->declared != nullptr) fields.push_back(attribute_decl(field));
  }
  return fields;
}

}  // namespace virga::syntax
