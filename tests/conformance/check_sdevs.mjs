#!/usr/bin/env node
// What the vendor's own parser of Serverless Devs says of s.yaml files, and its command-line program, `s preview`.
//
//   check_sdevs.mjs NODE_MODULES   stdin: [{path, env, preview}, …]; stdout: {path: {error, order, left, preview}, …}
//
// `error`: why it cannot be parsed; `order`: the resources in the order of deployment; `left`: expressions that were not filled
// though nothing has to be deployed to know them; `preview`: the same of the program, which needs neither a network nor an account.
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';

const modules = path.resolve(process.argv[2] ?? 'node_modules');
process.env.HOME = fs.mkdtempSync(path.join(os.tmpdir(), 'sdevs-'));   // it writes logs and looks for accounts there
const require = createRequire(path.join(modules, 'x.js'));
const ParseSpec = require('@serverless-devs/parse-spec').default;
const quiet = new Proxy({}, { get: () => () => undefined });

/** What only a deployment knows, and what a preview does not show. */
const later = /\$\{(resources\.\w+\.output\.[\w.]+|config\('AccountID'\))\}/g;

function unfilled(value, where, out) {
  if (typeof value === 'string') {
    if (/\$\{/.test(value.replace(later, ''))) out.push(`${where}: ${value}`);
  } else if (value && typeof value === 'object') {
    for (const [k, v] of Object.entries(value)) unfilled(v, `${where}.${k}`, out);
  }
}

const firstLine = (e) => String(e?.message ?? e).split('\n').filter((l) => l.trim() !== '').slice(0, 4).join(' ');

const out = {};
const previews = [];
for (const { path: file, env, preview } of JSON.parse(fs.readFileSync(0, 'utf8'))) {
  const found = { left: [] };
  const before = { ...process.env };
  Object.assign(process.env, env);
  try {
    const spec = await new ParseSpec(file, { argv: ['deploy'], logger: quiet, isPreview: true }).start();
    found.order = spec.steps.map((s) => s.projectName);
    for (const step of spec.steps) unfilled(step.props, step.projectName, found.left);
  } catch (e) {
    found.error = firstLine(e);
  }
  if (preview) previews.push({ file, env: { ...process.env }, found });
  for (const key of Object.keys(env)) delete process.env[key];
  Object.assign(process.env, before);
  out[file] = found;
}

/** The program takes a second to start, on one core: each core has its own, with a home of its own. */
async function work(home) {
  fs.mkdirSync(home);
  for (let one = previews.pop(); one !== undefined; one = previews.pop()) {
    try {
      await promisify(execFile)(process.execPath, [path.join(modules, '@serverless-devs/s/bin/s'), 'preview', '-t', one.file, '-o', 'json'],
        { cwd: path.dirname(one.file), env: { ...one.env, HOME: home }, encoding: 'utf8', maxBuffer: 1 << 26 });
    } catch (e) {
      one.found.preview = firstLine({ message: (e.stdout ?? '') + (e.stderr ?? '') });
    }
  }
}
await Promise.all(Array.from({ length: os.cpus().length }, (_, i) => work(path.join(process.env.HOME, `worker-${i}`))));
fs.rmSync(process.env.HOME, { recursive: true, force: true });
process.stdout.write(JSON.stringify(out));
