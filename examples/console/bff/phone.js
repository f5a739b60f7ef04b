"use strict";
const virga = require("./virga");
const { userOf } = require("./login");

/** The three newest orders, and the favourites: what fits a small screen. */
exports.handler = virga.http(async (request) => {
  const user = userOf(request);
  if (!user) return { status: 401, body: { error: "sign in first" } };
  const [orders, preferences] = await Promise.all([
    virga.fetchFrom("orders", `/orders?user=${encodeURIComponent(user)}`),
    virga.call("preferences", { user }).catch(() => ({ favourites: [] })),
  ]);
  return { orders: orders.slice(0, 3), favourites: preferences.favourites };
});
