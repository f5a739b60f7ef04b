// function build { timeout = 1d  runtime = python312 }    hook ~> build
//   → AWS::CodeBuild::Project         Build       runs the handler once in a build container
//     AWS::Lambda::LayerVersion       BuildCode   carries the code; the build fetches it
//     AWS::IAM::Role                  BuildRole   of the code, as a function's
//     AWS::Logs::LogGroup             BuildLogs
//
// A project without a source has no property that `sam deploy` would upload code for, a layer has; and a version of a layer
// never changes, so a build runs the code that it was started with. The event comes from the execution that started the
// build: an environment variable would be too small for it, and would show it to everybody who may look at builds.
#include "backends/aws/lower/build.h"

#include "backends/aws/lower/address.h"
#include "backends/aws/lower/function.h"
#include "backends/aws/lower/intake.h"
#include "backends/aws/lower/key.h"
#include "backends/aws/lower/kinds.h"
#include "compiler/cloud/raw.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace virga::aws {

[[nodiscard]] std::span<const EmbeddedFile> build_files();

namespace {

/// Longer answers are left out of the record of a success: it travels as a variable of the build.
constexpr std::int64_t kAnswerMax = 16384;
constexpr std::string_view kAnswer = "VIRGA_ANSWER";

/// How one family of runtimes runs in the image.
struct Family {
  std::string_view prefix, suffix;  ///< of Lambda's name: `python3.12`, `nodejs20.x`
  std::string_view name;  ///< of the image's runtime
  std::string_view versions;  ///< the fact that lists those of the image
  std::string_view program, file;
  std::string_view prepare;  ///< a command that brings along what Lambda has and the image may lack
};

constexpr Family kFamilies[] = {
    {"python", "", "python", "codebuild.runtime.python", "python", "run.py",
     "python -c 'import boto3' 2> /dev/null || python -m pip install --quiet boto3"},
    {"nodejs", ".x", "nodejs", "codebuild.runtime.nodejs", "node", "run.mjs", ""},
};

struct Runtime {
  const Family* family = nullptr;
  std::string version;
};

std::optional<Runtime> runtime_in_image(std::string_view wanted) {
  const catalog::Runtime* row = catalog().runtime(wanted);
  for (const Family& family : kFamilies) {
    if (row == nullptr || !row->vendor.starts_with(family.prefix) || !row->vendor.ends_with(family.suffix)) continue;
    std::string_view version = row->vendor.substr(family.prefix.size());
    version.remove_suffix(family.suffix.size());
    const std::span<const std::string_view> known = catalog().fact(family.versions).members;
    if (std::find(known.begin(), known.end(), version) != known.end()) return Runtime{&family, std::string(version)};
  }
  return std::nullopt;
}

bool starts_machines(const Architecture& architecture, const Edge& edge) {
  const Node& from = architecture.node(edge.from.node);
  return edge.delivery == Delivery::hand_over &&
         ((from.kind == "function" && edge.from.name == "self") || from.kind == "schedule" || from.kind == "gateway" ||
          from.kind == "websocket" || from.kind == "workflow");
}

/// Everybody who calls the function can start a state machine, and somebody does.
bool only_handed_over_to(const Architecture& architecture, const Node& function) {
  bool any = false;
  for (const Edge* edge : architecture.edges_to(function.id)) {
    const bool outside = architecture.node(edge->from.node).kind == "external" && edge->delivery == Delivery::hand_over;
    if (!outside && !starts_machines(architecture, *edge)) return false;
    any = any || !outside;
  }
  return any;
}

bool bucket_keeps_failures(const Architecture& architecture, const Node& function) {
  const std::vector<const Edge*> edges = architecture.edges_from(function.id, "failure");
  return std::any_of(edges.begin(), edges.end(),
                     [&](const Edge* edge) { return architecture.node(edge->to.node).kind == "bucket"; });
}

double number(std::string_view text) {
  std::int64_t value = 0;
  (void)std::from_chars(text.data(), text.data() + text.size(), value);
  return static_cast<double>(value);
}

struct Machine {
  std::string_view type;
  double memory = 0, vcpus = 0;  ///< GB, and a count
};

/// The smallest one that has what was asked for; what none has was reported by the bounds.
Machine machine_for(const Lowering& lowering, const Node& node) {
  const std::optional<Quantity> memory = lowering.of(node).quantity("memory");
  const std::optional<Quantity> cpu = lowering.of(node).quantity("cpu");
  const double gigabytes = memory ? static_cast<double>(memory->amount) / amount(Unit::megabytes) / 1024 : 0;
  const double vcpus = cpu ? static_cast<double>(cpu->amount) / amount(Unit::virtual_cpus) : 0;
  const std::span<const std::string_view> types = catalog().fact("codebuild.compute.types").members;
  Machine machine;
  for (std::size_t i = 0; i < types.size(); ++i) {
    machine = {types[i], number(catalog().fact("codebuild.compute.memory").members[i]),
               number(catalog().fact("codebuild.compute.vcpus").members[i])};
    if (machine.memory >= gigabytes && machine.vcpus >= vcpus) break;
  }
  return machine;
}

std::string indented(std::string_view text, std::string_view by) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (end > 0) out += std::string(by) + std::string(text.substr(0, end));
    out += '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::string_view runner(const Family& family) {
  for (const EmbeddedFile& file : build_files()) {
    if (file.path == family.file) return file.bytes;
  }
  return {};
}

/// The commands of one build, as CodeBuild reads them. Each stops the build when it fails.
std::string build_spec(const Runtime& runtime, bool checks_out) {
  const Family& family = *runtime.family;
  std::string commands;
  const auto command = [&](const std::string& text) { commands += "      - |\n" + indented(text + "\n", "        "); };
  command("export VIRGA_FOLDER=\"$(mktemp -d)\" && mkdir \"$VIRGA_FOLDER/code\"");
  command(
      "location=\"$(aws lambda get-layer-version-by-arn --arn \"$VIRGA_CODE\" --query Content.Location --output text)\" &&\n"
      "curl -sSfo \"$VIRGA_FOLDER/code.zip\" \"$location\" && unzip -q \"$VIRGA_FOLDER/code.zip\" -d "
      "\"$VIRGA_FOLDER/code\"");
  const std::string event =
      "aws stepfunctions describe-execution --execution-arn \"$VIRGA_EXECUTION_ARN\" --query input --output text "
      "> \"$VIRGA_FOLDER/event\"";
  // A repository may start builds too, which hand over nothing: the code finds it in CODEBUILD_SRC_DIR.
  command(checks_out ? "if [ -n \"${VIRGA_EXECUTION_ARN:-}\" ]; then\n  " + event +
                           "\nelse\n  echo '{}' > \"$VIRGA_FOLDER/event\"\nfi"
                     : event);
  if (!family.prepare.empty()) command(std::string(family.prepare));
  command(fmt::format("cat > \"$VIRGA_FOLDER/{}\" <<'VIRGA'\n{}VIRGA", family.file, runner(family)));
  command(
      fmt::format("cd \"$VIRGA_FOLDER/code\" && {} \"$VIRGA_FOLDER/{}\" \"$VIRGA_FOLDER/event\" \"$VIRGA_FOLDER/answer\"",
                  family.program, family.file));
  command(fmt::format("export {}=\"$(cat \"$VIRGA_FOLDER/answer\")\"", kAnswer));
  return fmt::format(
      "version: 0.2\n"
      "env:\n"
      "  shell: bash\n"
      "  exported-variables:\n"
      "    - {}\n"
      "phases:\n"
      "  install:\n"
      "    runtime-versions:\n"
      "      {}: \"{}\"\n"
      "  build:\n"
      "    commands:\n"
      "{}",
      kAnswer, family.name, runtime.version, commands);
}

cloud::Object variable(std::string_view name, cloud::Value value) {
  return cloud::object({{"Name", name}, {"Type", "PLAINTEXT"}, {"Value", std::move(value)}});
}

cloud::Object environment(Lowering& lowering, const Node& node, const std::string& layer) {
  const Attributes& asked = lowering.of(node);
  const bool arm = asked.text("architecture") == "arm64";
  const Quantity timeout = *asked.quantity("timeout");
  const Machine machine = machine_for(lowering, node);
  cloud::Object made;
  made.set("Type", arm ? "ARM_CONTAINER" : "LINUX_CONTAINER");
  made.set("Image", catalog().fact(arm ? "codebuild.image.arm64" : "codebuild.image.x86_64").text);
  made.set("ComputeType", machine.type);
  made.set("EnvironmentVariables",
           cloud::Values{
               // By this one code knows that it runs on AWS, as a function does.
               variable("AWS_LAMBDA_FUNCTION_NAME", spelt_name(lowering, node)),
               variable("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", std::to_string(static_cast<std::int64_t>(machine.memory * 1024))),
               variable("VIRGA_ANSWER_MAX", std::to_string(kAnswerMax)),
               variable("VIRGA_CODE", cloud::Ref{layer}),
               variable("VIRGA_HANDLER",
                        asked.has("handler") ? lowering.value(*asked.find("handler")) : cloud::Value("index.handler")),
               variable("VIRGA_TIMEOUT", std::to_string(static_cast<std::int64_t>(static_cast<double>(timeout.amount) /
                                                                                  amount(Unit::seconds)))),
           });
  return made;
}

std::string what_changes(const Lowering& lowering, const Node& node, const Runtime& runtime) {
  const Attributes& asked = lowering.of(node);
  const Machine machine = machine_for(lowering, node);
  std::string text = fmt::format(
      "its handler runs once in a build container with {}GB of memory and {} processors, which takes a minute or so to "
      "start; "
      "{}; an answer of more than {} characters is left out of the record of a success, and the record of a failure holds "
      "what CodeBuild says of the build; builds at once are a quota of the account too, which may be 1 for a new one",
      to_text(machine.memory), to_text(machine.vcpus),
      runtime.family->prepare.empty() ? "of the libraries that AWS Lambda brings along it has none, not the AWS SDK either"
                                      : "of the libraries that AWS Lambda brings along it has boto3 alone",
      kAnswerMax);
  if (asked.flag("tracing")) text += "; it is not traced";
  if (asked.number("instance_concurrency").value_or(1) > 1) text += "; each container serves one event";
  return text;
}

}  // namespace

bool runs_as_build(const Architecture& architecture, const Node& function) {
  if (function.kind != "function") return false;
  const Attributes& asked = function.for_cloud(catalog().cloud);
  const std::optional<Quantity> timeout = asked.quantity("timeout");
  if (!timeout || static_cast<double>(timeout->amount) <= limit("lambda.timeout.max") * amount(Unit::seconds)) return false;
  const bool versions = asked.flag("versions") || asked.has("canary") || asked.number("min_instances").value_or(0) > 0;
  const Values* layers = asked.list("layers");
  if (layers != nullptr && !layers->empty()) return false;
  return !versions && !asked.has("http") && !asked.has("network") && runtime_in_image(asked.text("runtime")) &&
         only_handed_over_to(architecture, function) && !bucket_keeps_failures(architecture, function);
}

void lower_build(Lowering& lowering, const Node& node, cloud::Decision& decision) {
  const Attributes& asked = lowering.of(node);
  const std::string id = lowering.id(node);
  report_key(lowering, node, "a build, which runs it, keeps its variables otherwise",
             "leave `key` out, and let what is secret lie in a `secret`");
  const Runtime runtime = *runtime_in_image(asked.text("runtime"));
  const Quantity timeout = *asked.quantity("timeout");
  decision.fidelity = catalog::Fidelity::emulated;
  decision.why = fmt::format("it may run for {}, and AWS Lambda stops a function after {}", to_text(timeout),
                             to_text(Quantity{static_cast<std::int64_t>(limit("lambda.timeout.max") * amount(Unit::seconds)),
                                              Dimension::duration}));
  decision.change = what_changes(lowering, node, runtime);

  RoleDraft& role = lowering.function_role(node);
  const FunctionLog log = function_log(lowering, node, "/aws/codebuild/", decision);
  const std::string layer = lowering.id(node, "Code");
  lowering.add(node, layer, "AWS::Lambda::LayerVersion",
               cloud::object({{"LayerName", lowering.name("AWS::Lambda::LayerVersion", "LayerName", node)},
                              {"Description", "The code of " + node.identity()},
                              {"Content", code_of(lowering, node)}}));
  lowering.allow(role, {{"lambda:GetLayerVersion"}, {cloud::Ref{layer}}, {}});

  cloud::Object project;
  project.set("Name", spelt_name(lowering, node));
  if (asked.has("description")) project.set("Description", lowering.value(*asked.find("description")));
  project.set("ServiceRole", cloud::GetAtt{role.id, "Arn"});
  // Which repository is checked out beside the code is said in the engine's words, in place of none.
  const Map* raw = cloud::said_of(asked, cloud::kRawAttribute, "AWS::CodeBuild::Project");
  const bool checks_out = raw != nullptr && raw->find("Source") != nullptr;
  cloud::Object source = cloud::object({{"BuildSpec", build_spec(runtime, checks_out)}});
  if (!checks_out) source = cloud::object({{"Type", "NO_SOURCE"}, {"BuildSpec", *source.find("BuildSpec")}});
  project.set("Source", std::move(source));
  project.set("Artifacts", cloud::object({{"Type", "NO_ARTIFACTS"}}));
  project.set("Environment", environment(lowering, node, layer));
  project.set("QueuedTimeoutInMinutes", static_cast<std::int64_t>(limit("codebuild.queued_timeout")));
  if (asked.has("concurrency")) project.set("ConcurrentBuildLimit", lowering.value(*asked.find("concurrency")));
  project.set("LogsConfig",
              cloud::object({{"CloudWatchLogs", cloud::object({{"Status", "ENABLED"}, {"GroupName", log.group}})}}));
  project.set("Tags", lowering.tags(node));
  lowering.add(node, id, "AWS::CodeBuild::Project", std::move(project));
  lowering.known_by_name(id, "", spelt_name(lowering, node));
  lowering.known_by_name(id, "Arn", spelt_arn(lowering, node));
  lower_environment(lowering, node);
}

cloud::Object build_task(Lowering& lowering, const Node& function) {
  const double minutes = static_cast<double>(lowering.of(function).quantity("timeout")->amount) / amount(Unit::minutes);
  cloud::Object execution =
      cloud::object({{"Name", "VIRGA_EXECUTION_ARN"}, {"Type", "PLAINTEXT"}, {"Value.$", "$$.Execution.Id"}});
  return cloud::object(
      {{"Type", "Task"},
       {"Resource", cloud::concat({"arn:", cloud::Pseudo::partition, ":states:::codebuild:startBuild.sync"})},
       // The limit comes with each start, because some tools know a shorter one for the project than builds have.
       {"Parameters", cloud::object({{"ProjectName", cloud::Ref{lowering.id(function)}},
                                     {"TimeoutInMinutesOverride", static_cast<std::int64_t>(std::ceil(minutes))},
                                     {"EnvironmentVariablesOverride", cloud::Values{std::move(execution)}}})}});
}

std::string_view build_answer() { return "States.StringToJson($.Build.ExportedEnvironmentVariables[0].Value)"; }

void allow_build_events(Lowering& lowering, RoleDraft& role) {
  const cloud::Value rule = Lowering::arn("events", cloud::Pseudo::region, cloud::Pseudo::account,
                                          "rule/" + std::string(catalog().fact("codebuild.sync.rule").text));
  lowering.allow(role, {{"events:DescribeRule", "events:PutRule", "events:PutTargets"}, {rule}, {}});
}

}  // namespace virga::aws
