// What the files of the check over loads have in common.
#pragma once

#include "compiler/passes/rates.h"
#include "compiler/passes/uses.h"

namespace virga::passes {

/// `12`, `3 to 12`; begun things are whole.
[[nodiscard]] std::string count_text(double n);
[[nodiscard]] std::string count_text(const Between& b);

/// What was measured, for who wants to know what is close.
struct Measures {
  std::vector<Use>& all;
  /// `what` has the node's name in it, `key` what it stands as.
  void add(std::string key, std::string what, double used, double most, std::string used_text, std::string most_text,
           const Amount& limit) {
    all.push_back(
        {std::move(key), std::move(what), used, most, std::move(used_text), std::move(most_text), source_of(limit)});
  }
  void count(std::string key, std::string what, double used, double most, const Amount& limit) {
    add(std::move(key), std::move(what), used, most, count_text(used), to_text(most), limit);
  }
};

/// What all nodes have in common: an account's executions, and what may be reserved of them.
void account_loads(const Model& model, const Rates& rates, Measures& measures, diag::Sink& sink);

}  // namespace virga::passes
