#!/usr/bin/env node
// Checks definitions of state machines with asl-validator: the schema of the Amazon States Language, its paths, and that every
// state is there and come to. Expressions that bring rows into DynamoDB's form and back are run by JSONata's own interpreter.
//
//   check_asl.mjs NODE_MODULES            stdin: {name: definition, …}; stdout: {name: [problem, …], …}
//
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';

const require = createRequire(path.join(path.resolve(process.argv[2] ?? 'node_modules'), 'x.js'));
const validate = require('asl-validator');
const jsonata = require('jsonata');

const PLAIN = { text: '7', empty: '', number: 3.5, off: false, none: null, list: [1, 'a', [2], []], one: [5], map: { a: 1, b: {} } };
const ROW = {
  text: { S: '7' }, empty: { S: '' }, number: { N: '3.5' }, off: { BOOL: false }, none: { NULL: true },
  list: { L: [{ N: '1' }, { S: 'a' }, { L: [{ N: '2' }] }, { L: [] }] }, one: { L: [{ N: '5' }] },
  map: { M: { a: { N: '1' }, b: { M: {} } } },
};

/** The functions `$typed` and `$plain` of every expression, on a row with a value of each sort. */
async function rowProblems(definition) {
  const found = new Set();
  const texts = [];
  JSON.stringify(definition, (key, value) => (typeof value === 'string' && texts.push(value), value));
  for (const text of texts.flatMap((t) => [...t.matchAll(/\$(typed|plain) := (function[^;]*);/g)])) {
    const [, name, body] = text;
    const [given, wanted] = name === 'typed' ? [PLAIN, ROW] : [{ M: ROW }, PLAIN];
    const fields = Object.keys(PLAIN).map((k) => `'${k}': $f(row.${k})`).join(', ');
    const all = name === 'typed' ? `{${fields}, 'missing': $f(row.missing)}` : '$f(row)';
    const got = JSON.stringify(await jsonata(`($f := ${body.replaceAll('$' + name, '$f')}; ${all})`).evaluate({ row: given }));
    if (got !== JSON.stringify(wanted)) found.add(`$${name} makes ${got}`);
  }
  return [...found];
}

const out = {};
for (const [name, definition] of Object.entries(JSON.parse(fs.readFileSync(0, 'utf8')))) {
  const { errors } = (validate.default ?? validate)(definition, { checkArn: true, checkPaths: true });
  out[name] = errors.map((e) => `${e['Error code'] ?? ''} ${e.Message ?? e.message ?? JSON.stringify(e)} ${e.path ?? e.instancePath ?? ''}`.trim());
  out[name].push(...(await rowProblems(definition)));
}
process.stdout.write(JSON.stringify(out));
