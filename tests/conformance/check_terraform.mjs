#!/usr/bin/env node
// What HashiCorp's own HCL code says of Terraform files: @cdktf/hcl2json reads them, @cdktf/hcl-tools lays them out.
//
//   check_terraform.mjs NODE_MODULES   stdin: [path, …]; stdout: {path: {body, error, layout}, …}
//
// `body` is the file as JSON; `error` why it can't be read; `layout` the first line that `terraform fmt` would change.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';

const require = createRequire(path.join(path.resolve(process.argv[2] ?? 'node_modules'), 'x.js'));
const { parse } = require('@cdktf/hcl2json');
const { format } = require('@cdktf/hcl-tools');

const out = {};
for (const file of JSON.parse(fs.readFileSync(0, 'utf8'))) {
  const text = fs.readFileSync(file, 'utf8');
  const found = {};
  try {
    found.body = JSON.parse(JSON.stringify(await parse(file, text)));
  } catch (e) {
    found.error = String(e.message ?? e).split('\n')[0];
  }
  try {
    const [ours, theirs] = [text.split('\n'), (await format(text)).split('\n')];
    const line = ours.findIndex((l, i) => l !== theirs[i]);
    if (line >= 0) found.layout = `line ${line + 1}: ${ours[line]}`;
  } catch (e) {
    found.layout = String(e.message ?? e).split('\n')[0];
  }
  out[file] = found;
}
process.stdout.write(JSON.stringify(out));
