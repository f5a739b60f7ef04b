#!/usr/bin/env python3
"""deployer.py: every type that engines are told of has a row in deployer.yaml, so that no policy of a plan is silent about it: those of
updates.yaml, and those that the goldens and examples hold. Of the rows: each action is written as the cloud writes one, each pattern
begins as the cloud's names do, and what a row grants on everything is not granted on less as well."""
import pathlib
import re
import sys

import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
CLOUDS = {'aws': ('AWS', 'aws', 'arn:'), 'aliyun': ('ALIYUN', 'alicloud', 'acs:')}
# What stands in goldens and is no resource of an engine: types that are made up, and SAM's short forms, which are planned as what
# they become.
NONE = re.compile(r'::X::Y$|^AWS::Serverless::')


def emitted(vendor, provider):
    """Types in goldens and examples, as templates spell them."""
    found = set()
    engine = re.compile(r'^\s+"?Type"?: "?(%s::\w+::\w+)"?,?$' % vendor, re.M)
    block = re.compile(r'^resource "((?:%s|terraform)_\w+)"' % provider, re.M)
    for folder in ('tests/golden', 'examples'):
        for path in (ROOT / folder).rglob('*'):
            if path.suffix in ('.yaml', '.yml', '.json', '.tf') and path.is_file():
                text = path.read_text(errors='replace')
                found |= set(engine.findall(text)) | set(block.findall(text))
    return {t for t in found if not NONE.search(t)}


def problems(cloud):
    vendor, provider, begin = CLOUDS[cloud]
    catalog = ROOT / 'backends' / cloud / 'catalog'
    rows = [r for r in yaml.safe_load((catalog / 'deployer.yaml').read_text())]
    have = {t for r in rows for t in r.get('types', [])}
    wanted = {r['type'] for r in yaml.safe_load((catalog / 'updates.yaml').read_text())} | emitted(vendor, provider)
    for type_ in sorted(wanted - have):
        yield f'`{type_}` has no row: nobody would know what it needs'
    formats = {f for r in rows if 'formats' in r for f in re.split(r',\s*', r['formats'])}
    engines = {f for r in yaml.safe_load((catalog / 'engines.yaml').read_text()) for f in re.split(r',\s*', r['formats'])}
    for format_ in sorted(engines - formats):
        yield f'the engine of `{format_}` has no row'
    for row in rows:
        who = ', '.join(row.get('types', [row.get('formats', 'the form')]))
        everywhere = {a for n in row.get('needs', []) if n.get('names') == ['*'] and 'when' not in n
                      for verb in ('read', 'create', 'update', 'delete') for a in n.get(verb, [])}
        for need in row.get('needs', []):
            for name in need.get('names', []):
                if name != '*' and not name.startswith(begin):
                    yield f'{who}: `{name}` is no name on this cloud'
            for verb in ('read', 'create', 'update', 'delete'):
                for action in need.get(verb, []):
                    if need.get('names') != ['*'] and action in everywhere:
                        yield f'{who}: `{action}` is granted on everything and on less'
                if need.get(verb, []) != sorted(set(need.get(verb, []))):
                    yield f'{who}: the actions of `{verb}` are not sorted, or one stands twice'
    print(f'deployer: {len(have)} types of {cloud}, {len(wanted)} of them emitted')


def main():
    wrong = 0
    for cloud in CLOUDS:
        for problem in problems(cloud):
            print(f'deployer: {cloud}: {problem}')
            wrong += 1
    return 1 if wrong else 0


sys.exit(main())
