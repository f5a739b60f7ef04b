#!/usr/bin/env python3
"""run.py --virga VIRGA [--write FOLDER] [--domains N]: an app of about 3,000 resources, made of domains that know little of each other, for the targets whose stacks
are limited: every stack is below the limit, every value that is taken is given by a stack before it, no resource is lost or twice, the
file of parts is enough for CI, one more function moves nothing; and cfn-lint accepts every template, where tests/conformance/install
has brought it."""
import argparse
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / 'tests/conformance'))
from templates import Loader

TARGETS = {'aws.sam': 'Fn::ImportValue', 'aliyun.ros': 'Fn::GetStackOutput'}
LIMIT = {'aws.sam': 'cfn.resources.max', 'aliyun.ros': 'ros.stack.resources.max'}
LONGEST = 60   # seconds for one compilation, on a slow machine

DOMAIN = '''
// ---- {name}
table {name}_items {{ partition = {{ name = "id" }} }}
queue {name}_jobs {{ visibility = 2m }}
queue {name}_failed {{ }}
topic {name}_news {{ }}
function {name}_api {{ code = "./code"  runtime = python312 }}
function {name}_worker {{ code = "./code"  runtime = python312  timeout = 20s }}
function {name}_listener {{ code = "./code"  runtime = python312 }}
function {name}_nightly {{ code = "./code"  runtime = python312 }}
schedule {name}_clock {{ cron = "0 3 * * *" }}
gateway {name}_public {{
  GET  "/items"      -> {name}_api
  POST "/items"      -> {name}_api
}}
{name}_jobs ~> {name}_worker
{name}_jobs.dead ~> {name}_failed
{name}_news ~> {name}_listener
{name}_clock ~> {name}_nightly
{name}_api -> {name}_items.write
{name}_api -> {name}_jobs
{name}_worker -> {name}_items.write
{name}_worker -> {name}_news
{name}_nightly -> {name}_items.read
'''


def program(domains):
    """Every domain tells one other one, and every tenth asks the first."""
    text = 'app shop { targets = [aws.sam, aliyun.ros] }\n'
    for i in range(domains):
        text += DOMAIN.format(name=f'd{i:03}')
        if i > 0:
            text += f'd{i:03}_listener -> d{i * 7 // 10:03}_jobs\n'
        if i % 10 == 9:
            text += f'd{i:03}_api -> d000_items.read\n'
    return text


def calls(value, name):
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == name:
                yield inner
            yield from calls(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from calls(inner, name)


def limit_of(virga, target):
    done = subprocess.run([virga, 'facts', '--json', LIMIT[target]], capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    facts = found['facts'] if isinstance(found, dict) else found
    return next(int(f['value']) for f in facts if f['id'] == LIMIT[target])


class Check:
    def __init__(self, virga, folder):
        self.virga, self.folder, self.wrong = virga, folder, []

    def expect(self, good, what):
        if not good:
            self.wrong.append(what)
            print('wrong: ' + what, flush=True)

    def compile(self, *more):
        start = time.monotonic()
        done = subprocess.run([self.virga, 'compile', 'app', '--json', '-o', 'out', *more], cwd=self.folder, capture_output=True, text=True)
        took = time.monotonic() - start
        self.expect(took < LONGEST, f'a compilation took {took:.0f} s')
        return done, took

    def stacks(self, made, target):
        return [m for m in made if m['target'] == target]

    def check_target(self, made, target):
        limit, given, everything = limit_of(self.virga, target), set(), {}
        for stack in self.stacks(made, target):
            path = next(f for f in stack['files'] if f.endswith('template.yaml'))
            template = yaml.load((self.folder / path).read_text(), Loader=Loader)
            self.expect(stack['resources'] <= limit, f'{stack["stack"]} has {stack["resources"]} resources')
            for taken in calls(template['Resources'], TARGETS[target]):
                key = taken if isinstance(taken, str) else tuple(taken)
                self.expect(key in given, f'{stack["stack"]} takes {key}, which no stack before it gives')
            for name, output in template.get('Outputs', {}).items():
                given.add(output['Export']['Name'] if target == 'aws.sam' else (stack['stack'], name))
            for name in template['Resources']:
                self.expect(everything.setdefault(name, stack['stack']) == stack['stack'], f'{name} stands twice')
        return everything


def lint(check, made):
    tool = ROOT / 'build/conformance/venv/bin/cfn-lint'
    if not tool.exists():
        print('cfn-lint is not there: tests/conformance/install brings it')
        return
    paths = [f for m in made if m['target'] == 'aws.sam' for f in m['files'] if f.endswith('template.yaml')]
    start = time.monotonic()
    done = subprocess.run([str(tool), '--format', 'json', '--non-zero-exit-code', 'none', '--', *paths], cwd=check.folder, capture_output=True, text=True)
    found = [f for f in json.loads(done.stdout) if f['Level'] == 'Error'] if done.stdout.strip().startswith('[') else [done.stderr]
    check.expect(not found, f'cfn-lint: {found[:3]}')
    print(f'cfn-lint: {len(paths)} templates, {len(found)} errors, {time.monotonic() - start:.0f} s')


def main():
    p = argparse.ArgumentParser()
    p.add_argument('--virga', required=True)
    p.add_argument('--domains', type=int, default=100)
    p.add_argument('--write', help='keep the app and its templates in this folder')
    p.add_argument('--no-lint', action='store_true')
    o = p.parse_args()
    folder = pathlib.Path(o.write or tempfile.mkdtemp())
    (folder / 'app/code').mkdir(parents=True, exist_ok=True)
    (folder / 'app/code/index.py').write_text('def handler(event, context):\n    return {}\n')
    main_file = folder / 'app/main.virga'
    main_file.write_text(program(o.domains))
    check = Check(str(pathlib.Path(o.virga).resolve()), folder)

    done, took = check.compile()
    if done.returncode != 0:
        print(done.stdout[-3000:], done.stderr[-3000:])
        return 1
    made = json.loads(done.stdout)['made']
    before = {t: check.check_target(made, t) for t in TARGETS}
    for target in TARGETS:
        sizes = [m['resources'] for m in check.stacks(made, target)]
        print(f'{target}: {sum(sizes)} resources in {len(sizes)} stacks {sizes}, {took:.1f} s for both')
        check.expect(len(sizes) > 1, f'{target} is not parted')
        check.expect(sum(sizes) >= 29 * o.domains, f'{target} has {sum(sizes)} resources only')
    check.expect((folder / 'app/virga.parts').exists(), 'virga.parts is not written')
    written = (folder / 'app/virga.parts').read_text()

    again, took = check.compile('--locked')
    check.expect(again.returncode == 0, 'with --locked it does not compile: ' + again.stderr[-500:])
    check.expect(json.loads(again.stdout)['made'] == made, 'the second time it is something else')

    main_file.write_text(program(o.domains) + 'function one_more { code = "./code"  runtime = python312 }\none_more -> d042_items.read\n'
                         if o.domains > 42 else program(o.domains) + 'function one_more { code = "./code"  runtime = python312 }\n')
    check.expect(check.compile('--locked')[0].returncode == 1, 'a new function is placed although the file is locked')
    more, took = check.compile()
    check.expect(more.returncode == 0, 'with one more function it does not compile: ' + more.stderr[-500:])
    after = {t: check.check_target(json.loads(more.stdout)['made'], t) for t in TARGETS}
    for target in TARGETS:
        moved = [name for name, stack in before[target].items() if after[target].get(name) != stack]
        check.expect(not moved, f'{target}: one more function moves {moved[:5]}')
        new = set(after[target]) - set(before[target])
        print(f'{target}: one more function moves {len(moved)}; new are {sorted(new)}, in {sorted({after[target][n] for n in new})}')
    lines = set((folder / 'app/virga.parts').read_text().splitlines()) - set(written.splitlines())
    check.expect(len(lines) == len(TARGETS), f'new lines of virga.parts: {sorted(lines)}')

    if not o.no_lint:
        lint(check, json.loads(more.stdout)['made'])
    if not o.write:
        shutil.rmtree(folder)
    print('fine' if not check.wrong else f'{len(check.wrong)} wrong')
    return 1 if check.wrong else 0


sys.exit(main())
