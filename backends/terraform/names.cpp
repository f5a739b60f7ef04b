#include "backends/terraform/names.h"

#include <algorithm>
#include <array>

namespace virga::terraform {
namespace {

bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
char lower(char c) { return is_capital(c) ? static_cast<char>(c - 'A' + 'a') : c; }
char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

/// Arguments of module blocks, and so no names of variables.
constexpr std::array<std::string_view, 8> kReserved = {"count",  "depends_on", "for_each", "lifecycle",
                                                       "locals", "providers",  "source",   "version"};

}  // namespace

std::string to_name(std::string_view id) {
  std::string out;
  for (std::size_t i = 0; i < id.size(); ++i) {
    if (i == 0 && !is_capital(id[i])) out += '_';
    if (id[i] == '_') out += "__";
    else if (i > 0 && is_capital(id[i])) out += {'_', lower(id[i])};
    else out += lower(id[i]);
  }
  return out;
}

std::string to_id(std::string_view name) {
  std::string out;
  bool capital = !name.starts_with('_');
  std::size_t i = capital ? 0 : 1;
  for (; i < name.size(); ++i) {
    if (capital) {
      out += upper(name[i]);
      capital = false;
    } else if (name[i] == '_' && i + 1 < name.size()) {
      ++i;
      out += name[i] == '_' ? '_' : upper(name[i]);
    } else {
      out += name[i];
    }
  }
  return out;
}

std::string to_variable(std::string_view id) {
  std::string name = to_name(id);
  if (std::find(kReserved.begin(), kReserved.end(), name) != kReserved.end()) name += '_';
  return name;
}

std::string from_variable(std::string_view name) {
  if (name.ends_with('_') &&
      std::find(kReserved.begin(), kReserved.end(), name.substr(0, name.size() - 1)) != kReserved.end())
    name.remove_suffix(1);
  return to_id(name);
}

}  // namespace virga::terraform
