#!/usr/bin/env python3
"""run.py --virga VIRGA [--format FORMAT ...] [--sample N]: imports of real templates, and their way back.

Each template of the corpus is imported: no crash, no hang, within 2 s of processor time, an architecture or a finding, and every
resource of the source listed. What was imported is compiled to the format that it came from and compared with what it was, both
in their normal forms (normalise.py): templates of SAM by what the vendor's translator makes of them, others as they stand. Then
the shares of resources that are raised, by type.

Each template is also compared with copies of itself that have one thing changed (mutants.py), each of which must be told.

The translator is that of tests/conformance (build/conformance); without it templates of SAM are compared as they stand."""
import argparse
import collections
import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

import child

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SKIPPED = 77   # what ctest takes as "not run"


def say(text=''):
    print(text, flush=True)


def arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument('--virga', default=str(ROOT / 'build/virga'))
    p.add_argument('--format', nargs='+', default=['sam', 'ros', 'serverless-devs'],
                   choices=['sam', 'ros', 'serverless-devs', 'terraform', 'serverless-framework'])
    p.add_argument('--sample', type=int, default=0, metavar='N', help='so many of each format, always the same ones')
    p.add_argument('--only', default='', help='a regular expression for the names of templates')
    p.add_argument('--corpus', default=str(ROOT.parent / 'shared/corpus'))
    p.add_argument('--tools', default=str(ROOT / 'build/conformance'), help='where tests/conformance/install put the translator')
    p.add_argument('--jobs', type=int, default=os.cpu_count() or 1)
    p.add_argument('--required', action='store_true', help='fail when the corpus or the translator is missing')
    p.add_argument('--say-from', action='store_true', help='tell the importer the format instead of having it found')
    p.add_argument('--no-trip', action='store_true', help='import only')
    p.add_argument('--no-mutants', action='store_true', help='do not check the comparison itself')
    p.add_argument('--mutants-only', action='store_true', help='check the comparison alone; needs no program')
    p.add_argument('--code-as-written', action='store_true',
                   help='take a path to code that leads nowhere from the compiled template as one from the source')
    p.add_argument('--equal', type=float, default=0, metavar='PERCENT', help='fail when fewer of the compiled templates come back equal')
    p.add_argument('--show', type=int, default=5, metavar='N', help='differences shown of a template, and places of a mistake (0: all)')
    p.add_argument('--top', type=int, default=40, metavar='N', help='lines of each summary, and templates shown')
    p.add_argument('--write', default='', metavar='FILE', help='put the table of shares between its marks in a file')
    p.add_argument('--report', default='', metavar='FILE', help='everything about every template, as JSON')
    p.add_argument('--readable', type=int, default=0, metavar='N', help='print N imported templates of different kinds, and nothing else')
    p.add_argument('--keep', default='', metavar='FOLDER', help='work there and leave what was made')
    return p.parse_args()


def job(given):
    source, options = given
    import trip
    return trip.judge(source, options)


def judge_all(sources, options, jobs):
    with concurrent.futures.ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(job, [(s, options) for s in sources], chunksize=1)


# ------------------------------------------------------------------ what is told

def told_imports(results):
    fates = collections.Counter(r.get('import', 'none') for r in results)
    seconds = sorted(r['seconds'] for r in results if 'seconds' in r)
    say(f'  {len(results)} templates: ' + ', '.join(f'{n} {what}' for what, n in fates.most_common()))
    if seconds:
        say(f'  processor time of an import: median {seconds[len(seconds) // 2]:.3f} s, most {seconds[-1]:.3f} s; memory at most {max(r["memory"] for r in results if "memory" in r)} MiB')
    odd = [r['name'] for r in results if r.get('layout') is False]
    if odd:
        say(f'  {len(odd)} are laid out in another way than that of `virga fmt`: {odd[0]}')


def told_codes(results, top):
    codes = collections.Counter(c for r in results if r.get('import') == 'refused' for c in r['codes'])
    if codes:
        say('  refused with: ' + ', '.join(f'{c} {n}' for c, n in codes.most_common(top)))


def told_trips(results, options):
    walked = [r for r in results if 'trip' in r]
    if not walked:
        return True
    counts = collections.Counter(r['trip'] for r in walked)
    say(f'  back: {len(walked)} imported, ' + ', '.join(f'{n} {what}' for what, n in counts.most_common()))
    how = collections.Counter((r['how'], r['trip']) for r in walked if 'how' in r)
    for name, text in (('translated', 'compared after the translation'), ('refused', 'refused by the translator, compared as they stand'), ('direct', 'compared as they stand')):
        equal, all_ = how[name, 'equal'], how[name, 'equal'] + how[name, 'different']
        if all_:
            say(f'    {text}: {equal} of {all_} equal')
    errors = collections.Counter(e.split(': ')[0] for r in walked for e in set(r.get('errors', ())))
    if errors:
        say('    not compiled for: ' + ', '.join(f'{c} {n}' for c, n in errors.most_common(options.top)))
    for r, e in [(r, e) for r in walked for e in r.get('errors', ())[:options.show or None]][:options.top]:
        say(f'      {r["name"]}: {e[:200]}')
    groups, places = collections.Counter(), {}
    for r in walked:
        for g in set(r.get('groups', ())):
            groups[g] += 1
            places.setdefault(g, r['name'])
    if groups:
        say('    most frequent differences, by templates:')
        for g, n in groups.most_common(options.top):
            say(f'      {n:5} {g}   ({places[g]})')
    # Those that lack least come first: they are the next to be equal.
    different = sorted((r for r in walked if r['trip'] == 'different'), key=lambda r: len(r['differences']))
    for r in different[:options.top]:
        say(f'    different: {r["name"]} ({len(r["differences"])})')
        shown = r['differences'][:options.show or None]
        for text in shown:
            say(f'      {text}')
        if len(shown) < len(r['differences']):
            say(f'      and {len(r["differences"]) - len(shown)} more')
    if len(different) > options.top:
        say(f'    and {len(different) - options.top} more templates, which --report has')
    judged = counts['equal'] + counts['different']
    share = 100 * counts['equal'] / judged if judged else 0
    if judged and share < options.equal:
        say(f'  only {share:.1f} % come back equal, and {options.equal:g} % must')
        return False
    return True


def told_mutants(results):
    count = sum(r.get('mutants', 0) for r in results)
    wrong = [(r['name'], w) for r in results for w in r.get('blind', ())]
    if count:
        say(f'  the comparison: {count} mutants, {len(wrong)} not seen, {sum(r.get("idle", 0) for r in results)} without effect for the translator')
    for name, what in wrong:
        say(f'    BLIND {name}: {what}')
    return not wrong


def told_wrong(results, options):
    wrong = collections.OrderedDict()
    for r in results:
        for w in r['wrong']:
            wrong.setdefault(': '.join(w.split(': ')[:2]), []).append((r['name'], w))
    for what, places in sorted(wrong.items(), key=lambda i: -len(i[1])):
        say(f'  WRONG {what}: {len(places)}')
        for name, text in places[:options.show or None]:
            say(f'    {name}: {text}')
    return not wrong


def readable(results, count):
    """Prints templates that differ most in what they hold: each is the one with most types that were not shown yet."""
    left = [r for r in results if r.get('text')]
    seen = set()
    for _ in range(min(count, len(left))):
        best = max(left, key=lambda r: (len({k for k, _ in r['resources']} - seen), -len(r['text'])))
        left.remove(best)
        seen |= {k for k, _ in best['resources']}
        raised = sum(fate != 'raw' for _, fate in best['resources'])
        say(f'// {"=" * 20} {best["name"]}: {raised} of {len(best["resources"])} raised\n{best["text"]}')


# ------------------------------------------------------------------

def has_import(virga):
    try:
        done = subprocess.run([virga, 'import', '--help'], capture_output=True, text=True, timeout=60)
    except OSError as e:
        raise SystemExit(f'import: {virga} does not run: {e}')
    return 'virga import' in done.stdout


def main():
    o = arguments()
    corpus_folder = pathlib.Path(o.corpus)
    if not corpus_folder.is_dir():
        say(f'import: not run, there is no corpus at {corpus_folder}')
        return 1 if o.required else 0
    if not o.mutants_only and not has_import(o.virga):
        say(f'import: not run, {o.virga} has no command `import`')
        return 1 if o.required else SKIPPED
    translator = 'sam' in o.format and child.in_environment(pathlib.Path(o.tools))
    if 'sam' in o.format and not translator:
        say(f'import: the translator is not in {o.tools} (tests/conformance/install brings it): templates of SAM are compared as they stand')
        if o.required:
            return 1
    import corpus
    import shares

    work = pathlib.Path(o.keep or tempfile.mkdtemp(prefix='virga-import-')).resolve()
    options = {'virga': '' if o.mutants_only else str(pathlib.Path(o.virga).resolve()), 'work': str(work), 'keep': bool(o.keep),
               'say_from': o.say_from, 'no_trip': o.no_trip or bool(o.readable), 'mutants': not o.no_mutants and not o.readable,
               'translator': translator, 'texts': bool(o.readable), 'code_as_written': o.code_as_written}
    good, everything, tables = True, [], []
    try:
        for form in o.format:
            start = time.monotonic()
            chosen = corpus.sample([s for s in corpus.sources(corpus_folder, form) if re.search(o.only, s.name)], o.sample)
            results = list(judge_all(chosen, options, o.jobs))
            everything += results
            if o.readable:
                continue
            say(f'{form}, {time.monotonic() - start:.0f} s')
            if not o.mutants_only:
                told_imports(results)
                told_codes(results, o.top)
                good &= told_trips(results, o)
                say()
                say('\n'.join(shares.table(form, results, o.top)))
                tables += shares.table(form, results)
            good &= told_mutants(results)
            good &= told_wrong(results, o)
    finally:
        if not o.keep:
            shutil.rmtree(work, ignore_errors=True)
    if o.readable:
        readable(everything, o.readable)
        return 0
    if not everything:
        say('import: no template has such a name')
        return 1
    if o.write:
        shares.write(o.write, tables)
    if o.report:
        pathlib.Path(o.report).write_text(json.dumps(everything, indent=1, ensure_ascii=False), encoding='utf-8')
    say(f'import: {"fine" if good else "FAILED"}, {len(everything)} templates')
    return 0 if good else 1


if __name__ == '__main__':
    sys.exit(main())
