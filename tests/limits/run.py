#!/usr/bin/env python3
"""run.py --virga PROGRAM [--only REGEX] [--show]: the limits of the catalogues, from both sides.

For every bound that `virga facts --json --bounds` lists, a program with the value just inside, which must be fine, and one with the
value just outside, which must be told of by the bound's code: as a warning for quotas, advice and what is not verified, else
as an error. The programs are made of tests/portability/nodes.virga and of the facts; nobody writes a number here.

The same with the facts themselves: there are at least 600, each has a source, and each has a user."""
import argparse
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT / 'tests/portability'))
import cells  # noqa: E402

MINUTE = 60000
TIMES = {'milliseconds': 1, 'seconds': 1000, 'minutes': MINUTE, 'hours': 60 * MINUTE, 'days': 1440 * MINUTE}
SIZES = {'bytes': 1, 'KB': 1024, 'KiB': 1024, 'MB': 1 << 20, 'MiB': 1 << 20, 'GB': 1 << 30, 'GiB': 1 << 30}

# What else a program needs so that the value itself is all that is in question, by the bound's code, or by its code and its
# kind or target:
#   node      further attributes of the node (`on`: said to the cloud alone); of an edge's ends by their names: `b_function.memory`
#   edge      further properties of the edge; `port` and `arrow`: how it begins
#   beside    what stands beside the value in its record
#   more      further lines; `each`: one for each of a list, with its number for `#`
#   list, map, text   the value is one; `list` is an item, with its number for `#`, or `texts`
#   wrap      what stands around the value, with `#` in its place: a range, say
#   begins    how a text begins; `times`: how many steps
#   inside, outside   the values themselves, where no number says them
NEEDS = json.loads((HERE / 'needs.json').read_text())


def needs_of(bound):
    code = bound['code']
    return NEEDS.get(f"{code} {bound.get('edge_to', '')}", NEEDS.get(f"{code} {bound['kind']}", NEEDS.get(code, {})))


def number(value):
    return int(value) if value == int(value) else value


def amount(value, unit, raw):
    """A value of the language: `raw` for what is only counted."""
    if raw:
        return str(number(value))
    if unit in TIMES:
        return f'{number(value * TIMES[unit])}ms'
    if unit in SIZES:
        return f'{number(value * SIZES[unit] / 1024)}KB' if value * SIZES[unit] % 1024 == 0 else f'{number(value * SIZES[unit])}B'
    if unit in ('vCPU', 'vcpu'):
        return f'{number(value)}vcpu'
    if unit == 'requests per second':
        return f'{number(value)}rps'
    return str(number(value))


def ends(fact, only, test):
    """The number that the bound takes of the fact."""
    value = fact['value']
    if only:
        value = value.get(only, value.get('others'))
    if isinstance(value, dict):
        value = value['min' if test == 'at_least' else 'max']
    return value


def text_list(count):
    return '[' + ', '.join(f'"https://x{i}.example.com"' for i in range(int(count))) + ']'


def text_map(count):
    return '{ ' + '  '.join(f'"k{i}" = "v"' for i in range(int(count))) + ' }'


def values(bound, fact):
    """The value inside and the value outside."""
    pair, wrap = bare_values(bound, fact), needs_of(bound).get('wrap')
    return tuple(wrap.replace('#', v) for v in pair) if pair and wrap else pair


def bare_values(bound, fact):
    test, unit = bound['test'], fact.get('unit', '')
    special = needs_of(bound)
    if 'inside' in special:
        return special['inside'], special['outside']
    if test == 'one_of':
        return None
    limit = ends(fact, bound.get('only'), test)
    if test in ('matches', 'keys_match'):
        return None
    if test == 'length_at_most':
        text = special.get('begins', '')
        return f'"{text.ljust(int(limit), "x")}"', f'"{text.ljust(int(limit) + 1, "x")}"'
    if test == 'size_at_most':
        size = int(limit * SIZES.get(unit, 1))
        if special.get('text'):
            return f'"{"x" * size}"', f'"{"x" * (size + 1)}"'
        return f'{{ KEY = "{"x" * (size - 3)}" }}', f'{{ KEY = "{"x" * (size - 2)}" }}'
    if test in ('keys_at_most', 'values_at_most'):
        entry = (lambda n: f'{{ "{"k" * n}" = "v" }}') if test == 'keys_at_most' else (lambda n: f'{{ key = "{"v" * n}" }}')
        return entry(int(limit)), entry(int(limit) + 1)
    if special.get('list'):
        names = special['list']
        make = text_list if names == 'texts' else lambda n: '[' + ', '.join(names.replace('#', str(i)) for i in range(int(n))) + ']'
        return make(limit), make(limit + 1)
    if special.get('map'):
        return text_map(limit), text_map(limit + 1)
    raw = special.get('raw', False)
    step = special.get('step', 1000 / TIMES[unit] if unit in TIMES and TIMES[unit] < 1000 else 1)
    if test == 'multiple_of':
        times = special.get('times', 8)
        return amount(limit * times, unit, raw), amount(limit * (times + 0.5), unit, raw)
    outside = limit + step if test == 'at_most' else limit - step
    return amount(limit, unit, raw), amount(outside, unit, raw)


def close_of(line):
    """Where the braces close that the node's line opens first: further nodes may stand behind it."""
    depth, quoted = 0, False
    for at, letter in enumerate(line):
        quoted ^= letter == '"' and line[at - 1] != '\\'
        depth += 0 if quoted else {'{': 1, '}': -1}.get(letter, 0)
        if letter == '}' and not quoted and depth == 0:
            return at
    raise ValueError(line)


def put(block, name, value, beside=''):
    """The attribute in the node's text, instead of one that stands there."""
    for depth, part in enumerate(reversed(name.split('.')[1:])):
        value = f'{{ {part} = {value}{"  " + beside if beside and depth == 0 else ""} }}'
    name = name.split('.')[0]
    block = re.sub(rf' {name} = (\[[^\]]*\]|\{{[^}}]*\}}|"[^"]*"|[^\s{{}}]+)', '', block)
    at = close_of(block)
    return f'{block[:at].rstrip()}  {name} = {value} }}' + block[at + 1:]


def program(nodes, bound, value):
    needs = needs_of(bound)
    each = ''.join(needs['each'].replace('#', str(i)) + '\n' for i in range(40)) if 'each' in needs else ''
    return program_of(nodes, bound, value) + each


def program_of(nodes, bound, value):
    cloud, kind = bound['cloud'], bound['kind']
    needs = needs_of(bound)
    if 'edge_to' not in bound:
        text = nodes.program([(kind, 'a_' + kind)], cloud, nodes.alone.get(kind, ''))
        lines = text.split('\n')
        at = next(i for i, line in enumerate(lines) if re.match(rf'{kind} a_{kind}\b', line))
        for name, given in list(needs.get('node', {}).items()) + [(bound['attribute'], value)]:
            own = name == bound['attribute']
            if own and 'on' in needs:
                close = close_of(lines[at])
                lines[at] = f'{lines[at][:close]} on {cloud} {{ {name} = {given} }} }}' + lines[at][close + 1:]
            else:
                lines[at] = put(lines[at], name, given, needs.get('beside', '') if own else '')
        return '\n'.join(lines) + '\n' + needs.get('more', '')
    port = needs.get('port', 'self')
    sink, sink_port = bound['edge_to'].split('.')
    name = f"{kind}.{port} {needs.get('arrow', '~>')} {bound['edge_to']}"
    text = nodes.program([(kind, 'a_' + kind), (sink, 'b_' + sink)], cloud, '', name)
    properties = '  '.join(f'{k} = {v}' for k, v in list(needs.get('edge', {}).items()) + [(bound['attribute'], value)])
    end = f'b_{sink}' + ('' if sink_port == 'self' else '.' + sink_port)
    lines = text.split('\n')
    for about, given in needs.get('node', {}).items():
        node, attribute = about.split('.', 1)
        at = next(i for i, line in enumerate(lines) if re.match(rf'\w+ {node}\b', line))
        lines[at] = put(lines[at], attribute, given)
    text = '\n'.join(lines)
    written = nodes.ports.get(f'{kind}.{port}')
    if written:
        block = re.search(rf'^{kind} a_{kind} {{', text, re.M)
        return text[:block.end()] + f'\n  {written} {needs.get("arrow", "~>")} {end} {{ {properties} }}\n ' + text[block.end():]
    start = f'a_{kind}' + ('' if port == 'self' else '.' + port)
    return text + f'{start} {needs.get("arrow", "~>")} {end} {{ {properties} }}\n' + needs.get('more', '')


def findings(virga, cloud, text, target):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder)
        (path / 'main.virga').write_text(text)
        (path / 'code').mkdir()
        (path / 'code/index.py').write_text('def handler(event, context):\n    return {}\n')
        run = subprocess.run([virga, 'check', '--json', '-t', target, folder], capture_output=True, text=True)
        if run.returncode not in (0, 1):
            return [('virga', 'error', run.stderr.strip())]
        return [(d['code'], d['severity'], d['message']) for d in json.loads(run.stdout)['diagnostics']]


def judge(virga, nodes, bound, fact, target):
    pair = values(bound, fact)
    where = f"{bound['code']} of {bound['kind']}.{bound['attribute']}{' to ' + bound['edge_to'] if 'edge_to' in bound else ''}"
    if pair is None:
        return [f'{where}: needs.json must say what is inside and what is outside']
    wrong = []
    binding = fact['verified'] and fact['kind'] not in ('adjustable-quota', 'advice')
    severity = 'error' if binding else 'warning'
    for side, value in zip(('inside', 'outside'), pair):
        text = program(nodes, bound, value)
        found = findings(virga, bound['cloud'], text, target)
        own = [f for f in found if f[0] == bound['code']]
        others = [f'{code}: {message}' for code, s, message in found if s == 'error' and code != bound['code']]
        if side == 'inside' and (own or others):
            wrong.append(f'{where}: {value[:60]} is inside, but: {own or others[0]}\n{text[:600]}')
        if side == 'outside' and severity not in [s for _, s, _ in own]:
            wrong.append(f'{where}: {value[:60]} is outside, but no {severity} says so: {own or others}\n{text[:600]}')
    return wrong


def users(facts, bounds):
    """Facts that nobody uses: no bound, rule of names, limit on packages, row of behaviour, line of lowering, and no kind."""
    wrong = []
    used = {}
    for cloud in {f['cloud'] for f in facts}:
        folder = ROOT / 'backends' / cloud
        text = ''
        for path in sorted(folder.rglob('*')):
            if path.suffix in ('.cpp', '.h') or path.suffix == '.yaml' and not path.name.startswith(('facts', 'left-out', 'prices')):
                text += path.read_text()
        used[cloud] = set(re.findall(r'[a-z0-9_]+(?:\.[a-z0-9_]+)+', text))
    kinds = set(re.findall(r'^kind (\w+)', (ROOT / 'stdlib/core.virga').read_text(), re.M)) | {'app'}
    for f in facts:
        if not f.get('source') or not f.get('as_of'):
            wrong.append(f"{f['cloud']}: {f['id']} has no source or no date")
        if not f['informs'] and f['id'] not in used[f['cloud']]:
            wrong.append(f"{f['cloud']}: nobody uses {f['id']}")
        for kind in f['informs']:
            if kind not in kinds:
                wrong.append(f"{f['cloud']}: {f['id']} informs `{kind}`, which is no kind")
    return wrong


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument('--virga', default=str(ROOT / 'build/virga'))
    p.add_argument('--only', default='')
    p.add_argument('--show', action='store_true', help='print the programs')
    o = p.parse_args()
    known = json.loads(subprocess.run([o.virga, 'facts', '--json', '--bounds'], capture_output=True, text=True, check=True).stdout)
    facts = {(f['cloud'], f['id']): f for f in known['facts']}
    targets = {}
    for row in json.loads(subprocess.run([o.virga, 'targets', '--json'], capture_output=True, text=True).stdout)['kinds']:
        for target in row['targets']:
            targets.setdefault(target.split('.')[0], target)
    nodes = cells.Nodes()
    wrong = users(known['facts'], known['bounds'])
    if len(facts) < 600:
        wrong.append(f'there are only {len(facts)} facts')
    bounds = [b for b in known['bounds'] if re.search(o.only, b['code'])]
    stale = {key.split(' ')[0] for key in NEEDS} - {b['code'] for b in known['bounds']}
    wrong += [f'needs.json names {code}, which no bound has' for code in sorted(stale)]
    if o.show:
        for b in bounds:
            for value in values(b, facts[b['cloud'], b['fact']]) or ():
                print(f"// {b['code']}\n{program(nodes, b, value)[:800]}\n")
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        work = [pool.submit(judge, o.virga, nodes, b, facts[b['cloud'], b['fact']], targets[b['cloud']]) for b in bounds]
        for done in work:
            wrong += done.result()
    print('\n'.join(wrong) if wrong else
          f'limits: {len(bounds)} bounds hold from inside and from outside; {len(facts)} facts have sources and users')
    sys.exit(1 if wrong else 0)


if __name__ == '__main__':
    main()
