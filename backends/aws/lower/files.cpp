// files shared { network = inner }         sync -> shared.write { at = "/mnt/work" }
//   → AWS::EFS::FileSystem     Shared              encrypted; who may mount it is said by roles
//     AWS::EFS::MountTarget    SharedZone1 …       in each part of the network
//     AWS::EFS::AccessPoint    SharedAccess        the folder and the user that functions have
//     AWS::EC2::SecurityGroup  SharedGroup, and a SecurityGroupIngress for each function with an edge
//     the function's FileSystemConfigs, a statement in its role, SHARED_PATH
#include "backends/aws/lower/address.h"
#include "backends/aws/lower/edges.h"
#include "backends/aws/lower/key.h"
#include "backends/aws/lower/kinds.h"
#include "backends/aws/lower/network.h"

#include <algorithm>

namespace virga::aws {
namespace {

/// Of NFS, as everywhere.
constexpr std::int64_t kPort = 2049;
/// The user and group that functions have in the file system, whichever they have in their containers.
constexpr const char* kUser = "1000";

/// Without a policy everybody who reaches the file system may do all; with one that grants nothing, roles decide.
cloud::Object only_by_roles() {
  return cloud::object(
      {{"Version", "2012-10-17"},
       {"Statement", cloud::Values{cloud::object(
                         {{"Effect", "Deny"},
                          {"Principal", cloud::object({{"AWS", "*"}})},
                          {"Action", "*"},
                          {"Condition", cloud::object({{"Bool", cloud::object({{"aws:SecureTransport", "false"}})}})}})}}});
}

cloud::Values mount_targets(Lowering& lowering, const Node& files, std::size_t count) {
  cloud::Values ids;
  for (std::size_t i = 1; i <= count; ++i) ids.emplace_back(lowering.id(files, "Zone" + std::to_string(i)));
  return ids;
}

}  // namespace

void lower_files(Lowering& lowering, const Node& node, cloud::Decision&) {
  const Node* network = network_of(lowering, node);
  if (network == nullptr || !network_stands(lowering, node, *network)) return;
  const std::string id = lowering.id(node);
  cloud::Object system = cloud::object({{"Encrypted", true},
                                        {"PerformanceMode", "generalPurpose"},
                                        {"ThroughputMode", "elastic"},
                                        {"BackupPolicy", cloud::object({{"Status", "DISABLED"}})},
                                        {"FileSystemPolicy", only_by_roles()},
                                        {"FileSystemTags", lowering.tags(node)}});
  (void)encrypt(lowering, node, system, "KmsKeyId");
  cloud::Resource& made = lowering.add(node, id, "AWS::EFS::FileSystem", std::move(system));
  made.on_removal = lowering.of(node).text("when_removed") == "delete" ? cloud::OnRemoval::remove : cloud::OnRemoval::keep;
  made.on_replace = made.on_removal;

  const cloud::Values subnets = private_subnets(lowering, *network);
  const cloud::Value group = member_group(lowering, node, *network);
  const cloud::Values targets = mount_targets(lowering, node, subnets.size());
  for (std::size_t i = 0; i < subnets.size(); ++i) {
    lowering.add(
        node, *targets[i].get<std::string>(), "AWS::EFS::MountTarget",
        cloud::object(
            {{"FileSystemId", cloud::Ref{id}}, {"SubnetId", subnets[i]}, {"SecurityGroups", cloud::Values{group}}}));
  }
  cloud::Object owner = cloud::object({{"OwnerUid", kUser}, {"OwnerGid", kUser}, {"Permissions", "755"}});
  lowering.add(node, lowering.id(node, "Access"), "AWS::EFS::AccessPoint",
               cloud::object({{"FileSystemId", cloud::Ref{id}},
                              {"PosixUser", cloud::object({{"Uid", kUser}, {"Gid", kUser}})},
                              {"RootDirectory", cloud::object({{"Path", "/shared"}, {"CreationInfo", std::move(owner)}})},
                              {"AccessPointTags", lowering.tags(node)}}));
}

void access_files(Lowering& lowering, const Edge& edge, cloud::Decision&) {
  const Node& function = lowering.from(edge);
  const Node& files = lowering.to(edge);
  const Node* network = network_of(lowering, files);
  if (network_of(lowering, function) != network || !lowering.stands(files)) {
    lowering.sink.report(edge.span, codes::FilesNetwork, function.name, files.name)
        .label(lowering.where(files, "network"), "they lie here")
        .help(lowering.stands(files) ? fmt::format("say `network = {}` in `{}`", network->name, function.name)
                                     : fmt::format("say `placement = every` in `{}`, or `placement = home` in `{}`",
                                                   files.name, function.name));
    return;
  }
  const cloud::Value path = lowering.value(*lowering.of(edge).find("at"));
  const std::string access = lowering.id(files, "Access");
  cloud::Values mounts{cloud::object({{"Arn", cloud::GetAtt{access, "Arn"}}, {"LocalMountPath", path}})};
  cloud::Resource& made = *lowering.find(lowering.id(function));
  if (const cloud::Value* known = made.properties.find("FileSystemConfigs");
      known != nullptr && !(*known == cloud::Value(mounts))) {
    lowering.sink.report(edge.span, codes::FilesCount, function.name)
        .source(catalog::cite(catalog().fact("lambda.filesystem.count.max")))
        .help("let its files lie in folders of one `files`, under one path");
    return;
  }
  made.properties.set("FileSystemConfigs", mounts);
  for (const cloud::Value& target : mount_targets(lowering, files, private_subnets(lowering, *network).size()))
    made.depends_on.push_back(*target.get<std::string>());

  std::vector<std::string> actions{"elasticfilesystem:ClientMount"};
  if (edge.to.name == "write") actions.emplace_back("elasticfilesystem:ClientWrite");
  lowering.grant(lowering.function_role(function), edge, std::move(actions), cloud::GetAtt{lowering.id(files), "Arn"});
  let_in(lowering, edge, files, *network, kPort);
  lowering.tell(function, files, "PATH", path);
}

}  // namespace virga::aws
