#!/usr/bin/env node
// Checks CloudFormation and SAM templates with AWS's own offline validator, one engine for all of them.
//
//   check_cfn.mjs NODE_MODULES            stdin: [path, …]; stdout: {path: [{severity, rule, resource, message}, …], …}
//
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';

const require = createRequire(path.join(path.resolve(process.argv[2] ?? 'node_modules'), 'x.js'));
const { RegoEngine, TemplateFile } = require('@aws/cloudformation-validate');

const engine = new RegoEngine();
const out = {};
for (const file of JSON.parse(fs.readFileSync(0, 'utf8'))) {
  try {
    const report = engine.validateStandard(new TemplateFile(file), { severityLevel: 'WARN' });
    out[file] = report.diagnostics.map((d) => ({
      severity: d.severity, rule: d.ruleId, message: d.message,
      resource: d.entity?.logicalId ?? '', path: d.propertyPath ?? '',
    }));
  } catch (e) {
    out[file] = [{ severity: 'ERROR', rule: 'unreadable', message: String(e.message ?? e), resource: '', path: '' }];
  }
}
engine.free();
process.stdout.write(JSON.stringify(out));
