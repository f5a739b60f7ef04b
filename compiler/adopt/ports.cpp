#include "compiler/adopt/ports.h"

#include "compiler/cloud/naming.h"

#include <cctype>

namespace virga::adopt {

std::string port_of(std::string_view kind, std::string_view port) {
  const bool route = kind == "gateway" && port != "self";
  return std::string(kind) + "." + (route ? "route" : std::string(port));
}

std::string default_edge_id(const std::string& from, const std::string& port, const std::string& argument,
                            const std::string& to) {
  std::string words;
  bool start = true;
  for (const char c : port == "self" ? "" : port + " " + argument) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) == 0) {
      start = true;
      continue;
    }
    words += static_cast<char>(start ? std::toupper(byte) : std::tolower(byte));
    start = false;
  }
  return cloud::logical_id(from) + words + (argument.empty() ? "To" + cloud::logical_id(to) : "");
}

std::string default_edge_id(const Architecture& a, const Edge& edge) {
  return default_edge_id(a.node(edge.from.node).name, edge.from.name, edge.from.argument, a.node(edge.to.node).name);
}

}  // namespace virga::adopt
