// Outlines, badges, arrows and the legend.
#include "compiler/picture/svg_parts.h"

#include "compiler/picture/text.h"

#include <fmt/format.h>

namespace virga::picture {

std::string_view word(Becomes becomes) {
  switch (becomes) {
    case Becomes::stays: return "stays";
    case Becomes::comes: return "comes";
    case Becomes::changes: return "changes";
    case Becomes::goes: return "goes";
  }
  return "";
}

std::string outline(Shape shape, const Box& box) {
  const auto [x, y] = box.at;
  const int w = box.width, h = box.height, right = x + w, bottom = y + h;
  constexpr int kCut = 10, kLid = 6;
  switch (shape) {
    case Shape::work: return fmt::format(R"(<rect x="{}" y="{}" width="{}" height="{}" rx="6"/>)", x, y, w, h);
    case Shape::store:
      return fmt::format(
          R"(<path d="M{0} {1}A{2} {3} 0 0 1 {4} {1}V{5}A{2} {3} 0 0 1 {0} {5}ZM{0} {1}A{2} {3} 0 0 0 {4} {1}"/>)", x,
          y + kLid, w / 2, kLid, right, bottom - kLid);
    case Shape::buffer:
      return fmt::format(R"(<path d="M{} {}H{}V{}H{}ZM{} {}V{}M{} {}V{}"/>)", x, y, right, bottom, x, x + kLid, y, bottom,
                         right - kLid, y, bottom);
    case Shape::door:
      return fmt::format(R"(<path d="M{0} {1}H{2}L{3} {4}V{5}L{2} {6}H{0}L{7} {5}V{4}Z"/>)", x + kCut, y, right - kCut,
                         right, y + kCut, bottom - kCut, bottom, x);
    case Shape::foreign:
      return fmt::format(R"(<path d="M{0} {1}H{2}L{3} {4}V{5}H{0}ZM{2} {1}V{4}H{3}"/>)", x, y, right - kCut, right, y + kCut,
                         bottom);
  }
  return "";
}

std::string second_outline(const Box& box) {
  constexpr int kOut = 4;
  return fmt::format(R"(<rect class="around" x="{}" y="{}" width="{}" height="{}" rx="9"/>)", box.at.x - kOut,
                     box.at.y - kOut, box.width + 2 * kOut, box.height + 2 * kOut);
}

std::string badge(Becomes becomes, Point p) {
  if (becomes == Becomes::stays) return "";
  std::string sign;
  switch (becomes) {
    case Becomes::stays: break;
    case Becomes::comes: sign = fmt::format("M{} {}h8M{} {}v8", p.x - 4, p.y, p.x, p.y - 4); break;
    case Becomes::goes: sign = fmt::format("M{} {}h8", p.x - 4, p.y); break;
    case Becomes::changes: sign = fmt::format("M{} {}c2 -5 3 -2 4 0s2 4 4 -1", p.x - 4, p.y + 1); break;
  }
  return fmt::format(R"(<circle class="badge" cx="{}" cy="{}" r="8"/><path class="sign" d="{}"/>)", p.x, p.y, sign);
}

std::string way(const std::vector<Point>& points) {
  std::string out = fmt::format("M{} {}", points.front().x, points.front().y);
  constexpr int kHead = 5;  // the line ends within its head
  for (std::size_t i = 1; i < points.size(); ++i) {
    const Point a = points[i - 1], b = points[i];
    if (i + 1 == points.size()) {
      out += fmt::format("H{}", b.x > a.x ? b.x - kHead : b.x + kHead);
    } else if (i % 2 == 1 || a.y == b.y) {
      out += fmt::format("L{} {}", b.x, b.y);
    } else {
      const int middle = (a.x + b.x) / 2;
      out += fmt::format("C{} {} {} {} {} {}", middle, a.y, middle, b.y, b.x, b.y);
    }
  }
  return out;
}

std::string head(const std::vector<Point>& points) {
  const Point end = points.back(), from = points[points.size() - 2];
  return fmt::format("M{} {}l{} -4v8Z", end.x, end.y, end.x > from.x ? -9 : 9);
}

Drawn legend(bool compared, int left, int top, int width) {
  struct Entry {
    std::string sample;  ///< 34 wide, around y = 0
    std::string says;
  };
  const auto box = [](Becomes b) {
    const Box small{30, 16, {0, -8}};
    return fmt::format(R"(<g class="box {}">{}{}{}</g>)", word(b), b == Becomes::changes ? second_outline(small) : "",
                       outline(Shape::work, small), badge(b, {30, -8}));
  };
  const auto line = [](bool waits) {
    return fmt::format(
        R"(<g class="line stays{}"><path class="way" d="M0 0H29"/><path class="head" d="M34 0l-9 -4v8Z"/></g>)",
        waits ? "" : " on");
  };
  std::vector<Entry> entries;
  if (compared) {
    for (const Becomes b : {Becomes::comes, Becomes::goes, Becomes::changes, Becomes::stays})
      entries.push_back({box(b), std::string(word(b)) + (b == Becomes::stays ? " as it is" : "")});
  }
  entries.push_back({line(true), "waits for an answer (->)"});
  entries.push_back({line(false), "is handed on (~>)"});
  constexpr int kSample = 44, kLetter = 7, kBetween = 26, kRow = 30;
  Drawn out;
  int x = 0, y = kRow / 2;
  for (const Entry& e : entries) {
    const int own = kSample + static_cast<int>(columns(e.says)) * kLetter;
    if (x > 0 && x + own > width) x = 0, y += kRow;
    out.text += fmt::format("<g transform=\"translate({} {})\">{}<text class=\"legend\" x=\"{}\" y=\"4\">{}</text></g>\n",
                            left + x, top + y, e.sample, kSample, xml(e.says));
    x += own + kBetween;
  }
  out.height = y + kRow / 2;
  return out;
}

}  // namespace virga::picture
