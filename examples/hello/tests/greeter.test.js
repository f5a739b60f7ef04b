"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { handler } = require("../functions/greeter");

test("Lambda's way: an object in, a promise out", async () => {
  const answer = await handler({ queryStringParameters: { name: "Ada" } }, {});
  assert.deepEqual([answer.statusCode, answer.body], [200, '{"hello":"Ada"}']);
});

test("Function Compute's way: a Buffer in, a callback", async () => {
  const event = Buffer.from(JSON.stringify({ queryParameters: { name: "Li" } }));
  const answer = await new Promise((done, fail) => handler(event, {}, (e, v) => (e ? fail(e) : done(v))));
  assert.equal(answer.body, '{"hello":"Li"}');
});
