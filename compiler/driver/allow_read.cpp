// The program's `allow`s, and what can be wrong with one.
#include "compiler/diagnostics/codes.h"
#include "compiler/diagnostics/suggest.h"
#include "compiler/driver/allow.h"
#include "compiler/driver/known_codes.h"
#include "compiler/driver/load.h"

#include <algorithm>
#include <chrono>
#include <optional>

namespace virga::driver {
namespace {

namespace codes = diag::codes;

/// Whether the text is a real day, written `2027-01-01`.
bool is_day(std::string_view text) {
  using namespace std::chrono;
  constexpr std::string_view kForm = "dddd-dd-dd";
  if (text.size() != kForm.size()) return false;
  int part[3] = {0, 0, 0};
  std::size_t index = 0;
  for (std::size_t i = 0; i < kForm.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (digit != (kForm[i] == 'd') || (!digit && text[i] != '-')) return false;
    if (digit) part[index] = part[index] * 10 + (text[i] - '0');
    else ++index;
  }
  return year_month_day(year(part[0]), month(static_cast<unsigned>(part[1])), day(static_cast<unsigned>(part[2]))).ok();
}

class Reader {
 public:
  Reader(const Project& project, std::string_view as_of, diag::Sink& sink) : project_(project), as_of_(as_of), sink_(sink) {}

  std::vector<Allowance> run() {
    for (const auto* units : {&project_.program.core, &project_.program.modules, &project_.program.app}) {
      own_ = units == &project_.program.app;
      for (const architecture::Unit& unit : *units) {
        const auto size = static_cast<std::uint32_t>(project_.sources.file(unit.file->id).text.size());
        look(unit.file->statements, Span{unit.file->id, 0, size});
      }
    }
    return std::move(out_);
  }

 private:
  /// In the braces of `around`; nothing where an `allow` cannot stand, which the build reports.
  void look(const syntax::Statements& statements, std::optional<Span> around) {
    for (const syntax::Statement& s : statements) {
      if (const auto* a = std::get_if<syntax::AllowDecl>(&s.data)) {
        if (around) read(*a, *around);
      } else if (const auto* node = std::get_if<syntax::NodeDecl>(&s.data)) {
        look(node->body, node->span);
      } else if (const auto* edge = std::get_if<syntax::EdgeDecl>(&s.data)) {
        look(edge->properties, edge->span);
      } else if (const auto* app = std::get_if<syntax::AppDecl>(&s.data)) {
        look(app->body, app->span);
      } else if (const auto* kind = std::get_if<syntax::KindDecl>(&s.data)) {
        if (!kind->cloud) look(kind->body, kind->span);
      } else if (const auto* stage = std::get_if<syntax::StageDecl>(&s.data)) {
        look(stage->body, std::nullopt);
      } else if (const auto* loop = std::get_if<syntax::ForBlock>(&s.data)) {
        look(loop->body, std::nullopt);
      } else if (const auto* choice = std::get_if<syntax::IfBlock>(&s.data)) {
        look(choice->then, std::nullopt);
        look(choice->otherwise, std::nullopt);
      }
    }
  }

  void read(const syntax::AllowDecl& a, Span around) {
    bool good = check_code(a.code);
    if (a.reason.text.find_first_not_of(" \t\r\n") == std::string::npos) {
      sink_.report(a.reason.span, codes::AllowReason, a.code.text)
          .help("say why it may stand, for those who come after you");
      good = false;
    }
    if (a.until && !is_day(a.until->text)) {
      sink_.report(a.until->span, codes::AllowDate, shortened(a.until->text)).help("a day is written `2027-01-01`");
      good = false;
    }
    if (!good) return;
    const std::string until = a.until ? a.until->text : "";
    if (!until.empty() && !as_of_.empty() && until < as_of_) {
      sink_.report(a.until->span, codes::AllowExpired, a.code.text, until)
          .help("mend what it hid, or give it a later day")
          .fix(removal(project_.sources.file(a.span.file).text, a.span), diag::Confidence::certain, "leave it out");
      return;
    }
    out_.push_back({a.code.text, a.reason.text, until, a.code.span, a.span, around, own_});
  }

  bool check_code(const syntax::Name& code) {
    if (known_.empty()) known_ = known_codes();
    // `plan/data-lost@3f9a1c2b40de`: this very one.
    const std::string text = code.text.starts_with("plan/") ? code.text.substr(0, code.text.find('@')) : code.text;
    const auto known = std::find_if(known_.begin(), known_.end(), [&](const KnownCode& k) { return k.id == text; });
    if (known == known_.end()) {
      std::vector<std::string> names;
      for (const KnownCode& k : known_) names.emplace_back(k.id);
      auto r = sink_.report(code.span, codes::AllowUnknown, shortened(code.text));
      if (const std::string near = diag::nearest(code.text, names); !near.empty()) {
        r.help("did you mean `" + near + "`?")
            .fix(code.span, "\"" + near + "\"", diag::Confidence::likely, "write `" + near + "`");
      } else {
        r.help("a finding shows its code in brackets: `warning[path/lost]`");
      }
      return false;
    }
    if (!known->only_error) return true;
    auto r = sink_.report(code.span, codes::AllowError, code.text);
    if (known->of_a_number)
      r.help("when your account has another number, say so in `quotas`, in the app or in `quotas.yaml`");
    else r.help("`virga explain " + code.text + "` says how it is mended");
    return false;
  }

  /// Of what somebody wrote, as much as a message bears.
  static std::string shortened(const std::string& text) {
    constexpr std::size_t kMost = 60;
    return text.size() <= kMost ? text : "…";
  }

  const Project& project_;
  std::string_view as_of_;
  diag::Sink& sink_;
  std::vector<KnownCode> known_;  ///< asked for when the first `allow` comes
  bool own_ = false;
  std::vector<Allowance> out_;
};

}  // namespace

std::vector<Allowance> allowances_of(const Project& project, std::string_view as_of, diag::Sink& sink) {
  return Reader(project, as_of, sink).run();
}

}  // namespace virga::driver
