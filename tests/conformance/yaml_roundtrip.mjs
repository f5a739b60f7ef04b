// node yaml_roundtrip.mjs FILE.yaml FILE.json: fails unless js-yaml and yaml read the first as JSON reads the second.
// Tags are ignored: JSON has none. Parsers that are not installed are skipped; with none of them the exit code is 77.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(process.cwd() + "/");
const [yamlPath, jsonPath] = process.argv.slice(2);
const text = readFileSync(yamlPath, "utf8");
const expected = JSON.parse(readFileSync(jsonPath, "utf8"));

function* differences(path, a, b) {
  const kind = (v) => (v === null ? "null" : Array.isArray(v) ? "list" : typeof v);
  if (kind(a) !== kind(b)) {
    yield [path, a, b];
  } else if (kind(a) === "list" || kind(a) === "object") {
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      if (!Object.hasOwn(a, key) || !Object.hasOwn(b, key)) yield [[...path, key], a[key], b[key]];
      else yield* differences([...path, key], a[key], b[key]);
    }
  } else if (a !== b) {
    yield [path, a, b];
  }
}

const parsers = {
  "js-yaml": () => {
    const yaml = require("js-yaml");
    const types = ["scalar", "sequence", "mapping"].map(
      (kind) => new yaml.Type("!", { kind, multi: true, construct: (data) => data }));
    const schema = yaml.DEFAULT_SCHEMA.extend(types);
    return () => yaml.load(text, { schema });
  },
  yaml: () => {
    const yaml = require("yaml");
    const customTags = (tags) => {
      const own = [...text.matchAll(/(?<=^|[ -])![A-Za-z]+(?=\s)/gm)].map((m) => m[0]);
      const names = [...new Set(own)];
      return tags.concat(names.flatMap((tag) => [
        { tag, resolve: (s) => s },
        { tag, collection: "seq", resolve: (s) => s },
        { tag, collection: "map", resolve: (m) => m },
      ]));
    };
    return (version) => yaml.parse(text, { version, customTags, maxAliasCount: 0, logLevel: "error" });
  },
};

let failed = false;
let ran = 0;
for (const [name, load] of Object.entries(parsers)) {
  let read;
  try {
    read = load();
  } catch (error) {
    if (error.code !== "MODULE_NOT_FOUND") throw error;
    console.log(`${name}: not installed`);
    continue;
  }
  for (const version of name === "yaml" ? ["1.1", "1.2"] : [""]) {
    ran += 1;
    const found = [...differences([], read(version), expected)];
    for (const [path, a, b] of found.slice(0, 20)) {
      console.log(`${name} ${version}: ${JSON.stringify(path)}: YAML ${JSON.stringify(a)}, JSON ${JSON.stringify(b)}`);
    }
    console.log(`${name} ${version}: ${found.length} differences`);
    failed ||= found.length > 0;
  }
}
process.exit(failed ? 1 : ran === 0 ? 77 : 0);
