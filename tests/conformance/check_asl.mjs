#!/usr/bin/env node
// Checks definitions of state machines with asl-validator: the schema of the Amazon States Language, its paths, and that every
// state is there and come to.
//
//   check_asl.mjs NODE_MODULES            stdin: {name: definition, …}; stdout: {name: [problem, …], …}
//
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';

const require = createRequire(path.join(path.resolve(process.argv[2] ?? 'node_modules'), 'x.js'));
const validate = require('asl-validator');

const out = {};
for (const [name, definition] of Object.entries(JSON.parse(fs.readFileSync(0, 'utf8')))) {
  const { errors } = (validate.default ?? validate)(definition, { checkArn: true, checkPaths: true });
  out[name] = errors.map((e) => `${e['Error code'] ?? ''} ${e.Message ?? e.message ?? JSON.stringify(e)} ${e.path ?? e.instancePath ?? ''}`.trim());
}
process.stdout.write(JSON.stringify(out));
