"use strict";
const virga = require("./virga");

const PRICES = { tea: 3, coffee: 4 };

exports.handler = virga.http(async (request) => {
  const price = PRICES[request.query.what];
  return price === undefined ? { status: 404, body: { error: "nobody sells that" } } : { status: 200, body: { price } };
});
