#include "backends/aws/lower/event_name.h"

namespace virga::aws {

EventName event_name(Lowering& lowering, const Edge& edge) {
  const Attributes& asked = lowering.of(edge);
  const std::string* source = asked.has("source") ? asked.find("source")->get<std::string>() : nullptr;
  const catalog::Fact& reserved = catalog().fact("events.source.reserved");
  if (source != nullptr && source->starts_with(reserved.text)) {
    lowering.sink
        .report(lowering.where(edge, "source"), codes::EventName, describe(lowering.architecture, edge),
                "sources that begin with `" + std::string(reserved.text) + "` are those of AWS itself")
        .source(catalog::cite(reserved))
        .help("name the app, or who in it tells");
  }
  return {asked.has("source") ? lowering.value(*asked.find("source")) : cloud::Value(lowering.architecture.app.name),
          asked.has("type") ? lowering.value(*asked.find("type")) : cloud::Value(lowering.from(edge).name)};
}

void refuse_event_name(Lowering& lowering, const Edge& edge, const std::string& why) {
  for (const char* name : {"source", "type"}) {
    if (!lowering.of(edge).has(name)) continue;
    lowering.sink.report(lowering.where(edge, name), codes::EventName, describe(lowering.architecture, edge), why)
        .help("leave `" + std::string(name) + "` out");
    return;
  }
}

}  // namespace virga::aws
