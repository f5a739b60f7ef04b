#include "compiler/cloud/json_writer.h"

#include "compiler/diagnostics/json_text.h"

#include <fmt/format.h>

#include <cmath>
#include <iterator>

namespace virga::cloud {
namespace {

class JsonWriter {
 public:
  void put(const Document& node) {
    switch (node.kind()) {
      case Document::Kind::null: out_ += "null"; break;
      case Document::Kind::boolean: out_ += *node.as_boolean() ? "true" : "false"; break;
      case Document::Kind::integer: fmt::format_to(std::back_inserter(out_), "{}", *node.as_integer()); break;
      case Document::Kind::real: out_ += std::isfinite(*node.as_real()) ? real_text(*node.as_real()) : "null"; break;
      case Document::Kind::string: diag::append_json_string(out_, *node.as_string()); break;
      case Document::Kind::list: put_all('[', ']', *node.as_list(), [&](const Document& item) { put(item); }); break;
      case Document::Kind::map:
        put_all('{', '}', *node.as_map(), [&](const Document::Entry& entry) {
          diag::append_json_string(out_, entry.key);
          out_ += ": ";
          put(entry.value);
        });
        break;
    }
  }

  std::string finish() && { return std::move(out_ += '\n'); }

 private:
  template <class Items, class Put>
  void put_all(char open, char close, const Items& items, const Put& put_one) {
    out_ += open;
    if (items.empty()) {
      out_ += close;
      return;
    }
    ++depth_;
    for (const auto& item : items) {
      if (&item != &items.front()) out_ += ',';
      new_line();
      put_one(item);
    }
    --depth_;
    new_line();
    out_ += close;
  }

  void new_line() {
    out_ += '\n';
    out_.append(2 * depth_, ' ');
  }

  std::string out_;
  std::size_t depth_ = 0;
};

}  // namespace

std::string write_json(const Document& document) {
  JsonWriter writer;
  writer.put(document);
  return std::move(writer).finish();
}

}  // namespace virga::cloud
