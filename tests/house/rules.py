#!/usr/bin/env python3
"""rules.py: no gathered rule is lost. tests/limits/rules.yaml says of each what became of it; a code that it names is a registered
one and has a program in tests/errors, or an example on its page, that has it. Where the rules lie beside this repository
(../shared/facts), each stands in the list, and the list names no others."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
GATHERED = ROOT.parent / 'shared' / 'facts'
WAYS = ('codes', 'construction', 'unsaid', 'missing')


def registered():
    found = set()
    for path in [*ROOT.glob('compiler/**/codes.def'), *ROOT.glob('backends/**/codes.def')]:
        found |= set(re.findall(r'"([a-z]+/[a-z-]+)"', path.read_text(errors="replace")))
    for path in [*ROOT.glob('backends/*/catalog/bounds.yaml'), *ROOT.glob('backends/*/catalog/packages.yaml')]:
        found |= set(re.findall(r'code: "?([a-z]+/[a-z-]+)', path.read_text(errors="replace")))
    return found


def shown():
    """Codes that some program or page is expected to have; those of bounds are tried one by one in tests/limits/run.py."""
    found = set()
    for path in [*ROOT.glob('tests/errors/*.virga'), *ROOT.glob('compiler/**/explain/**/*.md'), *ROOT.glob('backends/**/explain/**/*.md')]:
        found |= set(re.findall(r'(?:error|warning|note)\[([a-z]+/[a-z-]+)\]', path.read_text(errors="replace")))
    for path in ROOT.glob('backends/*/catalog/bounds.yaml'):
        found |= set(re.findall(r'code: "?([a-z]+/[a-z-]+)', path.read_text(errors="replace")))
    return found


def main():
    try:
        import yaml
    except ImportError:
        print('rules: PyYAML is not installed')
        sys.exit(77)
    rows = yaml.safe_load((ROOT / 'tests/limits/rules.yaml').read_text())
    wrong, codes, examples = [], registered(), shown()
    for row in rows:
        ways = [w for w in WAYS if row.get(w)]
        if len(ways) != 1:
            wrong.append(f'{row["rule"]}: says one of {", ".join(WAYS)}')
        for code in row.get('codes', []):
            if code not in codes:
                wrong.append(f'{row["rule"]}: there is no code {code}')
            elif code not in examples:
                wrong.append(f'{row["rule"]}: no program shows {code}')
    names = [row['rule'] for row in rows]
    wrong += [f'{n} stands twice' for n in sorted({n for n in names if names.count(n) > 1})]
    gathered = None
    if GATHERED.is_dir():
        gathered = {rule['id'] for path in GATHERED.glob('*-rules.yaml') for rule in yaml.safe_load(path.read_text())}
        wrong += [f'{n} is gathered, and not in the list' for n in sorted(gathered - set(names))]
        wrong += [f'{n} is in the list, and nobody gathered it' for n in sorted(set(names) - gathered)]
    if wrong:
        print('\n'.join(wrong))
        sys.exit(1)
    tally = ', '.join(f'{sum(1 for r in rows if r.get(w))} {w}' for w in WAYS)
    beside = '' if gathered is not None else '; the gathered rules are not beside this repository'
    print(f'rules: {len(rows)} ({tally}){beside}')


if __name__ == '__main__':
    main()
