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

const request = (path) => ({ rawPath: path, requestContext: { authorizer: { jwt: { claims: { sub: "ada" } } } } });
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
