#!/usr/bin/env python3
"""run.py: rules of the house that no compiler checks. Nothing under compiler/ names a vendor (the pages of findings may: their
examples have targets), and nothing anywhere names a folder of somebody's machine."""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
CODE = ('.cpp', '.h', '.def', '.txt', '.g4')
VENDORS = re.compile(r'(?<![a-z])aws(?![a-z])|amazon|lambda|cloudformation|aliyun|alibaba|\bros\b|terraform|hashicorp|\bsam\b', re.I)
MACHINES = re.compile(r'(?<![\w.:}$-])/(home|root|Users)/[a-z]')


def files():
    listed = subprocess.run(['git', 'ls-files'], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode == 0:
        return [ROOT / name for name in listed.stdout.splitlines()]
    return [p for p in ROOT.rglob('*') if p.is_file() and not p.relative_to(ROOT).parts[0].startswith(('build', '.'))]


def main():
    wrong = []
    for path in files():
        if not path.is_file() or path == pathlib.Path(__file__).resolve():
            continue
        name = path.relative_to(ROOT)
        text = path.read_text(errors='replace')
        for number, line in enumerate(text.splitlines(), 1):
            if name.parts[0] == 'compiler' and path.suffix in CODE and VENDORS.search(line):
                wrong.append(f'{name}:{number}: a vendor is named under compiler/: {line.strip()[:100]}')
            if MACHINES.search(line):
                wrong.append(f'{name}:{number}: a path of a machine: {line.strip()[:100]}')
    print('\n'.join(wrong) if wrong else 'house: nothing under compiler/ names a vendor, nothing names a machine')
    sys.exit(1 if wrong else 0)


if __name__ == '__main__':
    main()
