#include "backends/aws/serverless_framework/names.h"
#include "backends/aws/serverless_framework/service.h"

namespace virga::aws::serverless_framework {
namespace {

void add_layer(Template& made, const Document::Entry& entry) {
  const Document& said = entry.value;
  const std::string artifact = text_at(said, "package.artifact");
  const Document file = artifact.empty() ? Document(entry.key + ".zip") : Document(after_last(artifact, '/'));
  const Document key = code_key(made.service, file);
  Document properties =
      Document::map({{"Content", Document::map({{"S3Bucket", code_bucket(made.service)}, {"S3Key", key}})},
                     {"LayerName", is_true(said.find("name")) ? *said.find("name") : Document(entry.key)}});
  for (const auto& [from, to] : {std::pair{"description", "Description"},
                                 {"licenseInfo", "LicenseInfo"},
                                 {"compatibleRuntimes", "CompatibleRuntimes"},
                                 {"compatibleArchitectures", "CompatibleArchitectures"}}) {
    if (is_true(said.find(from))) properties.set(to, *said.find(from));
  }
  const std::string id = normalized(entry.key) + "LambdaLayer";
  const bool retained = is_true(said.find("retain"));
  Document& layer = made.add(id, "AWS::Lambda::LayerVersion", std::move(properties));
  if (retained) layer.set("DeletionPolicy", "Retain");
  for (const Document& account : items(said.find("allowedAccounts"))) {
    Document allowed =
        Document::map({{"Action", "lambda:GetLayerVersion"}, {"LayerVersionArn", reference(id)}, {"Principal", account}});
    std::string who = account.text();
    if (const std::size_t star = who.find('*'); star != std::string::npos) who.replace(star, 1, "Wild");
    Document& permission = made.add(normalized(entry.key) + who + "LambdaLayerPermission",
                                    "AWS::Lambda::LayerVersionPermission", std::move(allowed));
    if (retained) permission.set("DeletionPolicy", "Retain");
  }
  made.output(id + "QualifiedArn", "Current Lambda layer version", reference(id));
  made.output(id + "S3Key", "Current Lambda layer S3Key", key);
}

}  // namespace

void add_layers(Template& made) {
  for (const Document::Entry& entry : entries(&made.service.layers)) {
    if (entry.value.as_map() != nullptr) add_layer(made, entry);
    else made.wrong(entry.value, "layers." + entry.key, "a map");
  }
}

}  // namespace virga::aws::serverless_framework
