#!/usr/bin/env python3
"""moves.py --virga VIRGA [--sample N]: real templates that move to the other cloud.

Each SAM template of the corpus is migrated to `aliyun.ros` and each s.yaml to `aws.sam`. Each ends in one of two ways: a template
was made and the validators of its cloud (tests/conformance) find nothing wrong with it, or the report says in rows that block
what keeps it from arriving, and no template is there. Anything else is a mistake. What blocks is counted by templates; so is how
many of those arrive whose resources all have a counterpart there (counterparts.yaml)."""
import argparse
import collections
import concurrent.futures
import hashlib
import importlib.util
import json
import os
import pathlib
import re
import shutil
import sys
import tempfile

import child
import corpus
import documents
import shares
from documents import mapping
from trip import ended

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SKIPPED = 77   # what ctest takes as "not run"
WAYS = {'sam': 'aliyun.ros', 'serverless-devs': 'aws.sam'}
MARKS = ('<!-- moves: begin -->', '<!-- moves: end -->')
# A name in a reason, so that the same reason is one for all templates.
NAMED = re.compile(r'`[^`]*`|"[^"]*"|\b\d[\d.,]*\b')


def say(text=''):
    print(text, flush=True)


def arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument('--virga', default=str(ROOT / 'build/virga'))
    p.add_argument('--format', nargs='+', default=list(WAYS), choices=list(WAYS))
    p.add_argument('--corpus', default=str(ROOT.parent / 'shared/corpus'))
    p.add_argument('--tools', default=str(ROOT / 'build/conformance'), help='where tests/conformance/install put the validators')
    p.add_argument('--sample', type=int, default=0, metavar='N', help='so many of each format, always the same ones')
    p.add_argument('--only', default='', help='a regular expression for the names of templates')
    p.add_argument('--jobs', type=int, default=os.cpu_count() or 1)
    p.add_argument('--whole', type=float, default=0, metavar='PERCENT',
                   help='fail when fewer of the SAM templates whose types all have a counterpart arrive whole')
    p.add_argument('--no-validators', action='store_true', help='move only')
    p.add_argument('--top', type=int, default=25, metavar='N', help='reasons shown')
    p.add_argument('--write', default='', metavar='FILE', help='put the table between its marks in a file')
    p.add_argument('--report', default='', metavar='FILE', help='everything about every template, as JSON')
    p.add_argument('--keep', default='', metavar='FOLDER', help='work there and leave what was made')
    return p.parse_args()


def counterparts():
    import yaml
    return {kind for kinds in yaml.safe_load((HERE / 'counterparts.yaml').read_text()).values() for kind in kinds}


# ------------------------------------------------------------------ one template

def move(given):
    source, options = given
    out = {'name': source.name, 'form': source.form, 'wrong': [], 'blocking': [], 'fate': ''}
    folder = pathlib.Path(options['work']) / hashlib.sha1(source.name.encode()).hexdigest()[:12]
    try:
        walk(source, options, folder, out)
    except Exception as e:   # a bug of this script, which must not hide behind the template
        out['wrong'].append(f'the script failed: {type(e).__name__}: {e}')
    return out


def walk(source, options, folder, out):
    document = corpus.read(source.path)
    _, copy = documents.bring(source.path, document, folder, texts=False)   # what they would say is what moves
    out['types'] = sorted({str(mapping(r).get('Type')) for r in mapping(mapping(document).get('Resources')).values()})
    target = WAYS[source.form]
    done = child.run([options['virga'], 'migrate', copy, '--to', target, '-o', folder / 'out', '--form', 'json'])
    out['seconds'] = round(done.seconds, 3)
    out['fate'] = ended(done, 'migrate', out)
    if out['fate']:
        return
    made = sorted((folder / 'out' / target).rglob('template.yaml'))
    if not done.stdout.strip():
        out['fate'] = 'not imported'
        if done.code == 0 or not done.stderr.strip() or made:
            out['wrong'].append(f'no report, exit code {done.code}, {len(made)} templates')
        return
    report = json.loads(done.stdout)
    blocking = [r for r in report['rows'] if r.get('blocking')]
    out['blocking'] = [{k: r.get(k, '') for k in ('id', 'type', 'property', 'says')} for r in blocking]
    out['made'] = [str(p) for p in made]
    if report['made'] and not blocking and done.code == 0 and made:
        out['fate'] = 'whole'
    elif blocking and not report['made'] and done.code == 1 and not made:
        out['fate'] = 'blocked'
        out['wrong'] += [f'blocks and does not say why: {r["id"]}' for r in blocking if not r.get('says')]
    else:
        out['fate'] = 'neither'
        out['wrong'].append(f'exit code {done.code}, made {report["made"]}, {len(blocking)} rows block, {len(made)} templates: '
                            f'{done.stderr.strip().splitlines()[:1]}')


# ------------------------------------------------------------------ what the validators say

def conformance():
    spec = importlib.util.spec_from_file_location('conformance', ROOT / 'tests/conformance/run.py')
    found = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = found   # its workers look for their functions there
    spec.loader.exec_module(found)
    return found


def validate(results, tools, shared, work, jobs):
    """Adds what is wrong in each template that was made."""
    judges = conformance()
    for form, target in WAYS.items():
        made = [judges.Template(f'{r["name"]}\n{i}', target.split('.')[0], pathlib.Path(path), documents.load(path))
                for r in results if r['form'] == form and r['fate'] == 'whole' for i, path in enumerate(r['made'])]
        if not made:
            continue
        if target == 'aws.sam':
            found = judges.check_aws(made, tools, shared, work, jobs)
        else:
            found = judges.check_aliyun(made, tools, shared)
        by_name = {r['name']: r for r in results}
        for name, findings in found.items():
            for f in judges.errors_of(findings):
                by_name[name.split('\n')[0]]['wrong'].append(f'{f.by} {f.rule}: {f.resource}: {f.message}')


# ------------------------------------------------------------------ what is told

def reason(row):
    return (row['type'] or 'app') + (f'.{row["property"]}' if row['property'] else '') + ': ' + NAMED.sub('…', row['says'])


def blockers(results):
    """[(reason, templates, those that nothing else blocks, one of them)], the most frequent first."""
    names, alone = collections.defaultdict(set), collections.Counter()
    for r in results:
        own = {reason(row) for row in r['blocking']}
        for text in own:
            names[text].add(r['name'])
        if len(own) == 1:
            alone[own.pop()] += 1
    return sorted(((t, len(n), alone[t], min(n)) for t, n in names.items()), key=lambda i: (-i[1], i[0]))


def told(form, results, top):
    fates = collections.Counter(r['fate'] for r in results)
    say(f'{form} to {WAYS[form]}: {len(results)} templates: ' + ', '.join(f'{n} {what}' for what, n in fates.most_common()))
    seconds = sorted(r.get('seconds', 0) for r in results)
    say(f'  processor time: median {seconds[len(seconds) // 2]:.3f} s, most {seconds[-1]:.3f} s')
    say('  what blocks, by templates (and where nothing else does):')
    for text, count, alone, one in blockers(results)[:top]:
        say(f'    {count:5} ({alone:4}) {text[:230]}   [{one}]')


def could_arrive(results, kinds):
    """Templates of SAM whose types all have a counterpart, and those of them that arrive."""
    could = [r for r in results if r['form'] == 'sam' and r.get('types') and set(r['types']) <= kinds and r['fate'] != 'not imported']
    return could, [r for r in could if r['fate'] == 'whole' and not r['wrong']]


def share(results, kinds):
    """How many of them arrive, in percent."""
    could, whole = could_arrive(results, kinds)
    if not could:
        return 100.0, could
    say(f'  {len(whole)} of the {len(could)} whose types all have a counterpart arrive whole ({100 * len(whole) / len(could):.1f} %)')
    return 100 * len(whole) / len(could), could


def table(results, kinds, most):
    """Markdown of all of it."""
    lines = ['| from | to | templates | whole | blocked, and told why | not imported |', '|---|---|--:|--:|--:|--:|']
    for form, target in WAYS.items():
        mine = [r for r in results if r['form'] == form]
        fates = collections.Counter(r['fate'] for r in mine)
        lines.append(f'| {form} | `{target}` | {len(mine)} | {fates["whole"]} | {fates["blocked"]} | {fates["not imported"]} |')
    could, whole = could_arrive(results, kinds)
    lines += ['', f'Of the {len(could)} SAM templates whose resource types all have a counterpart, {len(whole)} arrive whole '
                  f'({shares.percent(len(whole), len(could))}). What blocks most of the others:', '',
              '| templates | where nothing else does | what blocks |', '|--:|--:|---|']
    blocked = [r for r in could if r['fate'] == 'blocked']
    lines += [f'| {n} | {alone or ""} | {text.replace("|", "/")} |' for text, n, alone, _ in blockers(blocked)[:most]]
    return lines


def main():
    o = arguments()
    folder, tools = pathlib.Path(o.corpus), pathlib.Path(o.tools)
    if not folder.is_dir():
        say(f'moves: not run, there is no corpus at {folder}')
        return SKIPPED
    if not o.no_validators:
        if not child.in_environment(tools):
            say(f'moves: not run, the validators are not in {tools}: run tests/conformance/install')
            return 1 if os.environ.get('VIRGA_CONFORMANCE') == 'required' else SKIPPED
        sys.path.append(str(ROOT / 'tests/conformance'))
    work = pathlib.Path(o.keep or tempfile.mkdtemp(prefix='virga-moves-'))
    results = []
    try:
        for form in o.format:
            chosen = corpus.sample([s for s in corpus.sources(folder, form) if re.search(o.only, s.name)], o.sample)
            options = {'virga': o.virga, 'work': str(work)}
            with concurrent.futures.ProcessPoolExecutor(o.jobs) as pool:
                results += pool.map(move, [(s, options) for s in chosen], chunksize=1)
        if not o.no_validators:
            validate(results, tools, folder.parent / 'validators', work, o.jobs)
        good = True
        for form in o.format:
            mine = [r for r in results if r['form'] == form]
            if not mine:
                continue
            told(form, mine, o.top)
            if form == 'sam':
                arrived, could = share(mine, counterparts())
                if arrived < o.whole:
                    say(f'  and {o.whole:g} % must')
                    good = False
                told_blockers = [r for r in could if r['fate'] == 'blocked']
                if told_blockers:
                    say('  of those:')
                    told(form, told_blockers, o.top)
        if o.write:
            shares.write(o.write, table(results, counterparts(), 20), *MARKS)
        wrong = [(r['name'], w) for r in results for w in r['wrong']]
        for name, text in wrong:
            say(f'  WRONG {name}: {text}')
        if o.report:
            pathlib.Path(o.report).write_text(json.dumps(results, indent=1, ensure_ascii=False))
        say(f'moves: {"fine" if good and not wrong else "FAILED"}, {len(wrong)} mistakes')
        return 0 if good and not wrong else 1
    finally:
        if not o.keep:
            shutil.rmtree(work, ignore_errors=True)


if __name__ == '__main__':
    sys.exit(main())
