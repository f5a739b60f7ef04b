"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { handler } = require("../functions/convert");

process.env.RATES = '{"EUR":0.92}';
const ask = async (rawPath, queryStringParameters) => {
  const answer = await handler({ rawPath, queryStringParameters }, {});
  return [answer.statusCode, JSON.parse(answer.body)];
};

test("an amount is converted", async () => {
  assert.deepEqual(await ask("/api/convert", { to: "EUR", amount: "10" }), [200, { amount: 9.2 }]);
});

test("what cannot be converted is no 404, which the site would answer by its own page", async () => {
  assert.equal((await ask("/api/convert", { to: "XXX", amount: "10" }))[0], 422);
  assert.equal((await ask("/api/other", {}))[0], 422);
});
