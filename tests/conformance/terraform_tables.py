#!/usr/bin/env python3
"""terraform_tables.py [--schemas DIR]: holds every name of the Terraform tables against the provider's own schema.

For every row of backends/*/catalog/terraform/*.yaml: the resource type exists and is not deprecated; every argument, block and
block nesting does; none is deprecated or decided by the provider; a block that may stand once is not written many times; every
output is an attribute; every required argument and block is written by some row, by `always` or by a link. The versions of the schemas and of provider.yaml agree.

The schemas are those of ../shared/schemas/terraform beside this repository; without them this says so and is skipped.
"""
import argparse
import json
import pathlib
import re
import sys

import yaml

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SKIPPED = 77
BUILT_IN = {'terraform_data': {'attributes': {'input': {'optional': True}, 'output': {'computed': True}, 'id': {'computed': True}}}}
SHAPES = ('value', 'json', 'block', 'blocks', 'keyed', 'object', 'objects', 'flat', 'only', 'single', 'pairs', 'pivot', 'joined',
          'reference', 'source', 'file', 'resource', 'resources', 'implied', 'tagged', 'noted', 'parsed', 'follows', 'each')
PARTS_OF_OTHERS = {'value': ('pairs', 'pivot', 'resource', 'resources')}


class Table:
    def __init__(self, folder, schemas, problems):
        self.folder, self.problems = folder, problems
        self.provider = yaml.safe_load((folder / 'provider.yaml').read_text())[0]
        self.schemas = schemas / self.provider['provider']
        self.checked = self.unknown = 0
        self.types = []
        for path in sorted(folder.glob('*.yaml')):
            if path.name != 'provider.yaml':
                self.types += [(path.name, row) for row in yaml.safe_load(path.read_text()) or []]

    def problem(self, where, text):
        self.problems.append(f'{self.folder.parent.parent.name} {where}: {text}')

    def schema(self, kind, data=False):
        if kind in BUILT_IN:
            return BUILT_IN[kind]
        path = self.schemas / ('data' if data else '') / (kind + '.json')
        if not path.exists():
            return None
        found = json.loads(path.read_text())
        if not re.match(r'~> ' + r'\.'.join(found['provider_version'].split('.')[:2]) + r'$', self.provider['version']):
            self.problem('provider.yaml', f'version {self.provider["version"]}, but the schemas are of {found["provider_version"]}')
        if found.get('deprecated'):
            self.problem(kind, 'is deprecated')
        return found['block']

    # -- where a path leads

    def inside(self, block, path, where):
        """The body that a dotted path leads to, and its last word."""
        *around, name = path.split('.')
        for word in around:
            inner = (block or {}).get('block_types', {}).get(word)
            if inner is None:
                self.problem(where, f'there is no block {word!r}')
                return None, name
            block = inner['block']
        return block, name

    def argument(self, block, path, where):
        self.checked += 1
        block, name = self.inside(block, path, where)
        if block is None:
            return None
        found = block.get('attributes', {}).get(name)
        if found is None:
            self.problem(where, f'there is no argument {path!r}' + (', it is a block' if name in block.get('block_types', {}) else ''))
        elif not (found.get('required') or found.get('optional')):
            self.problem(where, f'{path!r} is decided by the provider')
        elif found.get('deprecated'):
            self.problem(where, f'{path!r} is deprecated')
        return found

    def nested(self, block, path, where, many):
        self.checked += 1
        block, name = self.inside(block, path, where)
        if block is None:
            return None
        found = block.get('block_types', {}).get(name)
        if found is None:
            self.problem(where, f'there is no block {path!r}' + (', it is an argument' if name in block.get('attributes', {}) else ''))
            return None
        if found.get('deprecated'):
            self.problem(where, f'{path!r} is deprecated')
        if many and found.get('max_items') == 1 and many != 'list':
            self.problem(where, f'{path!r} may stand only once')
        return found['block']

    # -- rows

    def rows(self, block, rows, where, written):
        """Adds to `written` the arguments and blocks that some row writes."""
        for name, row in rows.items():
            self.row(block, row, f'{where}.{name}' if name else where, written, name)

    def row(self, block, row, where, written, name):
        if isinstance(row, str):
            self.argument(block, row, where)
            written.add(row)
            return
        shape = [s for s in SHAPES if s in row and not any(o in row for o in PARTS_OF_OTHERS.get(s, ()))]
        if len(shape) != 1:
            return self.problem(where, f'has the shapes {shape}')
        shape = shape[0]
        to = row[shape]
        for name, value in (row.get('always') or {}).items():
            if shape in ('block', 'blocks', 'parsed', 'resource', 'resources', 'source'):
                continue
            self.argument(block, name, where)
            written.add(name)
        if shape in ('implied', 'follows'):
            return
        if shape == 'flat' or shape == 'only' and isinstance(to, dict):
            return self.rows(block, to, where, written)
        if shape == 'pivot':
            for argument in to.values():
                self.argument(block, argument, where)
                written.add(argument)
        elif shape in ('block', 'blocks', 'keyed', 'parsed'):
            inner = self.nested(block, to, where, many=shape != 'block' and 'list')
            written.add(to)
            if inner is not None:
                seen = set((row.get('always') or {}))
                if shape == 'keyed':
                    self.argument(inner, row['key'], where)
                    seen.add(row['key'])
                for extra, value in (row.get('always') or {}).items():
                    if value == {}:
                        self.nested(inner, extra, where, False)
                    else:
                        self.argument(inner, extra, where)
                self.rows(inner, row.get('of') or {}, where, seen)
                self.required(inner, seen, where)
        elif shape in ('resource', 'resources'):
            self.satellite(row, to, where)
        elif shape == 'source':
            keyword, kind = to.split(' ')
            self.argument(block, row['to'], where)
            written.add(row['to'])
            inner = self.schema(kind, data=True) if keyword == 'data' else None
            if inner is not None:
                self.rows(inner, {'': row['by']} if 'by' in row else row.get('of') or {}, where, set())
                if row['gives'] not in inner['attributes']:
                    self.problem(where, f'{kind} gives no {row["gives"]!r}')
            else:
                self.unknown += 1
        elif shape == 'each':
            for argument in to:
                self.argument(block, argument, where)
                written.add(argument)
        elif shape == 'reference':
            if to:
                self.argument(block, to, where)
                written.add(to)
            for arguments in (row.get('by') or {}).values():
                for argument in arguments:
                    self.argument(block, argument, where)
                    written.add(argument)
        elif shape in ('object', 'objects'):
            self.argument(block, to, where)
            written.add(to)
        else:
            found = self.argument(block, to, where)
            written.add(to)
            if shape == 'file':
                self.argument(block, row['hash'], where)
                self.rows(block, row.get('of') or {}, where, written)
            if shape == 'json' and found and found.get('type') not in ('string', None):
                self.problem(where, f'{to!r} is no text')
            if shape == 'pairs' and found and (found.get('type') or [''])[0] != 'map':
                self.problem(where, f'{to!r} is no map')
            if shape == 'single' and found and (found.get('type') or [''])[0] not in ('list', 'set'):
                self.problem(where, f'{to!r} is no list')
            allowed = (found or {}).get('allowed_values')
            for theirs in (row.get('words') or {}).values():
                if allowed and theirs not in allowed:
                    self.problem(where, f'{theirs!r} is none of {allowed}')

    def satellite(self, row, kind, where):
        block = self.schema(kind)
        if block is None:
            self.unknown += 1
            return self.problem(where, f'there is no resource type {kind!r}')
        written = set()
        for argument in list(row.get('link') or {}) + list(row.get('always') or {}):
            self.argument(block, argument, where)
            written.add(argument)
        if 'value' in row:
            self.argument(block, row['value'], where)
            written.add(row['value'])
        self.rows(block, row.get('of') or {}, where, written)
        self.required(block, written, f'{where} {kind}')
        for companion in row.get('companions') or []:
            self.satellite(companion, companion['type'], where)

    def required(self, block, written, where):
        for name, a in (block.get('attributes') or {}).items():
            if a.get('required') and name not in {w.split('.')[0] for w in written}:
                self.problem(where, f'nothing writes the required argument {name!r}')
        for name, b in (block.get('block_types') or {}).items():
            if b.get('min_items') and name not in {w.split('.')[0] for w in written}:
                self.problem(where, f'nothing writes the required block {name!r}')

    def output(self, block, path, where):
        names = re.findall(r'\{(?!@)([^}]*)\}', path) or [path]
        for name in names:
            words = [w for w in name.split('.') if not w.isdigit()]
            at = block
            for word in words:
                if word in (at.get('attributes') or {}):
                    if at['attributes'][word].get('deprecated'):
                        self.problem(where, f'the attribute {name!r} is deprecated')
                    kind = at['attributes'][word].get('type')
                    while isinstance(kind, list) and kind[0] in ('list', 'set'):
                        kind = kind[1]
                    if kind == 'dynamic':  # the schema keeps to itself what is in it
                        self.unknown += 1
                        break
                    at = {'attributes': kind[1]} if isinstance(kind, list) and kind[0] == 'object' else {}
                    if isinstance(at.get('attributes'), dict):
                        at = {'attributes': {k: {'type': v} for k, v in at['attributes'].items()}}
                elif word in (at.get('block_types') or {}):
                    at = at['block_types'][word]['block']
                else:
                    self.problem(where, f'there is no attribute {name!r}')
                    break

    def marks(self, row, where):
        """Rows that stand on another resource: the one that some property of that type's name refers to."""
        owners = [r for _, r in self.types if row['marks']['property'] in (r.get('attributes') or {})]
        if len(owners) != 1:
            return self.problem(where, f'no one type gives {row["marks"]["property"]!r}')
        self.rows(self.schema(owners[0]['terraform']), row['marks']['of'], where, set())

    def check(self):
        for known in self.provider['known']:
            block = self.schema(known['data'], data=True)
            if block is None:
                self.problem('provider.yaml', f'there is no data source {known["data"]!r}')
            else:
                self.output(block, known['path'], 'provider.yaml')
                found = block['attributes'].get(known['path'].split('.')[0], {})
                if found.get('deprecated'):
                    self.problem('provider.yaml', f'{known["path"]!r} is deprecated')
        if 'nested' in self.provider:
            nested = self.provider['nested']
            block = self.schema(nested['terraform'])
            for key in ('name', 'body'):
                self.argument(block, nested[key], 'provider.yaml')
            inner = self.nested(block, nested['parameters']['blocks'], 'provider.yaml', 'list')
            for key in ('key', 'value'):
                self.argument(inner, nested['parameters'][key], 'provider.yaml')
            self.required(block, {nested['name'], nested['body']}, 'provider.yaml')
        for file, row in self.types:
            where = f'{file} {row["type"]}'
            if 'local' in row or 'impossible' in row or 'nested' in row:
                continue
            block = self.schema(row['terraform'])
            if block is None:
                if row.get('unverified'):
                    self.unknown += 1
                else:
                    self.problem(where, f'there is no resource type {row["terraform"]!r}')
                continue
            if row.get('unverified'):
                self.problem(where, 'there is a schema, so it is no longer unverified')
            written = set()
            for name in row.get('always') or {}:
                self.argument(block, name, where)
                written.add(name)
            for companion in row.get('companions') or []:
                self.satellite(companion, companion['type'], where)
            self.rows(block, row.get('properties') or {}, where, written)
            self.required(block, written, where)
            for name in [row['ref']] if 'ref' in row else []:
                self.output(block, name, where)
            for name in (row.get('attributes') or {}).values():
                self.output(block, name, where)
            for name in (row.get('last_copy') or {}).values():
                self.argument(block, name, where)
            for name in row.get('left_to', {}).get('arguments', {}):
                self.argument(block, name, where)
            for other in filter(None, [row.get('about'), row.get('left_to', {}).get('type')]):
                if not any(r['type'] == other for _, r in self.types):
                    self.problem(where, f'there is no row of {other!r}')
            if 'marks' in row:
                self.marks(row, where)
        return len(self.types)


def run(schemas, say=print):
    """True when all names are right; None where there are no schemas."""
    if not schemas.exists():
        say(f'  terraform tables: not checked, there is no {schemas}')
        return None
    problems = []
    for folder in sorted(ROOT.glob('backends/*/catalog/terraform')):
        table = Table(folder, schemas, problems)
        count = table.check()
        say(f'  table of {folder.parent.parent.name}: {count} types, {table.checked} names, {table.unknown} without a schema')
    for text in dict.fromkeys(problems):
        say(f'    {text}')
    return not problems


def main():
    p = argparse.ArgumentParser()
    p.add_argument('--schemas', default=str(ROOT.parent / 'shared/schemas/terraform'))
    result = run(pathlib.Path(p.parse_args().schemas))
    return SKIPPED if result is None else 0 if result else 1


if __name__ == '__main__':
    sys.exit(main())
