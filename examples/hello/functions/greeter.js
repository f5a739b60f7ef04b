"use strict";
const virga = require("./virga");

exports.handler = virga.http(async (request) => ({
  status: 200,
  body: { hello: request.query.name || process.env.GREETED || "world" },
}));
