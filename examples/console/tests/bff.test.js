"use strict";
const test = require("node:test");
const assert = require("node:assert");
const virga = require("../bff/virga");

// The back ends of a test: functions instead of addresses.
const backends = {};
virga.fetchFrom = async (node) => backends[node]();
virga.call = async (node, payload) => backends[node](payload);
const web = require("../bff/web");
const phone = require("../bff/phone");

process.env.LOGIN_ISSUER = "https://login.example.com/";
process.env.LOGIN_AUDIENCE = "console";
const claims = { iss: "https://login.example.com/", aud: "console", sub: "ada" };
const request = (path, more) => ({ rawPath: path, requestContext: { authorizer: { jwt: { claims: { ...claims, ...more } } } } });
const page = async (handler, path) => JSON.parse((await handler(request(path), {})).body);

test("the page has every part", async () => {
  Object.assign(backends, { orders: () => [1, 2, 3, 4], billing: () => 7, preferences: ({ user }) => ({ favourites: [user] }) });
  assert.deepEqual(await page(web.handler, "/overview"),
    { user: "ada", missing: [], orders: [1, 2, 3, 4], balance: 7, preferences: { favourites: ["ada"] } });
  assert.deepEqual(await page(phone.handler, "/"), { orders: [1, 2, 3], favourites: ["ada"] });
});

test("a back end that fails costs its part only", async () => {
  backends.billing = () => { throw new Error("down"); };
  assert.deepEqual((await page(web.handler, "/")).missing, ["balance"]);
});

test("there are no other pages", async () => {
  assert.equal((await web.handler(request("/admin"), {})).statusCode, 404);
});

test("a token of somebody else, or for somebody else, is not enough", async () => {
  for (const other of [{ iss: "https://elsewhere.example.com/" }, { aud: "shop" }, { sub: undefined }]) {
    assert.equal((await web.handler(request("/", other), {})).statusCode, 401);
  }
});

test("Alibaba Cloud hands the claims on as headers", async () => {
  process.env.FC_FUNCTION_NAME = "web";
  const headers = { "X-JWT-Iss": claims.iss, "x-jwt-aud": '["console"]', "x-jwt-sub": "ada" };
  const answer = await new Promise((done) => web.handler(Buffer.from(JSON.stringify({ path: "/", headers })), {}, (_, v) => done(v)));
  delete process.env.FC_FUNCTION_NAME;
  assert.equal(JSON.parse(answer.body).user, "ada");
});
