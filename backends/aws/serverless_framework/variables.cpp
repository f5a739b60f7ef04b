#include "backends/aws/serverless_framework/variables.h"

#include "compiler/diagnostics/codes.h"

#include <algorithm>

namespace virga::aws::serverless_framework {
namespace {

namespace codes = diag::codes;

constexpr std::size_t kDeepest = 256;  // values in values; those of a file are bounded in the same way
constexpr std::size_t kMostBytes = 16u << 20;  // that come out of variables: one in another, twice each, grows without end
constexpr std::size_t kPerValue = 64;

/// Sources whose values no file holds.
constexpr std::string_view kOutside[] = {"cf", "env", "git", "opt", "param", "s3", "secrets", "sls", "ssm"};

bool is_outside(std::string_view type) {
  return std::find(std::begin(kOutside), std::end(kOutside), type) != std::end(kOutside);
}

}  // namespace

bool Variables::enter(Span span) {
  if (depth_ < kDeepest && spent_ < kMostBytes) return true;
  if (told_.empty() || depth_ >= kDeepest) {
    if (told_.insert(Span{}).second) sink_.report(span, codes::TemplateTooDeep, kDeepest);
  }
  return false;
}

Document Variables::resolve(const Document& value) {
  if (value.as_string() != nullptr) return text_value(value, false);
  if (value.is_scalar()) return value;
  if (!enter(value.span)) return {};
  ++depth_;
  Document out;
  if (const auto* list = value.as_list()) {
    Document::List items;
    items.reserve(list->size());
    if (!open_.empty()) spent_ += kPerValue * list->size();
    for (const Document& item : *list) items.push_back(resolve(item));
    out = std::move(items);
  } else {
    const Document::Map& map = *value.as_map();
    Document::Map entries;
    entries.reserve(map.size());
    if (!open_.empty()) spent_ += kPerValue * map.size();
    for (const Document::Entry& entry : map)
      entries.push_back({entry.key, entry.key == "Fn::Sub" ? function(entry) : resolve(entry.value), entry.key_span});
    out = std::move(entries);
  }
  --depth_;
  out.span = value.span;
  return out;
}

/// The argument of `Fn::Sub`: a reference that a variable stands for is written as the function writes it.
Document Variables::function(const Document::Entry& call) {
  if (call.value.as_string() != nullptr) return text_value(call.value, true);
  const auto* list = call.value.as_list();
  if (list == nullptr || list->empty() || list->front().as_string() == nullptr) return resolve(call.value);
  Document out = Document::list({text_value(list->front(), true)});
  for (std::size_t i = 1; i < list->size(); ++i) out.append(resolve((*list)[i]));
  return out;
}

Document Variables::text_value(const Document& said, bool within_sub) {
  const std::string& whole = *said.as_string();
  if (whole.find("${") == std::string::npos) return said;
  Document::List parts;
  const std::vector<Piece> pieces = pieces_of(whole);
  for (const Piece& piece : pieces) {
    if (piece.written.empty()) {
      parts.emplace_back(piece.literal);
      continue;
    }
    Document value = variable(piece, said.span);
    if (pieces.size() == 1 && !within_sub) {
      if (!value.span.known()) value.span = said.span;
      return value;
    }
    if (within_sub) value = in_sub(value);
    else if (!value.is_scalar() && value.find("Ref") == nullptr && value.find("Fn::Join") == nullptr &&
             value.find("Fn::Sub") == nullptr && value.find("Fn::GetAtt") == nullptr &&
             value.find("Fn::ImportValue") == nullptr)
      refuse(said.span, piece.written, "it is no text, and stands within one");
    parts.push_back(std::move(value));
  }
  Document out = text(std::move(parts));
  out.span = said.span;
  return out;
}

Document Variables::variable(const Piece& piece, Span span) {
  if (piece.wrong) {
    refuse(span, piece.written, "it has not the form of a variable");
    return {};
  }
  if (!enter(span)) return {};
  ++depth_;
  spent_ += piece.written.size() + kPerValue;
  const Source* outside = nullptr;
  std::optional<Document> found;
  why_.clear();
  bool is_literal = false;
  for (const Source& source : piece.sources) {
    if (source.literal) {
      found = source.literal;
      is_literal = true;
    } else {
      Document address = text_value(Document(source.address), false);
      found = address.is_scalar() ? look_up(source, address.text(), span) : std::nullopt;
      if (!found && is_outside(source.type) && outside == nullptr) outside = &source;
      if (!found && !address.is_scalar() && why_.empty()) why_ = "where to look is known only at deployment";
    }
    if (found) break;
  }
  --depth_;
  // The network would have been asked before the literal; the environment and the command line are empty here.
  const bool asked = outside != nullptr && outside->type != "env" && outside->type != "opt" && outside->type != "param";
  if (outside != nullptr && (!found || (is_literal && asked && found->is_scalar() && !found->is_null())))
    return parameter(piece, *outside, found, span);
  if (!found) {
    refuse(span, piece.written, why_.empty() ? "nothing has that name" : why_);
    return {};
  }
  if (found->is_scalar()) spent_ += found->text().size();
  return std::move(*found);
}

void Variables::refuse(Span span, const std::string& written, std::string why) {
  if (!told_.insert(span).second) return;
  sink_.report(span, codes::TemplateExpression, written).note(std::move(why));
}

}  // namespace virga::aws::serverless_framework
