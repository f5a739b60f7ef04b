#!/usr/bin/env python3
"""updates.py [--check]: writes backends/<cloud>/catalog/updates.yaml, which properties of a resource make a new one of it when they
change, out of the vendors' schemas in ../shared/schemas: of the types in properties.yaml, and of those of Terraform in the name
tables. --check only says whether they are as it would write them."""
import json
import pathlib
import re
import sys

import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SCHEMAS = ROOT.parent / 'shared/schemas'
HEAD = """# What a change of which property does to a resource that stands: `replaces` makes a new one and takes the old one away,
# `may_replace` does so for some values. Made by tests/coverage/updates.py out of the vendors' schemas ({source});
# do not edit.
"""
SOURCES = {
    'aws': 'CloudFormation createOnlyProperties and conditionalCreateOnlyProperties, npm @aws-cdk/aws-service-spec 0.1.216; '
           'Terraform force_new, hashicorp/aws 6.58.0',
    'aliyun': 'Terraform force_new, aliyun/alicloud 1.289.0; those of ROS are derived from it, since ROS does not say them',
}


def dotted(pointer):
    return pointer.removeprefix('/properties/').replace('/', '.')


def of_cloudformation(type_):
    path = SCHEMAS / 'cloudformation' / (type_.replace('::', '-') + '.json')
    if not path.exists():
        return None
    schema = json.loads(path.read_text())
    replaces = sorted(map(dotted, schema.get('createOnlyProperties', [])))
    may = sorted(set(map(dotted, schema.get('conditionalCreateOnlyProperties', []))) - set(replaces))
    return {'type': type_, 'replaces': replaces, 'may_replace': may}


DERIVED = json.loads((SCHEMAS / 'ros-meta/ros-to-terraform.json').read_text()) if SCHEMAS.exists() else {}


def of_ros(type_):
    if type_ not in DERIVED:
        return None
    return {'type': type_, 'replaces': sorted(DERIVED[type_].get('replace', [])), 'derived': True}


def block(schema, prefix, out):
    for name, attribute in sorted(schema.get('attributes', {}).items()):
        if attribute.get('force_new'):
            out.append(prefix + name)
    for name, inner in sorted(schema.get('block_types', {}).items()):
        if inner.get('force_new'):
            out.append(prefix + name)
        else:
            block(inner.get('block', {}), f'{prefix}{name}.*.', out)


def of_terraform(folder, type_):
    path = SCHEMAS / 'terraform' / folder / (type_ + '.json')
    if not path.exists():
        return None
    schema = json.loads(path.read_text())
    replaces = []
    block(schema['block'], '', replaces)
    may = schema.get('force_new_if_changed') or schema['block'].get('force_new_if_changed') or []
    return {'type': type_, 'replaces': replaces, 'may_replace': sorted(set(may) - set(replaces))}


def rows(cloud):
    catalog = ROOT / 'backends' / cloud / 'catalog'
    engine = of_cloudformation if cloud == 'aws' else of_ros
    for row in yaml.safe_load((catalog / 'properties.yaml').read_text()):
        if row['type'].count(' ') == 0 and not row['type'].startswith('AWS::Serverless::'):
            yield engine(row['type'])
    folder = 'aws' if cloud == 'aws' else 'alicloud'
    found = set()
    for path in sorted((catalog / 'terraform').glob('*.yaml')):
        found |= set(re.findall(r'\b(%s_[a-z0-9_]+)\b' % folder, path.read_text()))
    for type_ in sorted(found):
        yield of_terraform(folder, type_)


def text(cloud):
    out = HEAD.format(source=SOURCES[cloud])
    for row in rows(cloud):
        if row is None:
            continue
        out += f'- type: "{row["type"]}"\n' if '::' in row['type'] else f'- type: {row["type"]}\n'
        for key in ('replaces', 'may_replace'):
            if row.get(key):
                out += f'  {key}: [{", ".join(chr(34) + p + chr(34) if "*" in p else p for p in row[key])}]\n'
        if row.get('derived'):
            out += '  derived: true\n'
    return out


def main():
    if not SCHEMAS.exists():
        print('updates: ../shared is not here')
        return 77
    wrong = 0
    for cloud in ('aliyun', 'aws'):
        path = ROOT / 'backends' / cloud / 'catalog/updates.yaml'
        wanted = text(cloud)
        if '--check' in sys.argv:
            if not path.exists() or path.read_text() != wanted:
                print(f'updates: {path.relative_to(ROOT)} is not what the schemas say; run {pathlib.Path(__file__).name}')
                wrong += 1
        else:
            path.write_text(wanted)
        print(f'updates: {wanted.count("- type:")} types of {cloud}')
    return 1 if wrong else 0


sys.exit(main())
