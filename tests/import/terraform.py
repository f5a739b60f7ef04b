#!/usr/bin/env python3
"""terraform.py --virga VIRGA [--sample N] [--equal PERCENT]: imports of real Terraform configurations, and their way back.

Each folder of the corpus is imported: no crash, no hang, an architecture or a finding. What was imported is compiled to Terraform
again, and both are read by HashiCorp's own HCL code (tests/conformance) and compared: blocks by type and labels, arguments by
name, expressions by what they say and not by how they are laid out."""
import argparse
import collections
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import child
import corpus
from differences import differences, line
from trip import BUG, KNOWN, SLOW

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SKIPPED = 77   # what ctest takes as "not run"
AT_ONCE = 120   # files that one process of the reader takes


def arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument('--virga', default=str(ROOT / 'build/virga'))
    p.add_argument('--corpus', default=str(ROOT.parent / 'shared/corpus'))
    p.add_argument('--tools', default=str(ROOT / 'build/conformance'), help='where tests/conformance/install put the reader')
    p.add_argument('--sample', type=int, default=0, metavar='N', help='so many of them, always the same ones')
    p.add_argument('--only', default='', help='a regular expression for the names of folders')
    p.add_argument('--equal', type=float, default=0, metavar='PERCENT', help='fail when fewer come back equal')
    p.add_argument('--show', type=int, default=10, metavar='N', help='configurations shown that differ')
    p.add_argument('--required', action='store_true', help='fail when the corpus or the reader is missing')
    return p.parse_args()


# ------------------------------------------------------------------ reading

def files_of(folder):
    return sorted(p for p in folder.glob('*.tf') if p.is_file())


def read_all(paths, tools):
    """{path: what the file says}; nothing for one that cannot be read."""
    out = {}
    paths = [str(p) for p in paths]
    for begin in range(0, len(paths), AT_ONCE):
        done = subprocess.run(['node', str(ROOT / 'tests/conformance/check_terraform.mjs'), str(tools / 'node_modules')],
                              input=json.dumps(paths[begin:begin + AT_ONCE]), capture_output=True, text=True, check=True)
        for path, found in json.loads(done.stdout).items():
            out[path] = found.get('body')
    return out


def merged(bodies):
    """The blocks of all files: {type: {label: {label: [body, …]}}}."""
    def into(target, source):
        for key, value in source.items():
            if isinstance(value, list) and isinstance(target.get(key), list):
                target[key] = target[key] + value
            elif isinstance(value, dict) and isinstance(target.get(key), dict):
                into(target[key], value)
            else:
                target[key] = value
    out = {}
    for body in bodies:
        into(out, json.loads(json.dumps(body)))
    return out


# ------------------------------------------------------------------ the normal form

def blank(text, at):
    """The end of blanks, commas and comments."""
    return re.compile(r'(?:[\s,]|#[^\n]*|//[^\n]*)*').match(text, at).end()


def until(text, at, stops):
    """Where one of these letters stands outside of quotes and brackets."""
    depth, quoted = 0, False
    while at < len(text):
        c = text[at]
        if c == '\\' and quoted:
            at += 1
        elif c == '"':
            quoted = not quoted
        elif not quoted and depth == 0 and c in stops:
            break
        elif not quoted:
            depth += (c in '([{') - (c in ')]}')
        at += 1
    return at


def literal(text, at):
    """(value, end) of an object or a list in HCL; what stands in it otherwise is an expression. One item needs no list: so it is in policies."""
    at = blank(text, at)
    if text[at:at + 1] not in ('{', '['):
        end = until(text, at, ',\n}]')
        return expression(text[at:end]), end
    closing, items, pairs = '}' if text[at] == '{' else ']', [], {}
    at = blank(text, at + 1)
    while at < len(text) and text[at] != closing:
        if closing == '}':
            end = until(text, at, '=:')
            key = text[at:end].strip().strip('"')
            pairs[key], at = literal(text, end + 1)
        else:
            item, at = literal(text, at)
            items.append(item)
        at = blank(text, at)
    return (pairs if closing == '}' else items[0] if len(items) == 1 else items), at + 1


def expression(text):
    """What stands between the braces, without its layout: blanks, commas at line ends, quotes around keys."""
    parts = re.split(r'("(?:[^"\\]|\\.)*")', text)
    for i in range(0, len(parts), 2):
        parts[i] = re.sub(r'#[^\n]*|//[^\n]*', '', parts[i])
        parts[i] = re.sub(r'[\s,]+', '', parts[i]).replace(':', '=')
        parts[i] = re.sub(r'\[(\d+)\]', r'.\1', parts[i])
    out = re.sub(r'"([A-Za-z_][\w-]*)"=', r'\1=', ''.join(parts))
    encoded = re.fullmatch(r'\s*jsonencode\(\s*([{\[].*)\)\s*', text, re.S)
    if encoded:
        value, end = literal(encoded.group(1), 0)
        if not encoded.group(1)[end:].strip():
            return 'jsonencode ' + json.dumps(value, sort_keys=True)   # which sorts the keys by itself
    return out


def text(value):
    """Literal parts as they are, expressions in their normal form. A text that is one expression is that expression."""
    out, at = '', 0
    while True:
        begin = value.find('${', at)
        if begin < 0:
            return out + value[at:]
        if begin > 0 and value[begin - 1] == '$':   # `$${` is no expression
            out += value[at:begin + 2]
            at = begin + 2
            continue
        depth, end, quoted = 0, begin + 1, False
        while end < len(value):
            c = value[end]
            if c == '\\':
                end += 1
            elif c == '"':
                quoted = not quoted
            elif c == '{' and not quoted:
                depth += 1
            elif c == '}' and not quoted:
                depth -= 1
                if depth == 0:
                    break
            end += 1
        inner = expression(value[begin + 2:end])
        whole = re.fullmatch(r'"\$\{(.*)\}"', inner)   # "${x}" within brackets of its own
        out += value[at:begin] + '${' + (whole.group(1) if whole and '${' not in whole.group(1) else inner) + '}'
        at = end + 1


def value_of(value):
    if isinstance(value, dict):
        return {k: value_of(v) for k, v in value.items()}
    if isinstance(value, list):
        return [value_of(v) for v in value]
    if isinstance(value, str):
        return text(value)
    # The provider's schema makes one of the other.
    return value if value is None else json.dumps(value)


def normal(configuration):
    out = value_of(configuration)
    for by_type in (out.get('resource') or {}).values():
        for blocks in by_type.values():
            for block in blocks:
                if isinstance(block, dict) and isinstance(block.get('depends_on'), list):
                    block['depends_on'] = sorted(block['depends_on'])
    for blocks in (out.get('variable') or {}).values():
        for block in blocks:
            kind = re.sub(r'^\$\{(.*)\}$', r'\1', str(block.get('type', 'any')))
            block['type'] = kind   # without one it takes anything
    local = {}
    for block in out.pop('locals', []):
        local.update(block)
    if local:
        out['locals'] = local
    return {k: v for k, v in out.items() if v not in ({}, [])}


# ------------------------------------------------------------------ what is done

def brought(virga, folder, work):
    """What became of a folder (imported, refused or what is wrong), and the configuration that came back."""
    here = work / 'program'
    shutil.copytree(folder, here)
    done = child.run([virga, 'import', here, '-o', here, '--json'])
    if done.hang or done.seconds > SLOW:
        return 'wrong', f'import: {done.seconds:.1f} s', None
    if done.code not in KNOWN:
        return 'wrong', f'import: exit code {done.code}: {done.stderr[-200:]}', None
    if done.code != 0:
        return ('refused', done.stderr.splitlines()[0], None) if done.stderr else ('wrong', 'import: says nothing', None)
    report = json.loads(done.stdout)
    done = child.run([virga, 'compile', here, '--target', report['from'], '-o', work / 'out'])
    if done.code < 0 or done.code == BUG or done.hang:
        return 'wrong', f'compile: exit code {done.code}: {done.stderr[-200:]}', None
    if done.code != 0:
        return 'not compiled', next((e for e in done.stderr.splitlines() if e.startswith('error')), done.stderr[-200:]), None
    return 'compiled', report, work / 'out' / report['from']


def main():
    options = arguments()
    tools = pathlib.Path(options.tools)
    folder = pathlib.Path(options.corpus)
    found = [s for s in corpus.sources(folder, 'terraform') if re.search(options.only, s.name)] if folder.is_dir() else []
    all_ = [(s.name, s.path) for s in corpus.sample(found, options.sample)]
    missing = [w for w, there in (('the corpus', all_), ('the reader', (tools / 'node_modules/@cdktf/hcl2json').is_dir())) if not there]
    if missing:
        print(f'import of Terraform: {" and ".join(missing)} missing')
        return 1 if options.required else SKIPPED
    with tempfile.TemporaryDirectory() as scratch:
        fates = {}
        for number, (name, folder) in enumerate(all_):
            work = pathlib.Path(scratch) / str(number)
            work.mkdir()
            fates[name] = (folder, *brought(options.virga, folder, work))
        compiled = {n: f for n, f in fates.items() if f[1] == 'compiled'}
        read = read_all([p for f in compiled.values() for p in files_of(f[0]) + files_of(f[3])], tools)
        counts, reasons, different = collections.Counter(), collections.Counter(), []
        resources = raised = 0
        for name, (folder, fate, said, out) in fates.items():
            if fate == 'compiled':
                resources += said['totals']['resources']
                raised += said['totals']['raised']
                pair = [[read[str(p)] for p in files_of(f)] for f in (folder, out)]
                if any(body is None for bodies in pair for body in bodies):
                    fate = 'not readable'
                else:
                    found = differences(*(normal(merged(bodies)) for bodies in pair))
                    fate = 'different' if found else 'equal'
                    if found:
                        different.append((name, found))
            counts[fate] += 1
            if fate in ('refused', 'not compiled', 'wrong'):
                reasons[re.sub(r'`[^`]*`', '`…`', f'{fate}: {said}')[:140]] += 1
        print(f'Terraform: {len(all_)} configurations: ' + ', '.join(f'{n} {what}' for what, n in counts.most_common()))
        if resources:
            print(f'  {raised} of {resources} resources raised ({100 * raised / resources:.1f} %)')
        for why, n in reasons.most_common(25):
            print(f'  {n:4} {why}')
        for name, found in sorted(different, key=lambda d: len(d[1]))[:options.show]:
            print(f'  different: {name} ({len(found)})')
            for difference in found[:4]:
                print(f'    {line(difference)}')
        judged = counts['equal'] + counts['different'] + counts['not compiled']
        share = 100 * counts['equal'] / judged if judged else 0
        print(f'  {share:.1f} % come back equal')
        if counts['wrong']:
            return 1
        if share < options.equal:
            print(f'  only {share:.1f} % come back equal, and {options.equal:g} % must')
            return 1
    return 0


if __name__ == '__main__':
    sys.exit(main())
