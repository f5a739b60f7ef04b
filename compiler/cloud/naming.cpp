#include "compiler/cloud/naming.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace virga::cloud {
namespace {

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
char to_lower(char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }
char to_upper(char c) { return is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c; }

constexpr std::size_t kHashDigits = 6;

/// A program's name in the letters of a service, or a sign that something was lost on the way: then two names could
/// become one, and the caller adds a hash.
struct Spelling {
  const catalog::NameRule& rule;
  std::string_view between, within;
  bool lost = false;

  explicit Spelling(const catalog::NameRule& r) : rule(r) {
    if (r.underscore && r.hyphen) {
      between = "-";
      within = "_";
    } else if (r.hyphen) {
      between = "--";
      within = "-";
    } else if (r.underscore) {
      between = "__";
      within = "_";
    } else {
      lost = true;
    }
  }

  std::string spell(std::string_view name) {
    std::string out;
    bool edge = true;  // at the beginning, or after a dot
    for (std::size_t i = 0; i < name.size(); ++i) {
      const char c = name[i];
      const bool last = i + 1 == name.size() || name[i + 1] == '.';
      if (c == '.') {
        out += between;
      } else if (c == '_') {
        if (edge || last || name[i + 1] == '_') lost = true;
        out += within;
      } else if (is_upper(c) && !rule.upper) {
        lost = true;
        out += to_lower(c);
      } else {
        out += c;
      }
      edge = c == '.';
    }
    return out;
  }
};

/// Services refuse names that begin or end in a separator; a cut may leave one.
void trim_end(std::string& name) {
  while (!name.empty() && (name.back() == '-' || name.back() == '_')) name.pop_back();
}

}  // namespace

std::string short_hash(std::string_view text, std::size_t digits) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  if (EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1) {
    throw std::runtime_error("this is a bug in virga: SHA-256 is not to be had from the crypto library");
  }
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string out;
  for (unsigned int i = 0; i < size; ++i) {
    out += kHex[digest[i] >> 4];
    out += kHex[digest[i] & 15];
  }
  out.resize(std::min(digits, out.size()));
  return out;
}

std::string physical_name(const catalog::NameRule& rule, std::string_view app, std::string_view stage, std::string_view node,
                          std::size_t reserve) {
  Spelling spelling(rule);
  std::string name = spelling.spell(app);
  for (const std::string_view part : {stage, node}) {
    if (part.empty()) continue;
    name += spelling.between;
    name += spelling.spell(part);
  }
  if (rule.letter_first && !is_lower(to_lower(name.empty() ? '0' : name.front()))) name.insert(0, rule.upper ? "V" : "v");

  const std::size_t taken = reserve + rule.suffix.size();
  const std::size_t room = rule.max > taken ? rule.max - taken : 0;
  if (spelling.lost || name.size() > room || name.size() < rule.min) {
    const std::string_view joint = rule.hyphen ? "-" : rule.underscore ? "_" : "";
    const std::string whole = std::string(app) + '/' + std::string(stage) + '/' + std::string(node);
    const std::string tail = std::string(joint) + short_hash(whole, kHashDigits);
    name.resize(std::min(name.size(), room > tail.size() ? room - tail.size() : 0));
    trim_end(name);
    name += name.empty() ? std::string(rule.upper ? "V" : "v") + short_hash(whole, kHashDigits) : tail;
  }
  name += rule.suffix;
  return name;
}

std::string logical_id(std::string_view node) {
  std::string id;
  bool start = true, plain = !node.empty();
  for (std::size_t i = 0; i < node.size(); ++i) {
    const char c = node[i];
    if (c == '_' || c == '.') {
      plain = plain && !start;
      start = true;
    } else {
      // `a_1` and `a1`, `a_B` and `a_b` would meet: what does not begin a part with a small letter gets a hash.
      plain = plain && !is_upper(c) && (!start || is_lower(c));
      id += start ? to_upper(c) : c;
      start = false;
    }
  }
  plain = plain && !start;
  if (!plain) id = (id.empty() || !is_upper(id.front()) ? "N" + id : id) + "X" + short_hash(node, kHashDigits);
  return id;
}

std::string environment_name(std::string_view node, std::string_view what) {
  std::string out;
  for (const char c : node) out += c == '.' ? '_' : to_upper(c);
  if (!what.empty()) {
    out += '_';
    out += what;
  }
  return out;
}

std::string deployment_variable(std::string_view parameter) {
  std::string out = "VIRGA_";
  for (std::size_t i = 0; i < parameter.size(); ++i) {
    const char c = parameter[i];
    const bool capital = c >= 'A' && c <= 'Z';
    if (i == 0 ? !capital : capital) out += '_';
    if (c == '_') out += '_';
    out += to_upper(c);
  }
  return out == kRegionVariable ? out + "_" : out;
}

}  // namespace virga::cloud
