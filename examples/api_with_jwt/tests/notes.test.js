"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { handler } = require("../functions/notes");

process.env.TOKEN_ISSUER = "https://login.example.com/";
process.env.TOKEN_AUDIENCE = "notes,archive";
const token = (claims) => `Bearer x.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.y`;

test("everybody may ask for health", async () => {
  assert.equal((await handler({ rawPath: "/health" }, {})).statusCode, 200);
});

test("the token says who calls", async () => {
  const answer = await handler({ rawPath: "/notes", headers: { authorization: token({ sub: "ada", iss: "https://login.example.com/", aud: "notes" }) } }, {});
  assert.equal(JSON.parse(answer.body).user, "ada");
});

test("a token for somebody else is none", async () => {
  const claims = { sub: "ada", iss: "https://login.example.com/", aud: ["mail"] };
  assert.equal((await handler({ rawPath: "/notes", headers: { authorization: token(claims) } }, {})).statusCode, 401);
});

test("without a token nobody calls", async () => {
  assert.equal((await handler({ rawPath: "/notes", headers: { authorization: "nonsense" } }, {})).statusCode, 401);
});
