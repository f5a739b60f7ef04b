"use strict";
const virga = require("./virga");
const { userOf } = require("./login");

/** What the first page shows, in one answer. A back end that fails costs its part of the page, not the page. */
exports.handler = virga.http(async (request) => {
  const user = userOf(request);
  if (!user) return { status: 401, body: { error: "sign in first" } };
  if (request.path !== "/" && request.path !== "/overview") return { status: 404, body: { error: "no such page" } };
  const parts = {
    orders: virga.fetchFrom("orders", `/orders?user=${encodeURIComponent(user)}`),
    balance: virga.fetchFrom("billing", `/balance?user=${encodeURIComponent(user)}`),
    preferences: virga.call("preferences", { user }),
  };
  const names = Object.keys(parts);
  const results = await Promise.allSettled(Object.values(parts));
  const page = { user, missing: [] };
  results.forEach((result, i) => {
    if (result.status === "fulfilled") page[names[i]] = result.value;
    else page.missing.push(names[i]);
  });
  return { status: 200, body: page, headers: { "cache-control": "private, max-age=5" } };
});
