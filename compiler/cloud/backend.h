// What a cloud offers the compiler. Everything about one cloud stands behind a Backend, in backends/<cloud>/; nothing
// here or above names one.
#pragma once

#include "compiler/architecture/architecture.h"
#include "compiler/catalog/catalog.h"
#include "compiler/cloud/stack.h"
#include "compiler/diagnostics/codes.h"
#include "compiler/source/embedded.h"
#include "compiler/source/source_map.h"

#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>

namespace virga::cloud {

/// The code of a function, packed. Made by the driver before lowering; lowering only refers to it.
struct CodeArtifact {
  std::string path;  ///< of the zip, below the output directory: `code/sync-1a2b3c4d5e6f.zip`
  std::string hash;  ///< SHA-256 of the content, hex; the same on every machine
  std::uint64_t size = 0;  ///< bytes of the zip
  std::uint64_t unpacked = 0;
};

struct LowerRequest {
  const Architecture& architecture;
  std::string_view format;  ///< what will be emitted; a strategy may depend on what the format can say
  std::string region;  ///< the cloud's own name of the region this stack is for; empty: any
  std::vector<std::string> regions;  ///< all of them, the home region first; empty: one stack for any region
  bool home = true;  ///< this is the home region's stack
  const std::map<NodeId, CodeArtifact>& code;
  bool exports = true;  ///< one stack can fetch by its name what another one gives; else it is a parameter
  bool uploads = false;  ///< the engine uploads code by itself: it is said as the path of the packed file
  /// From the folder of the template to that of the program, `../../`, for the paths that a template takes over as they are.
  std::string sources = {};
};

/// What was decided for one node or edge, and why: what `explain` and the portability report print.
struct Decision {
  std::optional<NodeId> node;
  std::optional<EdgeId> edge;
  catalog::Fidelity fidelity = catalog::Fidelity::exact;
  std::string strategy;  ///< `queue_in_between`
  std::string why;  ///< "3 retries are more than the service's own 2"
  std::string change;  ///< what means something else on this target; empty when nothing does
  std::vector<std::string> resources;  ///< logical ids it made
  std::string like = {};  ///< of what others made: the strategy that makes the same, for costs and checks
};

/// One permission that an edge asked for.
struct Grant {
  EdgeId edge{};
  std::string who;  ///< the node whose code gets it, as the user names it
  std::string part;  ///< what was made for that node, when it is not the node's own code: `state machine`
  std::vector<std::string> actions;
  Value resource;
};

struct Lowered {
  Stack stack;
  std::vector<Decision> decisions;
  std::vector<Grant> grants;
};

/// path below the target's output directory → bytes.
using Files = std::map<std::string, std::string>;

/// A part of a stack that a format has no words for.
struct Unsaid {
  std::string resource;  ///< logical id; empty for what belongs to none
  std::string what;  ///< "the property `Tags` of `…`"
  std::string why;  ///< what is known about the reason; may be empty
  /// `degraded`: it is said, but means something else; `emulated`: something else stands in for it. `what` tells how.
  catalog::Fidelity fidelity = catalog::Fidelity::impossible;
};

/// One thing that an engine keeps track of by an address of its own: what a plan is about.
struct Unit {
  std::string address;  ///< as the engine names it: a logical id, or a type and a name
  std::string type;  ///< the engine's, or the provider's
  Object properties;  ///< references name other units by their addresses
  std::vector<std::string> depends_on;  ///< addresses, beyond what references say
  /// What is left of it when it is taken out of the template, and beside a new one: itself (`keep`), a copy of what it holds
  /// (`snapshot`), or nothing.
  OnRemoval on_removal = OnRemoval::engine_default, on_replace = OnRemoval::engine_default;
  Provenance from;
  std::string resource;  ///< logical id of the resource that it is, or is a part of
  friend bool operator==(const Unit& a, const Unit& b) {
    return a.address == b.address && a.type == b.type && a.properties == b.properties && a.depends_on == b.depends_on &&
           a.on_removal == b.on_removal && a.on_replace == b.on_replace;
  }
};

struct Dialect;

/// Gives a file that a template names, by its path from there, or null when there is none. It lives as long as the template.
using NamedFiles = std::function<const SourceFile*(std::string_view path)>;

/// One template format of a cloud, both directions.
class Format {
 public:
  virtual ~Format() = default;
  [[nodiscard]] virtual std::string_view name() const = 0;  ///< the part of a target's name after the dot
  [[nodiscard]] virtual std::string_view title() const = 0;  ///< as messages name it
  /// Name of the main file: `template.yaml`.
  [[nodiscard]] virtual std::string_view main_file() const = 0;
  /// Whether an emitted file is a part of the template, as the main file is.
  [[nodiscard]] virtual bool is_template(std::string_view path) const { return path == main_file(); }
  /// Whether the engine behind it fetches by a name what another stack gives.
  [[nodiscard]] virtual bool has_exports() const { return true; }
  /// Whether the engine uploads the packed code of functions, where others want it in a bucket first.
  [[nodiscard]] virtual bool uploads_code() const { return false; }
  /// What its files call a parameter of the stack, and an output.
  [[nodiscard]] virtual std::string parameter_name(std::string_view name) const { return std::string(name); }
  [[nodiscard]] virtual std::string output_name(std::string_view name) const { return std::string(name); }
  /// What of the stack has no words in this format: nothing is emitted then, and never is anything left out.
  [[nodiscard]] virtual std::vector<Unsaid> unsaid(const Stack&) const { return {}; }
  /// Total for every stack of which all can be said. `banner` stands on top as comments.
  [[nodiscard]] virtual Files emit(const Stack& stack, std::string_view banner) const = 0;
  /// The same as JSON, where the format has two ways of writing.
  [[nodiscard]] virtual bool has_json() const { return false; }
  [[nodiscard]] virtual Files emit_json(const Stack&, std::string_view) const { return {}; }
  /// What the engine behind the format keeps track of, in the order of the stack: its resources, unless the format has
  /// others.
  [[nodiscard]] virtual std::vector<Unit> units(const Stack& stack) const;
  /// Whether a text is the engine's own record of what stands, where it keeps one that is no template.
  [[nodiscard]] virtual bool is_record(const SourceFile&) const { return false; }
  /// The units of such a record. It knows everything about them, so of a unit that is wanted only what is said of it is
  /// taken; of what it cannot be compared with (references, which stand there as ids), the wanted value.
  [[nodiscard]] virtual std::vector<Unit> recorded(const SourceFile&, std::span<const Unit>, diag::Sink&) const {
    return {};
  }
  /// Reads a template back. What it does not understand is kept as it stands, or reported.
  [[nodiscard]] virtual Stack read(const SourceFile& main, diag::Sink& sink) const = 0;
  /// How its engine spells references, where its templates are of the family of intrinsics.h: such templates can be adopted.
  [[nodiscard]] virtual const Dialect* family() const { return nullptr; }
  /// Whether all files of a folder for which `is_template` holds make one template, with no main one among them.
  [[nodiscard]] virtual bool takes_folder() const { return false; }
  /// Whether a text is a template of this format, or a file of one, for people who did not say.
  [[nodiscard]] virtual bool recognises(const SourceFile&) const { return false; }
  /// Reads a template that was made elsewhere, as it stands: nothing is taken apart, and nothing is left out. The first of
  /// its files is the main one.
  [[nodiscard]] virtual Stack read_as_given(std::span<const SourceFile* const> files, const NamedFiles&,
                                            diag::Sink& sink) const {
    return read_all(files, sink);
  }
  /// The same for a template of several files, in any order.
  [[nodiscard]] virtual Stack read_all(std::span<const SourceFile* const> files, diag::Sink& sink) const {
    return read(*files.front(), sink);
  }
};

class Backend {
 public:
  virtual ~Backend() = default;
  [[nodiscard]] virtual const catalog::Catalog& catalog() const = 0;
  [[nodiscard]] virtual std::span<const Format* const> formats() const = 0;
  /// The format of that name; null when the cloud has none.
  [[nodiscard]] const Format* format(std::string_view name) const {
    for (const Format* one : formats()) {
      if (one->name() == name) return one;
    }
    return nullptr;
  }
  /// `kind function on <cloud> { … }`: attributes said only to this cloud, in the language.
  [[nodiscard]] virtual std::span<const EmbeddedFile> kinds() const = 0;
  /// The codes of this cloud's own findings, and their pages: `<area>/<name>.md`.
  [[nodiscard]] virtual std::span<const diag::CodeInfo> codes() const { return {}; }
  [[nodiscard]] virtual std::span<const EmbeddedFile> pages() const { return {}; }
  /// The strategy by which lowering will realise a node, where a bound of the catalogue asks for one; else empty.
  [[nodiscard]] virtual std::string_view strategy_of(const Architecture&, const Node&) const { return {}; }
  /// The architecture must have no errors. Reports what the cloud cannot do; the stack is complete when it reported
  /// no error.
  [[nodiscard]] virtual Lowered lower(const LowerRequest& request, diag::Sink& sink) const = 0;
};

/// The clouds of this binary, in the order of their names. Defined in backends/all.cpp.
[[nodiscard]] std::span<const Backend* const> all_backends();
[[nodiscard]] const Backend* find_backend(std::string_view cloud);
/// `cloud.format` → backend and format; nulls when there is none.
struct Target {
  const Backend* backend = nullptr;
  const Format* format = nullptr;
  [[nodiscard]] std::string name() const;
};
[[nodiscard]] Target find_target(std::string_view name);
[[nodiscard]] std::vector<Target> all_targets();

}  // namespace virga::cloud
