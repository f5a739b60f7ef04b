// Values with `${…}` in them → what they stand for. Used by this folder only.
#pragma once

#include "backends/aws/serverless_framework/documents.h"
#include "backends/aws/serverless_framework/expression.h"
#include "backends/aws/serverless_framework/serverless_framework.h"

#include <map>
#include <set>

namespace virga::aws::serverless_framework {

/// Looks nothing up that lies outside of the files: what only the environment, the network or the command line knows
/// becomes a parameter of the stack. However files refer to each other and to themselves, it ends: values within values
/// and the bytes that variables stand for are bounded.
class Variables {
 public:
  /// `root` is the whole main file, and outlives this.
  Variables(const Document& root, const cloud::NamedFiles& files, const Options& options, diag::Sink& sink)
      : root_(root), files_(files), options_(options), sink_(sink) {}

  [[nodiscard]] Document resolve(const Document& value);
  /// The value at `path` of the main file, resolved; null where there is none.
  [[nodiscard]] Document get(std::string_view path);
  /// What was asked for from outside, as parameters of a template.
  [[nodiscard]] const Document::Map& parameters() const { return parameters_; }

 private:
  using Found = std::optional<Document>;

  // variables.cpp
  [[nodiscard]] Document text_value(const Document& said, bool within_sub);
  [[nodiscard]] Document function(const Document::Entry& call);
  [[nodiscard]] Document variable(const Piece& piece, Span span);
  [[nodiscard]] bool enter(Span span);

  // sources.cpp
  [[nodiscard]] Found look_up(const Source& source, const std::string& address, Span span);
  [[nodiscard]] Found self(std::string_view path);
  [[nodiscard]] Found below(const Document* from, std::string_view path);
  [[nodiscard]] Found file(const Source& source, const std::string& address, Span span);
  [[nodiscard]] Found param(const std::string& name);
  [[nodiscard]] Found sls(const std::string& name);
  [[nodiscard]] const Document* included(const std::string& path, Span span);
  /// A parameter of the stack in the place of a value from outside.
  [[nodiscard]] Document parameter(const Piece& piece, const Source& source, const Found& fallback, Span span);
  void refuse(Span span, const std::string& written, std::string why);

  const Document& root_;
  const cloud::NamedFiles& files_;
  const Options& options_;
  diag::Sink& sink_;
  Document::Map parameters_;
  std::set<std::string> taken_;  ///< the names of parameters
  std::map<std::string, std::string> parameter_names_;  ///< a variable as it stands → its parameter
  std::map<std::string, std::optional<Document>> included_;
  std::set<std::string> open_;  ///< what is being looked up: a second time would go in a circle
  std::set<Span> told_;
  std::size_t depth_ = 0;  ///< of values in values, through variables
  std::size_t spent_ = 0;  ///< bytes that came out of variables
  std::string why_;  ///< why the last look-up gave nothing
};

}  // namespace virga::aws::serverless_framework
