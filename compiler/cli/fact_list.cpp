#include "compiler/cli/fact_list.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>

namespace virga::cli {
namespace {

using nlohmann::ordered_json;

/// The first day that a date of a source may mean: `2026` is 2026-01-01.
std::chrono::sys_days day_of(std::string_view date) {
  using namespace std::chrono;
  const auto part = [&](std::size_t at, std::size_t length, int otherwise) {
    int out = otherwise;
    if (date.size() >= at + length) std::from_chars(date.data() + at, date.data() + at + length, out);
    return out;
  };
  return year_month_day(year(part(0, 4, 1970)), month(static_cast<unsigned>(part(5, 2, 1))),
                        day(static_cast<unsigned>(part(8, 2, 1))));
}

int age(std::string_view date, const std::string& today) { return static_cast<int>((day_of(today) - day_of(date)).count()); }

std::string dated(std::string_view date, const std::string& today) {
  return today.empty() ? std::string(date) : fmt::format("{} ({} days)", date, age(date, today));
}

std::string cut(const std::string& text, std::size_t most) {
  if (text.size() <= most) return text;
  std::size_t end = most - 3;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u) --end;
  return text.substr(0, end) + "...";
}

struct Line {
  std::vector<std::string> cells;
  std::string below;
};

/// Columns as wide as their widest cell.
std::string aligned(const std::vector<Line>& lines) {
  std::vector<std::size_t> widths;
  for (const Line& line : lines) {
    widths.resize(std::max(widths.size(), line.cells.size()));
    for (std::size_t i = 0; i < line.cells.size(); ++i) widths[i] = std::max(widths[i], line.cells[i].size());
  }
  std::string out;
  for (const Line& line : lines) {
    std::string text = " ";
    for (std::size_t i = 0; i < line.cells.size(); ++i) text += fmt::format(" {:<{}} ", line.cells[i], widths[i]);
    out += text.substr(0, text.find_last_not_of(' ') + 1) + "\n" + line.below;
  }
  return out;
}

template <class Amounts>
ordered_json amounts(const Amounts& a) {
  const auto number = [](double v) {
    return v == std::floor(v) && std::abs(v) < 9e15 ? ordered_json(static_cast<std::int64_t>(v)) : ordered_json(v);
  };
  if (a.has_value) return number(a.value);
  ordered_json out = ordered_json::object();
  if (a.has_min) out["min"] = number(a.min);
  if (a.has_max) out["max"] = number(a.max);
  return out;
}

ordered_json value_json(const catalog::Fact& f) {
  if (!f.cases.empty()) {
    ordered_json out = ordered_json::object();
    for (const catalog::FactCase& c : f.cases) out[std::string(c.name)] = amounts(c);
    return out;
  }
  if (!f.members.empty()) {
    ordered_json out = ordered_json::array();
    for (const std::string_view m : f.members) {
      if (f.numbers) out.push_back(ordered_json::parse(m));
      else out.push_back(m);
    }
    return out;
  }
  if (!f.text.empty()) return f.text;
  return amounts(f);
}

void put(ordered_json& to, const char* key, std::string_view text) {
  if (!text.empty()) to[key] = text;
}

std::string money(const catalog::Price& p) {
  if (!p.known) return "unknown";
  return fmt::format("{:.10g} {}", p.price, p.currency);
}

std::string tier(const catalog::Price& p) {
  std::string out;
  if (p.from > 0) out += fmt::format("from {:.15g}", p.from);
  if (p.has_to) out += fmt::format("{}up to {:.15g}", out.empty() ? "" : " ", p.to);
  if (p.free > 0) out += fmt::format("{}{:.15g} free", out.empty() ? "" : ", ", p.free);
  return out;
}

}  // namespace

std::string fact_lines(const std::vector<const catalog::Fact*>& facts, const ListOptions& options) {
  constexpr std::size_t kWidest = 44;
  std::vector<Line> lines;
  for (const catalog::Fact* f : facts) {
    const std::string amount = catalog::amount_text(*f);
    std::string trust = f->instead.empty() ? "" : "yours";
    if (!f->verified) trust = "unverified";
    Line line{{std::string(f->id), options.sources ? amount : cut(amount, kWidest), std::string(catalog::word(f->kind)),
               dated(f->as_of, options.as_of), trust},
              ""};
    if (options.sources) {
      line.cells = {line.cells[0], line.cells[2], line.cells[3], trust};
      line.below = fmt::format("      {}\n      of {}{}\n      = source: {}\n", amount, f->subject,
                               f->scope.empty() ? "" : ", " + std::string(f->scope), catalog::cite(*f));
      if (!f->note.empty()) line.below += fmt::format("      = note: {}\n", f->note);
    }
    lines.push_back(std::move(line));
  }
  return aligned(lines);
}

std::string price_lines(const std::vector<const catalog::Price*>& prices, const ListOptions& options) {
  std::vector<Line> lines;
  for (const catalog::Price* p : prices) {
    Line line{{std::string(p->id), money(*p),
               fmt::format("for {}{}", p->per == 1 ? "a " : fmt::format("{:.15g} ", p->per), p->unit), tier(*p),
               dated(p->as_of, options.as_of), p->verified ? "" : "unverified"},
              ""};
    if (options.sources) {
      line.below = fmt::format("      {}{}\n      = source: {}, as of {}; confidence {}\n", p->item,
                               p->region.empty() ? "" : ", " + std::string(p->region), p->source, p->as_of, p->confidence);
      if (!p->note.empty()) line.below += fmt::format("      = note: {}\n", p->note);
    }
    lines.push_back(std::move(line));
  }
  return aligned(lines);
}

ordered_json fact_json(const catalog::Fact& f, std::string_view cloud, const std::string& as_of) {
  ordered_json out{{"cloud", cloud}, {"id", f.id}};
  put(out, "service", f.service);
  out["subject"] = f.subject;
  out["value"] = value_json(f);
  put(out, "by", f.by), put(out, "unit", f.unit);
  out["kind"] = catalog::word(f.kind);
  put(out, "scope", f.scope);
  out["informs"] = ordered_json::array();
  for (const std::string_view kind : f.informs) out["informs"].push_back(kind);
  put(out, "note", f.note);
  out["source"] = f.source, out["as_of"] = f.as_of, out["verified"] = f.verified;
  put(out, "instead_of", f.instead);
  if (!as_of.empty()) out["age_days"] = age(f.as_of, as_of);
  return out;
}

ordered_json price_json(const catalog::Price& p, std::string_view cloud, const std::string& as_of) {
  ordered_json out{{"cloud", cloud}, {"id", p.id}, {"service", p.service}, {"item", p.item}};
  out["price"] = p.known ? ordered_json(p.price) : ordered_json(nullptr);
  out["currency"] = p.currency, out["per"] = p.per, out["unit"] = p.unit;
  put(out, "region", p.region), put(out, "site", p.site);
  if (p.from > 0) out["from"] = p.from;
  if (p.has_to) out["to"] = p.to;
  if (p.free > 0) out["free"] = p.free;
  put(out, "free_note", p.free_note);
  out["confidence"] = p.confidence;
  put(out, "note", p.note);
  out["source"] = p.source, out["as_of"] = p.as_of, out["verified"] = p.verified;
  if (!as_of.empty()) out["age_days"] = age(p.as_of, as_of);
  return out;
}

}  // namespace virga::cli
