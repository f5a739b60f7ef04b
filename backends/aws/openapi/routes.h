// The routes of a gateway as they are told, by a description or by resources of their own: what of them the language says,
// and what changes.
#pragma once

#include "compiler/cloud/told.h"

namespace virga::aws::openapi {

[[nodiscard]] const cloud::Object* object(const cloud::Object& of, std::string_view name);
[[nodiscard]] std::string text(const cloud::Object& of, std::string_view name);

struct Route {
  std::string port;  ///< `GET`, `ANY`
  std::string path;  ///< as API Gateway writes it: `/files/{proxy+}`, `$default`
  std::string type;  ///< of its integration, in lower case: `aws_proxy`
  const cloud::Value* uri = nullptr;  ///< whom it leads to; null where the integration has none
  bool secured = false;  ///< not everybody may call it
  bool looked_at = false;  ///< requests are looked at before they are handed on
};

class Routes {
 public:
  void add(const Route& route);
  [[nodiscard]] cloud::Told told();

 private:
  void change(const std::string& part, std::string_view fate, std::string says);

  cloud::Told out_;
  bool answers_browsers_ = false;
};

}  // namespace virga::aws::openapi
