#!/usr/bin/env python3
"""properties.py [--check]: writes backends/<cloud>/catalog/properties.yaml, the properties of every resource type that a golden
emits, out of the vendors' schemas in ../shared/schemas. --check only says whether they are as it would write them."""
import json
import pathlib
import sys

import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SCHEMAS = ROOT.parent / 'shared/schemas'
HEAD = """# What the types of {engine} can be told, for `raw`. Made by tests/coverage/properties.py out of the vendor's schemas
# ({source}); do not edit.
"""


def types(cloud):
    found = set()
    for path in sorted((ROOT / 'tests/golden').rglob(f'expect.{cloud}.stack')) + sorted((ROOT / 'tests/golden').rglob('expect.*/**/template.yaml')):
        for line in path.read_text().splitlines():
            for word in line.replace('"', ' ').split():
                if word.startswith('AWS::' if cloud == 'aws' else 'ALIYUN::') and word.count('::') == 2:
                    found.add(word.rstrip(',:'))
    return sorted(found)


def properties(cloud, type_):
    folder = 'cloudformation' if cloud == 'aws' else 'ros'
    path = SCHEMAS / folder / (type_.replace('::', '-') + '.json')
    if not path.exists():
        return None
    schema = json.loads(path.read_text())
    if schema.get('partial'):
        return None   # a list that may lack some would refuse what is right
    fixed = {p.split('/')[2] for p in schema.get('readOnlyProperties') or () if p.count('/') == 2}
    return sorted(set(schema.get('properties') or {}) - fixed)


def main():
    if not SCHEMAS.is_dir():
        print('properties: the schemas are not here')
        sys.exit(77)
    good = True
    for cloud, engine, source in (('aws', 'CloudFormation', 'npm @aws-cdk/aws-service-spec 0.1.216'),
                                  ('aliyun', 'ROS', 'npm @alicloud/ros-cdk-*')):
        text = HEAD.format(engine=engine, source=source)
        for type_ in types(cloud):
            if found := properties(cloud, type_):
                text += f'- type: "{type_}"\n  properties: [{", ".join(found)}]\n'
        path = ROOT / f'backends/{cloud}/catalog/properties.yaml'
        if '--check' in sys.argv:
            # What was there before stays: a type whose golden went is still one that can be made.
            have = {row['type']: row['properties'] for row in yaml.safe_load(path.read_text())}
            for row in yaml.safe_load(text):
                if have.get(row['type']) != row['properties']:
                    good = False
                    print(f'properties: {row["type"]} is not as in the schema; run tests/coverage/properties.py')
        else:
            path.write_text(text)
    sys.exit(0 if good else 1)


if __name__ == '__main__':
    main()
