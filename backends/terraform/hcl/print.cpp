#include "backends/terraform/hcl/print.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace virga::hcl {
namespace {

constexpr std::size_t kStep = 2;
constexpr std::size_t kLongLine = 110;  ///< a list that is longer stands one item per line

using Kind = Expr::Kind;

void append_escaped(std::string& out, std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const auto u = static_cast<unsigned char>(c);
    const bool opens = (c == '$' || c == '%') && i + 1 < text.size() && text[i + 1] == '{';
    if (opens) out += {c, c};
    else if (c == '"' || c == '\\') out += {'\\', c};
    else if (c == '\n') out += "\\n";
    else if (c == '\r') out += "\\r";
    else if (c == '\t') out += "\\t";
    else if (u < 0x20 || u == 0x7f) out += fmt::format("\\u{:04x}", u);
    else out += c;
  }
}

std::string number_text(double number) {
  constexpr double kExact = 9007199254740992;
  if (std::trunc(number) == number && std::fabs(number) < kExact) return fmt::format("{:.0f}", number);
  return fmt::format("{}", number);
}

bool simple(const Expr& e) {
  switch (e.kind) {
    case Kind::object: return e.parts.empty();
    case Kind::list:
    case Kind::call: return std::all_of(e.parts.begin(), e.parts.end(), simple);
    default: return true;
  }
}

/// Columns as `terraform fmt` counts them: characters, not bytes.
std::size_t columns(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u; }));
}

struct Line {
  std::string key, value;
};

class Printer {
 public:
  std::string expression(const Expr& e, std::size_t indent) {
    switch (e.kind) {
      case Kind::null: return "null";
      case Kind::boolean: return e.flag ? "true" : "false";
      case Kind::integer: return std::to_string(e.whole);
      case Kind::real: return number_text(e.number);
      case Kind::string: return quoted(e.text);
      case Kind::joined: return text(e, indent);
      case Kind::directive: return "%{" + e.text + "}";
      case Kind::list: return items(e, indent);
      case Kind::object: return members(e, indent);
      case Kind::name: return e.text;
      case Kind::attribute: return expression(e.parts[0], indent) + "." + e.text;
      case Kind::index: return expression(e.parts[0], indent) + "[" + expression(e.parts[1], indent) + "]";
      case Kind::splat: return expression(e.parts[0], indent) + (e.text == "." ? ".*" : "[*]");
      case Kind::call: return e.text + "(" + separated(e.parts, indent) + (e.flag ? "...)" : ")");
      case Kind::conditional:
        return expression(e.parts[0], indent) + " ? " + expression(e.parts[1], indent) + " : " +
               expression(e.parts[2], indent);
      case Kind::binary: return expression(e.parts[0], indent) + " " + e.text + " " + expression(e.parts[1], indent);
      case Kind::unary: return e.text + expression(e.parts[0], indent);
      case Kind::parens: return "(" + expression(e.parts[0], indent) + ")";
      case Kind::loop: return e.text;
    }
    return {};
  }

  void body(std::string& out, const Body& b, std::size_t indent) {
    std::vector<Line> lines;
    bool begun = false;
    bool after_block = false;
    for (const Item& item : b.items) {
      if (!item.is_block) {
        if (after_block) {
          flush(out, lines, indent);
          out += '\n';
        }
        after_block = false;
        lines.push_back({item.name, expression(item.value, indent)});
      } else {
        flush(out, lines, indent);
        if (begun) out += '\n';
        block(out, item, indent);
        after_block = true;
      }
      begun = true;
    }
    flush(out, lines, indent);
  }

 private:
  std::string text(const Expr& e, std::size_t indent) {
    std::string out = "\"";
    for (const Expr& part : e.parts) {
      if (part.is(Kind::string)) append_escaped(out, part.text);
      else if (part.is(Kind::directive)) out += "%{" + part.text + "}";
      else out += "${" + expression(part, indent) + "}";
    }
    return out + "\"";
  }

  std::string separated(const std::vector<Expr>& parts, std::size_t indent) {
    std::string out;
    for (const Expr& part : parts) out += (out.empty() ? "" : ", ") + expression(part, indent);
    return out;
  }

  std::string items(const Expr& e, std::size_t indent) {
    if (simple(e)) {
      std::string line = "[" + separated(e.parts, indent) + "]";
      if (e.parts.size() < 2 || indent + line.size() <= kLongLine) return line;
    }
    std::string out = "[\n";
    for (const Expr& part : e.parts) out += std::string(indent + kStep, ' ') + expression(part, indent + kStep) + ",\n";
    return out + std::string(indent, ' ') + "]";
  }

  std::string members(const Expr& e, std::size_t indent) {
    if (e.parts.empty()) return "{}";
    std::vector<Line> lines;
    for (std::size_t i = 0; i + 1 < e.parts.size(); i += 2)
      lines.push_back({key(e.parts[i], indent), expression(e.parts[i + 1], indent + kStep)});
    std::string out = "{\n";
    flush(out, lines, indent + kStep);
    return out + std::string(indent, ' ') + "}";
  }

  std::string key(const Expr& e, std::size_t indent) {
    if (const std::string* word = e.string()) return is_word(*word) ? *word : quoted(*word);
    return e.is(Kind::parens) ? expression(e, indent) : "(" + expression(e, indent) + ")";
  }

  static bool is_word(const std::string& word) {
    return is_identifier(word) && word != "for" && word != "null" && word != "true" && word != "false";
  }

  void block(std::string& out, const Item& item, std::size_t indent) {
    const std::string margin(indent, ' ');
    out += margin + item.name;
    for (const std::string& label : item.labels) out += " " + quoted(label);
    if (item.body.items.empty()) {
      out += " {}\n";
      return;
    }
    out += " {\n";
    body(out, item.body, indent + kStep);
    out += margin + "}\n";
  }

  /// Neighbours on one line each have their `=` under each other; a longer value stands for itself.
  static void flush(std::string& out, std::vector<Line>& lines, std::size_t indent) {
    for (std::size_t begin = 0; begin < lines.size();) {
      std::size_t end = begin;
      std::size_t width = 0;
      while (end < lines.size() && lines[end].value.find('\n') == std::string::npos)
        width = std::max(width, columns(lines[end++].key));
      const std::size_t stop = end == begin ? begin + 1 : end;
      for (; begin < stop; ++begin) {
        const std::size_t pad = end == stop && width > columns(lines[begin].key) ? width - columns(lines[begin].key) : 0;
        out += std::string(indent, ' ') + lines[begin].key + std::string(pad, ' ') + " = " + lines[begin].value + "\n";
      }
    }
    lines.clear();
  }
};

}  // namespace

std::string quoted(std::string_view text) {
  std::string out = "\"";
  append_escaped(out, text);
  return out + "\"";
}

std::string print(const Expr& expression, std::size_t indent) { return Printer().expression(expression, indent); }

std::string print(const File& file) {
  std::string out;
  for (const std::string& paragraph : file.comments) {
    std::string_view rest = paragraph;
    while (true) {
      const std::size_t end = rest.find('\n');
      const std::string_view line = rest.substr(0, end);
      out += line.empty() ? "#\n" : "# " + std::string(line) + "\n";
      if (end == std::string_view::npos) break;
      rest.remove_prefix(end + 1);
    }
    out += '\n';
  }
  if (file.body.items.empty() && !out.empty()) out.pop_back();
  Printer().body(out, file.body, 0);
  return out;
}

}  // namespace virga::hcl
