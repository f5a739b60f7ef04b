#!/usr/bin/env python3
"""run.py --virga VIRGA [--accept]: what `virga cost` says of the cases in cases.json, word for word, and what holds for all of
them: the JSON keeps to its schema and to itself from run to run, lines add up to their totals, and each row of each cloud's table
of costs is used by some case."""
import argparse
import json
import math
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
VIRGA = ''
wrong = []


def virga(*args):
    done = subprocess.run([VIRGA, *map(str, args)], capture_output=True, text=True, cwd=ROOT, timeout=120)
    if done.returncode != 0:
        wrong.append(f'virga {" ".join(map(str, args))} ends with {done.returncode}:\n{done.stderr}')
    return done.stdout


def program_of(case, folder):
    """The program as it stands, or a copy that says more, such as loads."""
    path = ROOT / case['program']
    if not case.get('replace'):
        return path
    copy = folder / case['name']
    shutil.copytree(path, copy, ignore=shutil.ignore_patterns('__pycache__'))
    for old, new in case['replace']:
        files = [p for p in copy.rglob('*.virga') if old in p.read_text()]
        if len(files) != 1:
            wrong.append(f'{case["name"]}: `{old}` stands in {len(files)} files')
            continue
        files[0].write_text(files[0].read_text().replace(old, new))
    return copy


def compare(name, text, accept):
    path = HERE / 'expect' / name
    if accept:
        path.write_text(text)
    elif not path.exists() or path.read_text() != text:
        wrong.append(f'{name} is not what was expected; `tests/cost/run.py --accept` takes it')


def close(a, b):
    return math.isclose(a, b, rel_tol=1e-6, abs_tol=1e-6)


def adds_up(name, told):
    for one in told['estimates']:
        where = f'{name} on {one["cloud"]}'
        for total in one['totals']:
            for end in ('least', 'most'):
                mine = [line for line in one['lines'] if line['currency'] == total['currency'] and line['cost']]
                if not close(sum(line['cost'][end] for line in mine), total['before_free'][end]):
                    wrong.append(f'{where}: the lines do not add up to the total in {total["currency"]}')
                if not close(total['before_free'][end] - total['free'][end], total['total'][end]):
                    wrong.append(f'{where}: the free units are not taken off')
                if total['free'][end] > total['before_free'][end] + 1e-6:
                    wrong.append(f'{where}: more is free than is paid')
        for line in one['lines']:
            if (line['state'] == 'counted') != (line['cost'] is not None):
                wrong.append(f'{where}: {line["node"]} is {line["state"]}, and costs {line["cost"]}')


def family(id):
    return id.rsplit('.tier', 1)[0]


def all_rows_used(told):
    """Every thing that a table of costs counts stands in a line of some case, and every thing that it does not count is said."""
    try:
        import yaml
    except ImportError:
        print('  no PyYAML here: whether each row is used was not asked')
        return
    seen, said = set(), set()
    for one in (e for t in told for e in t['estimates']):
        seen |= {(one['cloud'], line['row'], family(line['price'])) for line in one['lines'] if line['state'] != 'by_load'}
        said |= {(one['cloud'], left['says']) for left in one['not_counted']}
    for path in sorted(ROOT.glob('backends/*/catalog/costs.yaml')):
        cloud = path.parent.parent.name
        for row in yaml.safe_load(path.read_text()):
            name = row.get('kind') or f'{row.get("from", "*")} {row.get("arrow", "*")} {row.get("to", "*")}'
            for item in row.get('costs', []):
                prices = item['price'] if isinstance(item['price'], list) else [item['price']]
                if not any((cloud, name, p) in seen for p in prices):
                    wrong.append(f'{cloud}: no case counts {prices[0]} of the row `{name}`')
            if 'not_counted' in row and (cloud, row['not_counted']) not in said:
                wrong.append(f'{cloud}: no case leaves out {row["not_counted"]}')


def main():
    global VIRGA
    parser = argparse.ArgumentParser()
    parser.add_argument('--virga', required=True)
    parser.add_argument('--accept', action='store_true')
    given = parser.parse_args()
    VIRGA = str(pathlib.Path(given.virga).resolve())
    try:
        import jsonschema
        schema = json.loads((ROOT / 'docs/schema/cost.schema.json').read_text())
    except ImportError:
        jsonschema = None
        print('  no python3-jsonschema here: the schema of costs was not asked')
    told = []
    with tempfile.TemporaryDirectory() as folder:
        for case in json.loads((HERE / 'cases.json').read_text()):
            program, args = program_of(case, pathlib.Path(folder)), case.get('args', [])
            compare(case['name'] + '.txt', virga('cost', program, *args, *(['--long'] if case.get('long') else [])), given.accept)
            text = virga('cost', program, *args, '--json')
            if not text:
                continue
            if virga('cost', program, *args, '--json') != text:
                wrong.append(f'{case["name"]}: other bytes the second time')
            told.append(json.loads(text))
            adds_up(case['name'], told[-1])
            if jsonschema:
                jsonschema.validate(told[-1], schema)
            if case.get('json'):
                compare(case['name'] + '.json', text, given.accept)
    all_rows_used(told)
    print('\n'.join(wrong) if wrong else f'costs: {len(told)} cases, each row of the tables is used')
    sys.exit(1 if wrong else 0)


if __name__ == '__main__':
    main()
