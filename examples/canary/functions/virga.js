// One handler for two clouds, for Node.js: requests in, answers out, and calls to what the architecture's edges lead to.
// AWS Lambda hands over an object and takes a promise; Function Compute hands over a Buffer and a callback.
"use strict";
const crypto = require("node:crypto");

const onAliyun = () => Boolean(process.env.FC_FUNCTION_NAME);

/** `http(async (request) => answer)`; an answer is a body, or { status, headers, body }. */
function http(handle) {
  return (...args) => adapt(args, async (event) => {
    const answer = await handle(request(event));
    const whole = answer && answer.status ? answer : { status: 200, body: answer };
    const text = typeof whole.body === "string" || whole.body === undefined;
    return {
      statusCode: whole.status,
      headers: { "content-type": text ? "text/plain; charset=utf-8" : "application/json", ...whole.headers },
      isBase64Encoded: false,
      body: text ? whole.body || "" : JSON.stringify(whole.body),
    };
  });
}

/** Any function of an event, for invocations that are not HTTP. */
function task(handle) {
  return (...args) => adapt(args, async (event) => handle(event));
}

function adapt([event, , callback], handle) {
  const input = Buffer.isBuffer(event) ? parse(event.toString()) : event;
  const result = handle(input || {});
  if (!Buffer.isBuffer(event) || typeof callback !== "function") return result;
  result.then((value) => callback(null, value), callback);
}

function request(event) {
  const context = event.requestContext || {};
  const headers = {};
  for (const [name, value] of Object.entries(event.headers || {})) headers[name.toLowerCase()] = value;
  const body = event.isBase64Encoded ? Buffer.from(event.body || "", "base64").toString() : event.body || "";
  return {
    method: ((context.http && context.http.method) || event.httpMethod || "GET").toUpperCase(),
    path: event.rawPath || (context.http && context.http.path) || event.path || "/",
    query: event.queryStringParameters || event.queryParameters || {},
    headers,
    claims: onAliyun() ? handedOn(headers) : (context.authorizer && context.authorizer.jwt && context.authorizer.jwt.claims) || {},
    body,
    json: () => parse(body),
  };
}

/** API Gateway of Alibaba Cloud checks a token and hands its claims on as headers. */
function handedOn(headers) {
  const claims = {};
  for (const name of ["iss", "aud", "sub"]) if (headers[`x-jwt-${name}`]) claims[name] = headers[`x-jwt-${name}`];
  return claims;
}

function parse(text) {
  try {
    return JSON.parse(text || "null");
  } catch {
    return text;
  }
}

const variable = (node, what) => process.env[`${node.replace(/[^A-Za-z0-9]/g, "_").toUpperCase()}_${what}`];

/** `a -> node` of an external service. */
async function fetchFrom(node, path, options = {}) {
  const address = variable(node, "API_URL") || variable(node, "URL");
  if (!address) throw new Error(`no edge leads to \`${node}\``);
  const answer = await fetch(address.replace(/\/$/, "") + path, { signal: AbortSignal.timeout(5000), ...options });
  if (!answer.ok) throw new Error(`${node} answered ${answer.status}`);
  return answer.json();
}

/** `a -> node` of a function: calls it and gives its answer. */
async function call(node, payload) {
  const name = variable(node, "FUNCTION_NAME");
  if (!name) throw new Error(`no edge leads to \`${node}\``);
  if (onAliyun()) return parse(await invokeOnAliyun(name, variable(node, "FUNCTION_QUALIFIER"), JSON.stringify(payload)));
  const { LambdaClient, InvokeCommand } = require("@aws-sdk/client-lambda");   // part of Lambda's runtime
  const answer = await new LambdaClient({}).send(new InvokeCommand({ FunctionName: name, Payload: JSON.stringify(payload) }));
  const result = parse(Buffer.from(answer.Payload).toString());
  if (answer.FunctionError) throw new Error(`${node} failed: ${JSON.stringify(result)}`);
  return result;
}

/** A request of Alibaba Cloud's OpenAPI, signed with the function role's temporary key. */
async function invokeOnAliyun(name, qualifier, body) {
  const env = process.env;
  const sha256 = (text) => crypto.createHash("sha256").update(text).digest("hex");
  const host = `${env.FC_ACCOUNT_ID}.${env.FC_REGION}.fc.aliyuncs.com`;
  const path = `/2023-03-30/functions/${encodeURIComponent(name)}/invocations`;
  const query = qualifier ? `qualifier=${encodeURIComponent(qualifier)}` : "";
  const signed = {
    "content-type": "application/json",
    host,
    "x-acs-action": "InvokeFunction",
    "x-acs-content-sha256": sha256(body),
    "x-acs-date": new Date().toISOString().replace(/\.\d+Z$/, "Z"),
    "x-acs-security-token": env.ALIBABA_CLOUD_SECURITY_TOKEN,
    "x-acs-signature-nonce": crypto.randomUUID(),
    "x-acs-version": "2023-03-30",
  };
  const names = Object.keys(signed).sort();
  const lines = names.map((name) => `${name}:${signed[name]}\n`).join("");
  const canonical = ["POST", path, query, lines, names.join(";"), sha256(body)].join("\n");
  const signature = crypto.createHmac("sha256", env.ALIBABA_CLOUD_ACCESS_KEY_SECRET)
    .update(`ACS3-HMAC-SHA256\n${sha256(canonical)}`).digest("hex");
  const authorization = `ACS3-HMAC-SHA256 Credential=${env.ALIBABA_CLOUD_ACCESS_KEY_ID},` +
    `SignedHeaders=${names.join(";")},Signature=${signature}`;
  const { host: _, ...headers } = signed;
  const answer = await fetch(`https://${host}${path}${query && `?${query}`}`, {
    method: "POST",
    headers: { ...headers, authorization, "x-fc-invocation-type": "Sync" },
    body,
  });
  if (!answer.ok) throw new Error(`${name} answered ${answer.status}`);
  return answer.text();
}

module.exports = { http, task, call, fetchFrom };
