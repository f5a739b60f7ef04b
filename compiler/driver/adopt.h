// A template that was made elsewhere → a program that gives it again: read, raise, print, and then the whole way back to see
// whether it does. What does not come back the same stays in the engine's own words.
#pragma once

#include "compiler/adopt/raise.h"
#include "compiler/cloud/backend.h"

namespace virga::driver {

struct Adopted {
  std::string text;  ///< of the program, in the layout of `virga fmt`; empty when there is nothing to import
  std::vector<adopt::Fate> fates;
  std::map<std::string, std::string> files;  ///< beside the program: path → text
  cloud::Stack given;  ///< what was read
  adopt::Raised raised;  ///< the same as `text`, not yet printed
};

/// The path of a program that is made of a template, while it is held against it.
inline constexpr std::string_view kProgram = "app.virga";

/// A text in the layout of `virga fmt`; as it is, when it has errors.
[[nodiscard]] std::string laid_out(const std::string& text);

/// `files`: of the template, the main one first. `app`: a name for it, in snake_case. `sources` leads from the folder that
/// the program is for to that of the template, with a slash at its end; empty when they are one. `named` gives files that
/// the template names. Findings about the template go to the sink, at their places there.
[[nodiscard]] Adopted adopt_template(std::span<const SourceFile* const> files, const cloud::Target& target,
                                     const std::string& app, const std::string& sources, const cloud::NamedFiles& named,
                                     diag::Sink& sink);

/// The target whose template a text is; nulls when none recognises it.
[[nodiscard]] cloud::Target recognise(const SourceFile& file);

}  // namespace virga::driver
