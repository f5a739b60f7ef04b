"use strict";
const virga = require("./virga");

/** The claims of a token that the gateway has already checked: what is read here is never trusted by itself. */
function claimsOf(request) {
  const given = request.headers["authorization"] || "";
  const [, body] = given.replace(/^Bearer /i, "").split(".");
  if (!body) return {};
  try {
    return JSON.parse(Buffer.from(body, "base64url").toString("utf8"));
  } catch {
    return {};
  }
}

exports.handler = virga.http(async (request) => {
  if (request.path === "/health") return { status: 200, body: { ok: true } };
  const claims = claimsOf(request);
  const audience = [].concat(claims.aud || []);
  // One of the two gateways checks signature and expiry alone.
  const meant = claims.iss === process.env.TOKEN_ISSUER && (process.env.TOKEN_AUDIENCE || "").split(",").some((a) => audience.includes(a));
  const user = meant && claims.sub;
  if (!user) return { status: 401, body: { error: "sign in first" } };
  return { status: 200, body: { user, path: request.path } };
});
