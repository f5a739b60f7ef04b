// Terraform as a format of a cloud: the stack under the names of a provider, both ways.
#pragma once

#include "backends/terraform/table.h"
#include "compiler/cloud/backend.h"
#include "compiler/cloud/intrinsics.h"

namespace virga::terraform {

/// `<cloud>.terraform`. The table must outlive the format.
class Format final : public cloud::Format {
 public:
  /// `engine`: how the cloud's own engine spells references, for what of a foreign configuration stays in its words.
  Format(const Table& table, std::string_view title, const cloud::Dialect& engine);

  [[nodiscard]] std::string_view name() const override { return "terraform"; }
  [[nodiscard]] std::string_view title() const override { return title_; }
  [[nodiscard]] std::string_view main_file() const override { return "main.tf"; }
  [[nodiscard]] bool is_template(std::string_view path) const override {
    return path.ends_with(".tf") || path.ends_with(".tf.json");
  }
  [[nodiscard]] cloud::Files emit(const cloud::Stack& stack, std::string_view banner) const override;
  [[nodiscard]] bool has_exports() const override { return false; }
  [[nodiscard]] std::string parameter_name(std::string_view name) const override;
  [[nodiscard]] std::string output_name(std::string_view name) const override;
  [[nodiscard]] bool has_json() const override { return true; }
  [[nodiscard]] cloud::Files emit_json(const cloud::Stack& stack, std::string_view banner) const override;
  /// Its resources, by their addresses.
  [[nodiscard]] std::vector<cloud::Unit> units(const cloud::Stack& stack) const override;
  /// A state file, or what `terraform show -json` prints.
  [[nodiscard]] bool is_record(const SourceFile& file) const override;
  [[nodiscard]] std::vector<cloud::Unit> recorded(const SourceFile& file, std::span<const cloud::Unit> wanted,
                                                  diag::Sink& sink) const override;
  [[nodiscard]] std::vector<cloud::Unsaid> unsaid(const cloud::Stack& stack) const override;
  [[nodiscard]] cloud::Stack read(const SourceFile& main, diag::Sink& sink) const override;
  [[nodiscard]] cloud::Stack read_all(std::span<const SourceFile* const> files, diag::Sink& sink) const override;
  [[nodiscard]] const cloud::Dialect* family() const override { return &dialect_; }
  [[nodiscard]] bool takes_folder() const override { return true; }
  [[nodiscard]] bool recognises(const SourceFile& file) const override;
  [[nodiscard]] cloud::Stack read_as_given(std::span<const SourceFile* const> files, const cloud::NamedFiles& named,
                                           diag::Sink& sink) const override;

 private:
  const Table& table_;
  std::string_view title_;
  cloud::Dialect dialect_;
};

}  // namespace virga::terraform
