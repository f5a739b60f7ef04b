// files shared { network = inner }         sync -> shared.write { at = "/mnt/work" }
//   → NAS::FileSystem, NAS::MountTarget in the network's first part, and the NasConfig of each function with an edge
#include "backends/aliyun/codes.h"
#include "backends/aliyun/lower/edges.h"
#include "backends/aliyun/lower/key.h"
#include "backends/aliyun/lower/kinds.h"
#include "backends/aliyun/lower/names.h"
#include "backends/aliyun/lower/network.h"
#include "backends/aliyun/lower/values.h"

#include <fmt/format.h>

namespace virga::aliyun {

void lower_files(Lowering& l, const Node& node) {
  if (refuses_key(l, node, "ROS has no property for it, although NAS encrypts file systems so")) return;
  const Node* network = network_of(l, node);
  if (network == nullptr) return;
  if (!l.stands_here(*network)) {
    l.sink().report(node.span, codes::NetworkRegion, node.name, network->name).label(network->span, "stands at home alone");
    return;
  }
  cloud::Object p;
  p.set("FileSystemType", "standard").set("ProtocolType", "NFS").set("StorageType", l.of(node).text("storage"));
  p.set("ChargeType", "PayAsYouGo").set("EncryptType", 1).set("Tags", tag_list(l, &node));
  cloud::Resource& made = l.add(l.id(node, "Files"), "ALIYUN::NAS::FileSystem", std::move(p));
  made.on_removal = l.of(node).text("when_removed") == "delete" ? cloud::OnRemoval::remove : cloud::OnRemoval::keep;
  const cloud::Values parts = member_switches(l, *network);
  if (parts.empty()) return;
  cloud::Object target;
  target.set("FileSystemId", cloud::GetAtt{l.id(node, "Files"), "FileSystemId"}).set("NetworkType", "Vpc");
  target.set("VpcId", vpc_id(l, *network)).set("VSwitchId", parts.front());
  target.set("AccessGroupName", catalog().fact("nas.access_group.default").members.front());
  l.add(l.id(node, "MountTarget"), "ALIYUN::NAS::MountTarget", std::move(target));
  l.changes("everything in the network may mount it: NAS knows addresses, not roles");
}

void mount_files(Lowering& l, const Edge& edge) {
  const Node& function = l.from(edge);
  const Node& files = l.to(edge);
  const Node* network = network_of(l, files);
  if (network_of(l, function) != network || !l.stands_here(files)) {
    l.sink()
        .report(edge.span, codes::FilesNetwork, function.name, files.name)
        .label(files.span, "they lie in another")
        .help(l.stands_here(files) ? fmt::format("say `network = {}` in `{}`", network->name, function.name)
                                   : fmt::format("say `placement = every` in `{}`, or `placement = home` in `{}`",
                                                 files.name, function.name));
    return;
  }
  const cloud::Value path = to_value(l, *l.of(edge).find("at"));
  const cloud::Value server = cloud::concat({cloud::GetAtt{l.id(files, "MountTarget"), "MountTargetDomain"}, ":/"});
  const cloud::Value mount = cloud::object({{"ServerAddr", server}, {"MountDir", path}, {"EnableTls", false}});
  cloud::Values& mounts = l.function(function.id).mounts;
  if (std::find(mounts.begin(), mounts.end(), mount) == mounts.end()) mounts.push_back(mount);
  if (mounts.size() > static_cast<std::size_t>(Lowering::number("fc3.nas.mounts.max"))) {
    l.sink()
        .report(edge.span, codes::FilesCount, function.name, std::to_string(Lowering::number("fc3.nas.mounts.max")))
        .source(catalog::cite(catalog().fact("fc3.nas.mounts.max")))
        .help("let its files lie in folders of one `files`");
  }
  if (edge.to.name == "read") l.changes("nothing keeps the function from writing: NAS mounts the same for everybody");
  l.tell(edge, "PATH", path);
}

}  // namespace virga::aliyun
