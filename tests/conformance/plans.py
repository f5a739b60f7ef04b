#!/usr/bin/env python3
"""plans.py --virga VIRGA: what plans say of each changed resource (update or replace), against the vendors' own schemas, read here
apart from Virga's tables: CloudFormation's create-only properties, Terraform's force_new, and for ROS those of the Terraform
resource that stands for it. Every case of tests/plans on every target. Skipped where ../shared is not."""
import argparse
import collections
import json
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SCHEMAS = ROOT.parent / 'shared/schemas'
LEAST = 40  # changes that must be judged on each cloud
# Where a plan says something else than a schema, and why it is right: (type, property).
DIFFER = {}


def load(path):
    return json.loads(path.read_text()) if path.exists() else None


def cloudformation(type_):
    schema = load(SCHEMAS / 'cloudformation' / (type_.replace('::', '-') + '.json'))
    if schema is None:
        return None
    return [tuple(p.split('/')[2:]) for p in schema.get('createOnlyProperties', [])]


def terraform(type_):
    schema = load(SCHEMAS / 'terraform' / ('aws' if type_.startswith('aws_') else 'alicloud') / (type_ + '.json'))
    if schema is None:
        return None
    found = []

    def walk(block, way):
        for name, attribute in block.get('attributes', {}).items():
            if attribute.get('force_new'):
                found.append((*way, name))
        for name, inner in block.get('block_types', {}).items():
            if inner.get('force_new'):
                found.append((*way, name))
            walk(inner.get('block', {}), (*way, name))

    walk(schema['block'], ())
    return found


ROS = load(SCHEMAS / 'ros-meta/ros-to-terraform.json') or {}


def ros(type_):
    return [(p,) for p in ROS[type_].get('replace', [])] if type_ in ROS else None


def rules(type_):
    return cloudformation(type_) if type_.startswith('AWS::') else ros(type_) if '::' in type_ else terraform(type_)


def replaces(change, rule):
    """Whether the change is of what the rule names, within it, or of something around it in which that differs."""
    path = [p for p in change['path'] if isinstance(p, str)]
    names = [p for p in rule if p != '*']
    if path[:len(names)] == names:
        return True
    if names[:len(path)] != path or 'known_after_deployment' in change:
        return False

    def inner(value, way):
        if not way:
            return [value]
        if isinstance(value, list):
            return [x for item in value for x in inner(item, way)]
        return inner(value[way[0]], way[1:]) if isinstance(value, dict) and way[0] in value else []

    return inner(change.get('before'), names[len(path):]) != inner(change.get('after'), names[len(path):])


def plan_of(virga, case, folder):
    for code in ('code', 'app', 'other'):
        (folder / code).mkdir(exist_ok=True)
        (folder / code / 'index.py').write_text('def handler(event, context):\n    return {}\n' + ('# other\n' if code == 'other' else ''))
    state = folder / 'state.json'
    state.unlink(missing_ok=True)
    stage = re.search(r'// stage: (\w+)', (case / 'after.virga').read_text())
    more = ['--stage', stage[1]] if stage else []
    (folder / 'main.virga').write_text((case / 'before.virga').read_text())
    subprocess.run([virga, 'record', folder, '-o', state, *more], check=True, capture_output=True)
    (folder / 'main.virga').write_text((case / 'after.virga').read_text())
    done = subprocess.run([virga, 'plan', folder, '--state', state, '--json', *more], capture_output=True, text=True)
    return json.loads(done.stdout)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--virga', required=True)
    virga = str(pathlib.Path(parser.parse_args().virga).resolve())
    if not SCHEMAS.exists():
        print('plans: ../shared is not here')
        return 77
    judged, wrong, unknown = collections.Counter(), [], collections.Counter()
    for case in sorted((ROOT / 'tests/plans').iterdir()):
        if not (case / 'before.virga').exists():
            continue
        with tempfile.TemporaryDirectory() as folder:
            plan = plan_of(virga, case, pathlib.Path(folder))
        for stack in plan['stacks']:
            for unit in stack['changes']:
                changes = [c for c in unit.get('changes', []) if not str(c['path'][0]).startswith('@')]
                if unit['action'] not in ('update', 'replace') or not changes:
                    continue
                rule = rules(unit['type'])
                if rule is None:
                    unknown[unit['type']] += 1
                    if unit['action'] == 'replace':
                        wrong.append(f'{case.name} {stack["target"]}: {unit["address"]}: no schema says that it is replaced')
                    continue
                expected = 'replace' if any(replaces(c, r) for c in changes for r in rule) else 'update'
                judged[stack['target'].split('.')[0], stack['target']] += 1
                if expected != unit['action'] and not any((unit['type'], c['path'][0]) in DIFFER for c in changes):
                    wrong.append(f'{case.name} {stack["target"]}: {unit["address"]}: {unit["action"]}, the schema says {expected}')
    for (cloud, target), count in sorted(judged.items()):
        print(f'plans: {count} changes of {target} judged by the schemas')
    for type_, count in sorted(unknown.items()):
        print(f'plans: no schema of {type_} ({count} changes)')
    clouds = collections.Counter()
    for (cloud, _), count in judged.items():
        clouds[cloud] += count
    wrong += [f'only {n} changes of {cloud} were judged' for cloud, n in clouds.items() if n < LEAST]
    for line in wrong:
        print('plans: ' + line)
    return 1 if wrong else 0


sys.exit(main())
