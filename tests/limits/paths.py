#!/usr/bin/env python3
"""paths.py --virga PROGRAM [--only REGEX]: every check over paths from four sides (paths.yaml): a program that is fine, one at the
border, one beyond it, and that one with the finding allowed. Errors cannot be allowed: they stay, or
the `allow` is one. Codes
of the areas below without a row are told."""
import argparse
import concurrent.futures
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import yaml

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
AREAS = ('path', 'load', 'exposure', 'region')
ELSEWHERE = {'exposure/cors': 'an error about one value, in tests/errors'}


def findings(virga, text):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder)
        (path / 'code').mkdir()
        (path / 'code/index.py').write_text('def handler(event, context):\n    return event\n')
        (path / 'main.virga').write_text(text)
        run = subprocess.run([virga, 'check', '--format', 'json', str(path / 'main.virga')], capture_output=True, text=True, timeout=60)
    try:
        return json.loads(run.stdout)['diagnostics']
    except (ValueError, KeyError):
        return [{'code': 'no-json', 'severity': 'error', 'message': run.stdout + run.stderr}]


def program(row, side):
    value = str(row['violating' if side == 'silenced' else side])
    regions = f'  regions = [{value}]' if row.get('regions') else ''
    body = row['program'] if row.get('regions') else row['program'].replace('@', value)
    allow = f'allow "{row["code"]}" because "a test"' if side == 'silenced' else ''
    if '#' not in body and allow:
        body += allow + '\n'
    return f'app shop {{ targets = [{row["target"]}]{regions} }}\n' + body.replace('#', allow)


def judge(virga, row, side):
    found = findings(virga, program(row, side))
    shown = [f for f in found if not f.get('allowed')]
    has = any(f['code'] == row['code'] for f in shown)
    other = [f for f in shown if f['severity'] == 'error' and f['code'] not in (row['code'], 'allow/error')]
    if other:
        return f'{row["code"]} {side}: {other[0]["code"]}: {other[0]["message"]}'
    if side in ('clean', 'border'):
        return f'{row["code"]} {side}: is told of' if has else None
    if side == 'violating':
        return None if has else f'{row["code"]} {side}: is not told of'
    if any(f['code'] == row['code'] and f['severity'] == 'error' for f in shown) or any(f['code'] == 'allow/error' for f in shown):
        return None  # an error stays, whatever is said of it
    if has:
        return f'{row["code"]} {side}: is told of'
    return None if any(f['code'] == row['code'] for f in found) else f'{row["code"]} {side}: is not among what was allowed'


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--virga', required=True)
    parser.add_argument('--only', default='')
    options = parser.parse_args()
    rows = [r for r in yaml.safe_load((HERE / 'paths.yaml').read_text()) if re.search(options.only, r['code'])]
    work = [(row, side) for row in rows for side in ('clean', 'border', 'violating', 'silenced')]
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        wrong = [w for w in pool.map(lambda job: judge(options.virga, *job), work) if w]
    if not options.only:
        codes = set(re.findall(r'"((?:%s)/[a-z-]+)"' % '|'.join(AREAS), (ROOT / 'compiler/diagnostics/codes.def').read_text()))
        wrong += [f'{c}: has no row in paths.yaml' for c in sorted(codes - {r['code'] for r in rows} - set(ELSEWHERE))]
    print('\n'.join(wrong) if wrong else f'paths: {len(rows)} checks from four sides')
    sys.exit(1 if wrong else 0)


if __name__ == '__main__':
    main()
