#!/usr/bin/env node
// Checks Alibaba Cloud ROS templates with the vendor's own generated code, all in one process.
//
//   check_ros.mjs NODE_MODULES            stdin: {name: template, …}; stdout: {name: [problem, …], …}
//   check_ros.mjs NODE_MODULES --facts    stdout: {type: {properties: […], required: […]}, …}
//
// The properties of every resource go through `renderProperties` of the @alicloud/ros-cdk-* package that has its type, with
// the vendor's validators on: types, ranges, lengths, allowed values, required properties. What those cannot see is added
// from the same files: a property that the package does not have, an attribute that a resource does not have, a resource
// or parameter that does not exist. A type that no package here has is a problem too: nothing would have checked it.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';

const modules = path.resolve(process.argv[2] ?? 'node_modules');
const require = createRequire(path.join(modules, 'x.js'));

/** One way into a value: a leaf, or a list, a map or an object of further ways. */
function shapeOf(text, functions) {
  const wrapped = /^ros\.(listMapper|hashMapper)\((.*)\)$/.exec(text);
  if (wrapped) return { [wrapped[1] === 'listMapper' ? 'list' : 'map']: shapeOf(wrapped[2], functions) };
  const union = /^ros\.unionMapper\(\[.*\], \[(.*)\]\)$/.exec(text);
  if (union) return { union: union[1].split(', ').map((t) => shapeOf(t, functions)) };
  return functions.has(text) ? { object: text } : {};
}

/** What one generated file says: its resource classes, the names inside each structure, what is required, the attributes. */
function readGenerated(file) {
  const text = fs.readFileSync(file, 'utf8');
  const bodies = new Map();
  for (const [, name, body] of text.matchAll(/\nfunction (\w+ToRosTemplate)\(properties[^)]*\) \{[\s\S]*?return \{\n?([\s\S]*?)\};\n/g)) {
    bodies.set(name, body);
  }
  const structures = new Map();
  for (const [name, body] of bodies) {
    const members = {};
    for (const [, key, mapper, js] of body.matchAll(/'([^']+)': (.*)\(properties\.(\w+)\),?/g)) {
      members[key] = { js, shape: shapeOf(mapper, bodies) };
    }
    structures.set(name, members);
  }
  const required = new Map();
  for (const [, name, body] of text.matchAll(/\nfunction (\w+)Validator\(properties\) \{([\s\S]*?)\n\}/g)) {
    required.set(name, [...body.matchAll(/propertyValidator\('(\w+)', ros\.requiredValidator\)/g)].map((m) => m[1]));
  }
  const types = [];
  for (const [, body] of text.matchAll(/\nclass \w+ extends ros\.RosResource \{([\s\S]*?\n\}\n[\s\S]*?ROS_RESOURCE_TYPE_NAME = "[^"]+")/g)) {
    const type = /ROS_RESOURCE_TYPE_NAME = "([^"]+)"/.exec(body)[1];
    const root = /return (\w+ToRosTemplate)\(props/.exec(body)?.[1];
    if (!root) continue;
    const needed = required.get(root.replace(/^r/, 'R').replace(/ToRosTemplate$/, '')) ?? [];
    const members = structures.get(root) ?? {};
    types.push({
      type, file, structures, root,
      required: Object.keys(members).filter((k) => needed.includes(members[k].js)),
      attributes: [...body.matchAll(/getAtt\('([^']+)'\)/g)].map((m) => m[1]),
    });
  }
  return types;
}

const known = new Map();
const scope = path.join(modules, '@alicloud');
for (const name of fs.readdirSync(scope).filter((n) => n.startsWith('ros-cdk-')).sort()) {
  const lib = path.join(scope, name, 'lib');
  for (const file of fs.existsSync(lib) ? fs.readdirSync(lib) : []) {
    if (!file.endsWith('.generated.js')) continue;
    for (const found of readGenerated(path.join(lib, file))) known.set(found.type, found);
  }
}

const isIntrinsic = (v) => Object.keys(v).length === 1 && /^(Ref$|Fn::)/.test(Object.keys(v)[0]);

/** The value under the names that the vendor's code uses, with problems for the names that it does not have. */
function toJs(value, shape, structures, where, problems) {
  if (value === null || typeof value !== 'object') return value;
  if (!Array.isArray(value) && isIntrinsic(value)) return value;
  if (shape.union) {
    const object = shape.union.find((s) => s.object || s.list || s.map);
    return object ? toJs(value, object, structures, where, problems) : value;
  }
  if (Array.isArray(value)) {
    return shape.list ? value.map((v, i) => toJs(v, shape.list, structures, `${where}[${i}]`, problems)) : value;
  }
  if (shape.map) {
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, toJs(v, shape.map, structures, `${where}.${k}`, problems)]));
  }
  if (!shape.object) return value;
  const members = structures.get(shape.object);
  const out = {};
  for (const [name, v] of Object.entries(value)) {
    const member = members[name];
    if (!member) problems.push(`${where}: there is no property ${name}`);
    else out[member.js] = toJs(v, member.shape, structures, `${where}.${name}`, problems);
  }
  return out;
}

function checkReferences(template, problems) {
  const resources = template.Resources ?? {};
  const parameters = template.Parameters ?? {};
  const target = (name, where) => {
    if (!(name in resources) && !(name in parameters) && !name.startsWith('ALIYUN::')) problems.push(`${where}: there is no ${name}`);
  };
  const attribute = (name, what, where) => {
    if (!(name in resources)) return problems.push(`${where}: there is no resource ${name}`);
    const found = known.get(resources[name].Type);
    if (found && !found.attributes.includes(what)) problems.push(`${where}: ${resources[name].Type} has no attribute ${what}`);
  };
  const walk = (value, where) => {
    if (value === null || typeof value !== 'object') return;
    if (Array.isArray(value)) return value.forEach((v, i) => walk(v, `${where}[${i}]`));
    for (const [key, v] of Object.entries(value)) {
      if (key === 'Ref' && typeof v === 'string') target(v, where);
      else if (key === 'Fn::GetAtt' && Array.isArray(v)) attribute(v[0], v[1], where);
      else if (key === 'Fn::If' && Array.isArray(v) && !(v[0] in (template.Conditions ?? {}))) problems.push(`${where}: there is no condition ${v[0]}`);
      else if (key === 'Fn::Sub') {
        const [text, given = {}] = Array.isArray(v) ? v : [v];
        for (const [, name] of String(text).matchAll(/\$\{([^!}][^}]*)\}/g)) {
          const [first, ...rest] = name.trim().split('.');
          if (first in given) continue;
          if (rest.length) attribute(first, rest.join('.'), where);
          else target(first, where);
        }
      }
      walk(v, `${where}.${key}`);
    }
  };
  for (const [id, resource] of Object.entries(resources)) {
    walk(resource.Properties, id);
    for (const other of [resource.DependsOn ?? []].flat()) {
      if (!(other in resources)) problems.push(`${id}: depends on ${other}, which is not there`);
    }
    if (resource.Condition && !(resource.Condition in (template.Conditions ?? {}))) problems.push(`${id}: there is no condition ${resource.Condition}`);
  }
  for (const [id, output] of Object.entries(template.Outputs ?? {})) walk(output, `output ${id}`);
}

function check(template) {
  const problems = [];
  for (const [id, resource] of Object.entries(template.Resources ?? {})) {
    const found = known.get(resource.Type);
    if (!found) {
      problems.push(`${id}: no package here has ${resource.Type}`);
      continue;
    }
    const Resource = Object.values(require(found.file)).find((c) => c?.ROS_RESOURCE_TYPE_NAME === resource.Type);
    const props = toJs(resource.Properties ?? {}, { object: found.root }, found.structures, id, problems);
    try {
      Resource.prototype.renderProperties.call({ enableResourcePropertyConstraint: true }, props);
    } catch (e) {
      problems.push(`${id}: ${e.message.replace(/\n\s*/g, ' / ')}`);
    }
  }
  checkReferences(template, problems);
  return problems;
}

if (process.argv[3] === '--facts') {
  const facts = {};
  for (const [type, found] of known) facts[type] = { properties: Object.keys(found.structures.get(found.root)), required: found.required };
  process.stdout.write(JSON.stringify(facts));
} else {
  const templates = JSON.parse(fs.readFileSync(0, 'utf8'));
  const out = {};
  for (const [name, template] of Object.entries(templates)) out[name] = check(template);
  process.stdout.write(JSON.stringify(out));
}
