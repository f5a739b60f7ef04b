#!/usr/bin/env python3
"""run.py --virga VIRGA [--only RE] [--keep FOLDER]: walks every cell of the portability matrix.

For each kind and each edge on each target a program is generated. Where the matrix says that it can be, the program compiles;
where it says that it cannot, the compiler refuses it with the cell's own message. A cell without a message, and one that the
matrix and the compiler disagree about, fails. What other parties say of the templates is asked by tests/conformance."""
import argparse
import concurrent.futures
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from cells import cells, write


def judge(virga, cell, folder):
    """Nothing when the cell is as the matrix says, else what is wrong."""
    if cell.text is None:
        return cell.why
    if cell.says.startswith('no row'):
        return 'the matrix has an empty cell: give it a row that says what is possible instead'
    if not cell.says:
        return 'the cell says nothing'
    write(folder, cell.text)
    done = subprocess.run([virga, 'compile', folder, '--target', cell.target, '-o', folder / 'out'], capture_output=True, text=True, timeout=120)
    if cell.verdict != 'impossible':
        if done.returncode == 0:
            return None
        return f'{cell.verdict}, says the matrix, and the compiler refuses:\n{cell.text}\n{done.stderr}'
    if done.returncode == 0:
        return f'impossible, says the matrix, and the compiler makes it:\n{cell.text}'
    if done.returncode != 1:
        return f'exit code {done.returncode}:\n{done.stderr}'
    if cell.says.startswith('no words yet'):
        return None if 'error[target/unsaid]' in done.stderr or 'no words yet' in done.stderr else f'refused, and not for want of words:\n{done.stderr}'
    told = ' '.join(line.split(' ', 3)[-1] if line.startswith('  = ') else line for line in done.stderr.splitlines())
    if re.sub(r'\W+', ' ', cell.says) not in re.sub(r'\W+', ' ', told):
        return f'refused, and not with the words of the cell ({cell.says}):\n{cell.text}\n{done.stderr}'
    return None


def main():
    p = argparse.ArgumentParser()
    p.add_argument('--virga', required=True)
    p.add_argument('--only', default='')
    p.add_argument('--keep', default='')
    options = p.parse_args()
    folder = pathlib.Path(options.keep or tempfile.mkdtemp())
    shutil.rmtree(folder, ignore_errors=True)
    wanted = [c for c in cells(options.virga) if re.search(options.only, c.name)]
    wrong = []
    with concurrent.futures.ThreadPoolExecutor() as pool:
        # `->` and `~>` would be one name without the number.
        told = pool.map(lambda i: judge(options.virga, wanted[i], folder / f"{i:03}-{re.sub(r'[^a-z_.]+', '-', wanted[i].name)}"), range(len(wanted)))
        for cell, why in zip(wanted, told):
            if why:
                wrong.append(cell.name)
                print(f'portability: {cell.name}: {why}\n')
    if not options.keep:
        shutil.rmtree(folder, ignore_errors=True)
    possible = sum(c.verdict != 'impossible' for c in wanted)
    print(f'portability: {len(wanted)} cells, {possible} of them compile, {len(wanted) - possible} are refused with their reason'
          if not wrong else f'portability: {len(wrong)} of {len(wanted)} cells are not as the matrix says')
    sys.exit(1 if wrong else 0)


if __name__ == '__main__':
    main()
