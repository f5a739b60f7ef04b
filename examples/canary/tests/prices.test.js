"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { handler } = require("../functions/prices");

test("a price", async () => {
  const answer = await handler({ queryStringParameters: { what: "tea" } }, {});
  assert.deepEqual([answer.statusCode, answer.body], [200, '{"price":3}']);
});

test("no price", async () => {
  assert.equal((await handler({}, {})).statusCode, 404);
});
