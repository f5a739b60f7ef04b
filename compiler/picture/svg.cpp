// The whole picture: heading, lines, boxes, legend.
#include "compiler/picture/scene.h"
#include "compiler/picture/svg_parts.h"
#include "compiler/picture/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

namespace virga::picture {
namespace {

constexpr int kMargin = 24, kHeading = 40, kLeast = 940;  ///< the legend has room
constexpr std::size_t kNameColumns = 26, kLabelColumns = 22;
constexpr int kNameLetter = 8, kSmallLetter = 7;  ///< wider than most letters, so that text stays within its box
constexpr int kBoxHeight = 46, kStoreHeight = 54, kPadding = 34;

/// More arrows than these between the same two boxes become one, which says how many it is.
constexpr std::size_t kSideBySide = 3;

void merge(Scene& scene) {
  using Key = std::tuple<std::size_t, std::size_t, bool, Becomes>;
  std::map<Key, std::vector<std::size_t>> alike;
  for (std::size_t i = 0; i < scene.edges.size(); ++i) {
    const SceneEdge& e = scene.edges[i];
    alike[{e.from, e.to, e.waits, e.becomes}].push_back(i);
  }
  std::vector<bool> gone(scene.edges.size(), false);
  for (const auto& [key, all] : alike) {
    if (all.size() <= kSideBySide) continue;
    SceneEdge& first = scene.edges[all.front()];
    for (std::size_t k = 1; k < all.size(); ++k) {
      gone[all[k]] = true;
      for (std::string& s : scene.edges[all[k]].says) first.says.push_back(std::move(s));
    }
    first.label = fmt::format("{} and {} more", shortened(first.label, kLabelColumns - 12), all.size() - 1);
  }
  std::vector<SceneEdge> kept;
  for (std::size_t i = 0; i < gone.size(); ++i) {
    if (!gone[i]) kept.push_back(std::move(scene.edges[i]));
  }
  scene.edges = std::move(kept);
}

class Drawing {
 public:
  explicit Drawing(const Scene& scene) : scene_(scene) {
    std::vector<std::size_t> out(scene.nodes.size(), 0), in(scene.nodes.size(), 0);
    for (std::size_t i = 0; i < scene.edges.size(); ++i) {
      const SceneEdge& e = scene.edges[i];
      if (e.from == e.to) continue;
      lines_.push_back({e.from, e.to, e.label.empty() ? 0 : 14 + letters(e.label, kLabelColumns, kSmallLetter)});
      drawn_.push_back(i);
      ++out[e.from], ++in[e.to];
    }
    for (std::size_t i = 0; i < scene.nodes.size(); ++i) {
      const SceneNode& n = scene.nodes[i];
      const int width = std::max(letters(n.name, kNameColumns, kNameLetter), letters(n.kind, kNameColumns, kSmallLetter));
      boxes_.push_back({width + kPadding,
                        std::max(n.shape == Shape::store ? kStoreHeight : kBoxHeight, height_for(std::max(out[i], in[i])))});
    }
    size_ = place(boxes_, lines_);
    for (Box& b : boxes_) move(b.at);
    for (Line& l : lines_) {
      for (Point& p : l.points) move(p);
    }
  }

  std::string run() {
    const int width = std::max(size_.x + 2 * kMargin, kLeast), bottom = kMargin + kHeading + size_.y + 20;
    const Drawn signs = legend(scene_.compared, kMargin, bottom, width - 2 * kMargin);
    int height = bottom + signs.height;
    std::string notes;
    for (const std::string& s : scene_.left_out) {
      height += 22;
      notes += fmt::format("<text class=\"note\" x=\"{}\" y=\"{}\">{}</text>\n", kMargin, height, xml(s));
    }
    height += kMargin;
    std::string out = fmt::format(
        R"(<svg xmlns="http://www.w3.org/2000/svg" class="virga-picture" role="img" aria-labelledby="{2}-title {2}-desc" width="{0}" height="{1}" viewBox="0 0 {0} {1}">)"
        "\n",
        width, height, scene_.id);
    out += fmt::format("<title id=\"{0}-title\">{1}</title>\n<desc id=\"{0}-desc\">{2}</desc>\n", scene_.id,
                       xml(scene_.title), xml(description()));
    out += style();
    out += fmt::format("<rect class=\"ground\" width=\"{}\" height=\"{}\"/>\n", width, height);
    out += fmt::format("<text class=\"heading\" x=\"{}\" y=\"{}\">{}</text>\n", kMargin, kMargin + 14,
                       xml(shortened(scene_.title, static_cast<std::size_t>(width) / 9)));
    for (std::size_t i = 0; i < lines_.size(); ++i) line(scene_.edges[drawn_[i]], lines_[i], out);
    for (const SceneEdge& e : scene_.edges) {
      if (e.from == e.to) loop(e, out);
    }
    for (std::size_t i = 0; i < boxes_.size(); ++i) box(scene_.nodes[i], boxes_[i], out);
    return out + signs.text + notes + "</svg>\n";
  }

 private:
  static int letters(const std::string& text, std::size_t most, int each) {
    return static_cast<int>(std::min(columns(text), most)) * each;
  }
  static void move(Point& p) { p.x += kMargin, p.y += kMargin + kHeading; }

  /// All that the picture shows, for who cannot see it.
  [[nodiscard]] std::string description() const {
    std::string out;
    for (const Becomes b : {Becomes::comes, Becomes::goes, Becomes::changes, Becomes::stays}) {
      if (!scene_.compared && b != Becomes::stays) continue;
      std::string names;
      for (const SceneNode& n : scene_.nodes) {
        if (n.becomes == b) names += (names.empty() ? "" : ", ") + n.name;
      }
      if (names.empty()) continue;
      out += scene_.compared ? fmt::format("{}: {}. ", word(b), names) : fmt::format("Nodes: {}. ", names);
    }
    std::string arrows;
    for (const SceneEdge& e : scene_.edges) {
      if (e.becomes == Becomes::stays) continue;
      for (const std::string& s : e.says) arrows += (arrows.empty() ? "" : ", ") + s;
    }
    if (!arrows.empty()) out += "Arrows: " + arrows + ". ";
    for (const std::string& s : scene_.left_out) out += s + " ";
    while (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
  }

  static std::string title(const std::vector<std::string>& says) {
    std::string out;
    for (const std::string& s : says) out += (out.empty() ? "" : "\n") + xml(s);
    return out.empty() ? "" : "<title>" + out + "</title>";
  }

  static void open_line(const SceneEdge& e, std::string& out) {
    out += fmt::format("<g class=\"line {}{}\">{}", word(e.becomes), e.waits ? "" : " on", title(e.says));
  }

  static void line(const SceneEdge& e, const Line& l, std::string& out) {
    open_line(e, out);
    out += fmt::format(R"(<path class="way" d="{}"/><path class="head" d="{}"/>)", way(l.points), head(l.points));
    const Point begin = l.points[0], end = l.points[1];
    const bool leftwards = end.x < begin.x;
    if (!e.label.empty())
      out += fmt::format(R"(<text class="label" x="{}" y="{}"{}>{}</text>)", begin.x + (leftwards ? -8 : 8), begin.y - 5,
                         leftwards ? " text-anchor=\"end\"" : "", xml(shortened(e.label, kLabelColumns)));
    out += badge(e.becomes, {end.x, end.y}) + "</g>\n";
  }

  /// What leads back to where it began: below the box.
  void loop(const SceneEdge& e, std::string& out) const {
    const Box& b = boxes_[e.from];
    const int right = b.at.x + b.width - 18, left = right - 26, y = b.at.y + b.height;
    open_line(e, out);
    out += fmt::format(R"(<path class="way" d="M{} {}C{} {} {} {} {} {}"/><path class="head" d="M{} {}l-4 9h8Z"/>)", right,
                       y, right, y + 20, left, y + 20, left, y + 5, left, y);
    out += badge(e.becomes, {(left + right) / 2, y + 14}) + "</g>\n";
  }

  static void box(const SceneNode& n, const Box& b, std::string& out) {
    const int x = b.at.x + b.width / 2, y = b.at.y + b.height / 2 + (n.shape == Shape::store ? 5 : 0);
    out += fmt::format("<g class=\"box {}\">{}", word(n.becomes), title(n.says));
    if (n.becomes == Becomes::changes) out += second_outline(b);
    out += outline(n.shape, b);
    out += fmt::format(R"(<text class="name" x="{0}" y="{1}">{2}</text><text class="kind" x="{0}" y="{3}">{4}</text>)", x,
                       y - 2, xml(shortened(n.name, kNameColumns)), y + 14, xml(shortened(n.kind, kNameColumns)));
    out += badge(n.becomes, {b.at.x + b.width - 2, b.at.y + 1}) + "</g>\n";
  }

  const Scene& scene_;
  std::vector<Box> boxes_;
  std::vector<Line> lines_;
  std::vector<std::size_t> drawn_;  ///< for each line: its edge
  Point size_;
};

}  // namespace

std::string svg(Scene scene) {
  reduce(scene);
  merge(scene);
  return Drawing(scene).run();
}

}  // namespace virga::picture
