"use strict";

/**
 * Whom the gateway let in. It has checked the token's signature and age; that the token was made by our issuer, and for
 * us, is checked there on AWS and here on Alibaba Cloud, whose gateway compares neither.
 */
function userOf(request) {
  const { iss, aud, sub } = request.claims;
  const wanted = (process.env.LOGIN_AUDIENCE || "").split(",");
  const given = Array.isArray(aud) ? aud : String(aud || "").replace(/^\[|\]$/g, "").split(/[\s,"]+/);
  const ours = iss === process.env.LOGIN_ISSUER && given.some((a) => wanted.includes(a));
  return ours && sub ? sub : null;
}

module.exports = { userOf };
