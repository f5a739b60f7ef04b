#include "compiler/driver/template_limits.h"

#include "compiler/passes/passes.h"

#include <fmt/format.h>

#include <algorithm>

namespace virga::driver {
namespace {

namespace codes = diag::codes;
using Measure = catalog::TemplateLimit::Measure;

std::vector<const catalog::TemplateLimit*> limits_of(const cloud::Target& target, Measure measure) {
  std::vector<const catalog::TemplateLimit*> out;
  for (const catalog::TemplateLimit& limit : target.backend->catalog().templates) {
    const std::string formats = "," + std::string(limit.formats) + ",";
    const bool fits =
        limit.formats.empty() || formats.find("," + std::string(target.format->name()) + ",") != std::string::npos;
    if (fits && limit.measure == measure) out.push_back(&limit);
  }
  return out;
}

double most_of(const catalog::Fact& fact) {
  const double most = fact.has_max ? fact.max : fact.value;
  return passes::in_base_unit(most, fact.unit, Dimension::size).value_or(most);
}

/// False when it is an error.
bool report(const cloud::Target& target, const catalog::Fact& fact, const Holder& holder, const std::string& what,
            const std::string& measures, diag::Sink& sink) {
  diag::Sink one;
  auto r = one.report(holder.place, codes::TargetTooLarge, what, measures, std::string(target.format->title()),
                      to_text(most_of(fact)));
  r.source(catalog::cite(fact));
  if (!holder.note.empty()) r.note(holder.note);
  r.help(holder.help);
  return passes::hand_on(one, fact, target.backend->catalog(), sink) != diag::Severity::error;
}

/// Characters of the value as JSON without white space, at the least: what deployment puts in counts nothing.
std::size_t least_characters(const cloud::Value& value) {
  if (const auto* text = value.get<std::string>()) return text->size() + 2;
  if (const auto* parts = value.get<Box<cloud::Concat>>()) {
    std::size_t sum = 2;
    for (const cloud::Value& part : (*parts)->parts) {
      if (const auto* text = part.get<std::string>()) sum += text->size();
    }
    return sum;
  }
  if (const auto* list = value.get<cloud::Values>()) {
    std::size_t sum = list->empty() ? 2 : list->size() + 1;
    for (const cloud::Value& v : *list) sum += least_characters(v);
    return sum;
  }
  if (const auto* object = value.get<cloud::Object>()) {
    std::size_t sum = object->members.empty() ? 2 : object->members.size() + 1;
    for (const cloud::Member& m : object->members) sum += m.key.size() + 3 + least_characters(m.value);
    return sum;
  }
  return 1;
}

/// Of what stands at `path`: of `Policies.*.PolicyDocument` all items of the list together, of
/// `Policies.each.PolicyDocument` the largest one.
std::size_t characters_at(const cloud::Value& value, std::string_view path) {
  if (path.empty()) return least_characters(value);
  const std::size_t dot = path.find('.');
  const std::string_view key = path.substr(0, dot), rest = dot == std::string_view::npos ? "" : path.substr(dot + 1);
  std::size_t sum = 0;
  if (const auto* list = value.get<cloud::Values>(); list != nullptr && (key == "*" || key == "each")) {
    for (const cloud::Value& v : *list)
      sum = key == "*" ? sum + characters_at(v, rest) : std::max(sum, characters_at(v, rest));
  } else if (const auto* object = value.get<cloud::Object>()) {
    if (const cloud::Value* v = object->find(key)) sum = characters_at(*v, rest);
  }
  return sum;
}

Span place_of(const cloud::Resource& resource, const Architecture& a) {
  if (resource.from.node) return a.node(*resource.from.node).span;
  if (resource.from.edge) return a.edge(*resource.from.edge).arrow_span;
  return a.app.span;
}

passes::Use use_of(const catalog::Fact& fact, std::string what, const std::string& key, std::size_t amount) {
  const auto used = static_cast<double>(amount);
  const double most = most_of(fact);
  return {
      fmt::format("{} {}", fact.id, key), std::move(what), used, most, to_text(used), to_text(most), catalog::cite(fact)};
}

}  // namespace

std::vector<passes::Use> uses_of(const cloud::Target& target, std::span<const cloud::Unit> units) {
  const catalog::Catalog& catalog = target.backend->catalog();
  std::vector<passes::Use> out;
  for (const catalog::TemplateLimit* limit : limits_of(target, Measure::resources))
    out.push_back(use_of(catalog.fact(limit->fact), "resources in the template", "", units.size()));
  for (const catalog::TemplateLimit* limit : limits_of(target, Measure::characters)) {
    for (const cloud::Unit& unit : units) {
      if (unit.type != limit->type) continue;
      const std::size_t size = characters_at(cloud::Value(unit.properties), limit->property);
      out.push_back(use_of(catalog.fact(limit->fact), fmt::format("characters of {} (`{}`)", limit->says, unit.address),
                           unit.address, size));
    }
  }
  return out;
}

std::vector<passes::Use> uses_of(const cloud::Target& target, const cloud::Stack& stack, const cloud::Files& files) {
  const catalog::Catalog& catalog = target.backend->catalog();
  std::vector<passes::Use> out;
  for (const catalog::TemplateLimit* limit : limits_of(target, Measure::parameters))
    out.push_back(use_of(catalog.fact(limit->fact), "parameters of the template", "", stack.parameters.size()));
  for (const catalog::TemplateLimit* limit : limits_of(target, Measure::outputs))
    out.push_back(use_of(catalog.fact(limit->fact), "outputs of the template", "", stack.outputs.size()));
  for (const catalog::TemplateLimit* limit : limits_of(target, Measure::bytes)) {
    for (const auto& [path, bytes] : files) {
      if (target.format->is_template(path))
        out.push_back(use_of(catalog.fact(limit->fact), "bytes of `" + path + "`", path, bytes.size()));
    }
  }
  return out;
}

partition::Limits limits_of(const cloud::Target& target) {
  const auto least = [&](Measure measure) {
    std::size_t out = partition::kNoLimit;
    for (const catalog::TemplateLimit* limit : limits_of(target, measure)) {
      const double most = std::max(most_of(target.backend->catalog().fact(limit->fact)), 0.0);
      out = std::min(out, static_cast<std::size_t>(std::min(most, 1e15)));
    }
    return out;
  };
  return {least(Measure::resources), least(Measure::outputs), least(Measure::parameters), least(Measure::bytes)};
}

bool fits(const cloud::Stack& stack, std::size_t bytes, const partition::Limits& limits) {
  return stack.resources.size() <= limits.resources && stack.outputs.size() <= limits.outputs &&
         stack.parameters.size() <= limits.parameters && bytes <= limits.bytes;
}

bool takes_resources(const cloud::Target& target, const Holder& holder, std::size_t resources, std::string_view words,
                     diag::Sink& sink) {
  for (const catalog::TemplateLimit* limit : limits_of(target, Measure::resources)) {
    const catalog::Fact& fact = target.backend->catalog().fact(limit->fact);
    const auto count = static_cast<double>(resources);
    if (count <= most_of(fact)) continue;
    auto r = sink.report(holder.place, codes::TargetTooManyResources, std::string(words) + to_text(count),
                         "a template of " + std::string(target.format->title()), to_text(most_of(fact)));
    if (!holder.note.empty()) r.note(holder.note);
    r.source(catalog::cite(fact)).help(holder.help);
    return false;
  }
  return true;
}

bool keeps_counts(const cloud::Target& target, const Holder& holder, const cloud::Stack& stack, diag::Sink& sink) {
  bool good = true;
  const auto count = [&](Measure measure, std::size_t amount, const std::string& words, const std::string& besides) {
    for (const catalog::TemplateLimit* limit : limits_of(target, measure)) {
      const catalog::Fact& fact = target.backend->catalog().fact(limit->fact);
      if (static_cast<double>(amount) > most_of(fact))
        good = report(target, fact, {holder.place, holder.note, holder.help + besides}, "the template",
                      fmt::format("has {} {}", amount, words), sink) &&
               good;
    }
  };
  count(Measure::parameters, stack.parameters.size(), "parameters", "; or keep settings in a `config` that functions read");
  count(Measure::outputs, stack.outputs.size(), "outputs", "; or give out less");
  return good;
}

bool keeps_characters(const cloud::Target& target, const cloud::Stack& stack, const Architecture& a, diag::Sink& sink) {
  const catalog::Catalog& catalog = target.backend->catalog();
  bool good = true;
  for (const catalog::TemplateLimit* limit : limits_of(target, Measure::characters)) {
    const catalog::Fact& fact = catalog.fact(limit->fact);
    for (const cloud::Resource& resource : stack.resources) {
      if (resource.type != limit->type) continue;
      const std::size_t size = characters_at(cloud::Value(resource.properties), limit->property);
      if (static_cast<double>(size) <= most_of(fact)) continue;
      const std::string what = fmt::format("{} (`{}`)", limit->says, resource.id);
      good = report(target, fact, {place_of(resource, a), "", std::string(limit->help)}, what,
                    fmt::format("measures at least {} characters", size), sink) &&
             good;
    }
  }
  return good;
}

bool keeps_sizes(const cloud::Target& target, const Holder& holder, const cloud::Files& files, diag::Sink& sink) {
  bool good = true;
  for (const catalog::TemplateLimit* limit : limits_of(target, Measure::bytes)) {
    const catalog::Fact& fact = target.backend->catalog().fact(limit->fact);
    for (const auto& [path, bytes] : files) {
      if (!target.format->is_template(path) || static_cast<double>(bytes.size()) <= most_of(fact)) continue;
      good = report(target, fact, holder, "`" + path + "`", fmt::format("measures {} bytes", bytes.size()), sink) && good;
    }
  }
  return good;
}

std::size_t largest(const cloud::Target& target, const cloud::Files& files) {
  std::size_t out = 0;
  for (const auto& [path, bytes] : files) {
    if (target.format->is_template(path)) out = std::max(out, bytes.size());
  }
  return out;
}

}  // namespace virga::driver
