// What API Gateway makes of a request before a function sees it.
#include "backends/aws/serverless_framework/rest_api.h"

namespace virga::aws::serverless_framework {
namespace {

constexpr const char* kCommonTemplate = R"(
  #define( $loop )
    {
    #foreach($key in $map.keySet())
        #set( $k = $util.escapeJavaScript($key) )
        #set( $v = $util.escapeJavaScript($map.get($key)).replaceAll("\\'", "'") )
        "$k":
          "$v"
          #if( $foreach.hasNext ) , #end
    #end
    }
  #end

  {
    "body": $body,
    "method": "$context.httpMethod",
    "principalId": "$context.authorizer.principalId",
    "stage": "$context.stage",

    "cognitoPoolClaims" : {
       extraCognitoPoolClaims
       "sub": "$context.authorizer.claims.sub"
    },

    #set( $map = $context.authorizer )
    "enhancedAuthContext": $loop,

    #set( $map = $input.params().header )
    "headers": $loop,

    #set( $map = $input.params().querystring )
    "query": $loop,

    #set( $map = $input.params().path )
    "path": $loop,

    #set( $map = $context.identity )
    "identity": $loop,

    #set( $map = $stageVariables )
    "stageVariables": $loop,

    "requestPath": "$context.resourcePath"
  }
)";

constexpr const char* kJsonTemplate = R"(
    #set( $body = $input.json("$") )

    )";

constexpr const char* kFormTemplate = R"(
    #define( $body )
      {
      #foreach( $token in $input.path('$').split('&') )
        #set( $keyVal = $token.split('=') )
        #set( $keyValSize = $keyVal.size() )
        #if( $keyValSize >= 1 )
          #set( $key = $util.escapeJavaScript($util.urlDecode($keyVal[0])) )
          #if( $keyValSize >= 2 )
            #set($val = $util.escapeJavaScript($util.urlDecode($keyVal[1])).replaceAll("\\'","'"))
          #else
            #set( $val = '' )
          #end
          "$key": "$val"#if($foreach.hasNext),#end
        #end
      #end
      }
    #end

    )";

/// Claims of the caller that the template asks for by name.
std::string claims_of(const HttpEvent& event) {
  std::string out;
  if (!event.authorizer) return out;
  for (const Document& said : items(&event.authorizer->claims)) {
    const std::string claim = said.text();
    const std::size_t colon = claim.find(':');
    out += colon == std::string::npos
               ? "\"" + claim + "\": \"$context.authorizer.claims." + claim + "\","
               : "\"" + claim.substr(colon + 1) + "\": \"$context.authorizer.claims['" + claim + "']\",";
  }
  return out;
}

}  // namespace

Document request_templates(const HttpEvent& event) {
  Document out = Document::map();
  if (event.integration == "AWS") {
    out.set("application/json", std::string(kJsonTemplate) + kCommonTemplate + "\n  ");
    out.set("application/x-www-form-urlencoded", std::string(kFormTemplate) + kCommonTemplate + "\n  ");
  }
  for (const Document::Entry& entry : entries(event.find("request.template"))) {
    if (entry.value.is_null()) out.erase(entry.key);
    else out.set(entry.key, entry.value);
  }
  constexpr std::string_view kPlace = "extraCognitoPoolClaims";
  for (Document::Entry& entry : *out.as_map()) {
    std::string said = entry.value.text();
    const std::size_t place = said.find(kPlace);
    if (place != std::string::npos) entry.value = said.replace(place, kPlace.size(), claims_of(event));
  }
  return out;
}

}  // namespace virga::aws::serverless_framework
