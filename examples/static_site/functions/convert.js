"use strict";
const virga = require("./virga");

const rates = () => JSON.parse(process.env.RATES || "{}");

/** `GET /api/convert?to=EUR&amount=10` */
exports.handler = virga.http(async (request) => {
  if (request.path !== "/api/convert") return { status: 422, body: { error: `there is no ${request.path}` } };
  const rate = rates()[(request.query || {}).to];
  const amount = Number((request.query || {}).amount);
  if (!rate || !Number.isFinite(amount)) return { status: 422, body: { error: "say `to` and `amount`" } };
  return { status: 200, body: { amount: Math.round(amount * rate * 100) / 100 } };
});
