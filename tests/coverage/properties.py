#!/usr/bin/env python3
"""properties.py [--check]: writes backends/<cloud>/catalog/properties.yaml, the properties of every resource type that a golden
emits, out of the vendors' schemas in ../shared/schemas. --check only says whether they are as it would write them. Types that
are not there come out of cfn-lint's copy of the vendor's schemas, where the validators are installed; else they stay as they are."""
import glob
import json
import pathlib
import sys

import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SCHEMAS = ROOT.parent / 'shared/schemas'
HEAD = """# What the types of {engine} can be told, for `raw`. Made by tests/coverage/properties.py out of the vendor's schemas
# ({source}); do not edit.
"""
# The types of SAM into which resources are folded, and its events: what the schema of each is called.
SAM = {
    'AWS::Serverless::Function': 'samtranslator__internal__schema_source__aws_serverless_function__Properties',
    'AWS::Serverless::Function event DynamoDB': 'DynamoDBEventProperties',
    'AWS::Serverless::Function event Kinesis': 'KinesisEventProperties',
    'AWS::Serverless::Function event SNS': 'SNSEventProperties',
    'AWS::Serverless::Function event SQS': 'SQSEventProperties',
    'AWS::Serverless::Function event ScheduleV2':
        'samtranslator__internal__schema_source__aws_serverless_function__ScheduleV2EventProperties',
    'AWS::Serverless::LayerVersion': 'samtranslator__internal__schema_source__aws_serverless_layerversion__Properties',
    'AWS::Serverless::SimpleTable': 'samtranslator__internal__schema_source__aws_serverless_simpletable__Properties',
}
LINT = ROOT / 'build/conformance/venv/lib/python3*/site-packages/cfnlint/data/schemas'


def types(cloud):
    found = set()
    for path in sorted((ROOT / 'tests/golden').rglob(f'expect.{cloud}.stack')) + sorted((ROOT / 'tests/golden').rglob('expect.*/**/template.yaml')):
        for line in path.read_text().splitlines():
            for word in line.replace('"', ' ').split():
                if word.startswith('AWS::' if cloud == 'aws' else 'ALIYUN::') and word.count('::') == 2:
                    found.add(word.rstrip(',:'))
    return sorted(found | set(SAM if cloud == 'aws' else ()))


def of_cfn_lint(type_):
    for folder in map(pathlib.Path, glob.glob(str(LINT))):
        key = json.loads((folder / 'providers/us-east-1.json').read_text()).get(type_)
        if key:
            return json.loads((folder / f'resources/{key}.json').read_text())
    return None


def schema_of(cloud, type_):
    if type_ in SAM:
        return json.loads((SCHEMAS / 'sam/sam.schema.json').read_text())['definitions'][SAM[type_]]
    folder = 'cloudformation' if cloud == 'aws' else 'ros'
    path = SCHEMAS / folder / (type_.replace('::', '-') + '.json')
    if path.exists():
        return json.loads(path.read_text())
    return of_cfn_lint(type_) if cloud == 'aws' else None


def properties(cloud, type_):
    schema = schema_of(cloud, type_)
    if schema is None:
        return None
    if schema.get('partial'):
        return None   # a list that may lack some would refuse what is right
    fixed = {p.split('/')[2] for p in schema.get('readOnlyProperties') or () if p.count('/') == 2}
    return sorted(set(schema.get('properties') or {}) - fixed)


def main():
    if not SCHEMAS.is_dir():
        print('properties: the schemas are not here')
        sys.exit(77)
    good = True
    for cloud, engine, source in (('aws', 'CloudFormation and SAM', 'npm @aws-cdk/aws-service-spec 0.1.216, PyPI cfn-lint 1.58.0, SAM 7000d0a'),
                                  ('aliyun', 'ROS', 'npm @alicloud/ros-cdk-*')):
        text = HEAD.format(engine=engine, source=source)
        path = ROOT / f'backends/{cloud}/catalog/properties.yaml'
        have = {row['type']: row['properties'] for row in yaml.safe_load(path.read_text())}
        # What was there before stays: a type whose golden went is still one that can be made.
        for type_ in sorted(set(types(cloud)) | set(have)):
            if found := properties(cloud, type_) or have.get(type_):
                text += f'- type: "{type_}"\n  properties: [{", ".join(found)}]\n'
        if '--check' in sys.argv:
            for row in yaml.safe_load(text):
                if have.get(row['type']) != row['properties']:
                    good = False
                    print(f'properties: {row["type"]} is not as in the schema; run tests/coverage/properties.py')
        else:
            path.write_text(text)
    sys.exit(0 if good else 1)


if __name__ == '__main__':
    main()
