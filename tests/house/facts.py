#!/usr/bin/env python3
"""facts.py: no gathered fact is lost. Where the lists of vendors' limits and prices lie beside this repository (../shared/facts),
each of their ids stands in the catalogue of its cloud, or in its left-out.yaml with the reason."""
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
GATHERED = ROOT.parent / 'shared' / 'facts'
LISTS = {'aws': ('aws-limits', 'aws-limits-extra', 'aws-pricing'), 'aliyun': ('aliyun-limits', 'aliyun-pricing')}


def load(path):
    import yaml
    return yaml.safe_load(path.read_text()) or []


def standing(cloud):
    folder = ROOT / 'backends' / cloud / 'catalog'
    files = sorted(folder.glob('facts*.yaml')) + [folder / 'prices.yaml']
    return {entry['id'] for path in files for entry in load(path)}


def left_out(cloud):
    return [pattern for entry in load(ROOT / 'backends' / cloud / 'catalog' / 'left-out.yaml') for pattern in entry['ids']]


def main():
    try:
        import yaml  # noqa: F401
    except ImportError:
        print('facts: PyYAML is not installed')
        sys.exit(77)
    if not GATHERED.is_dir():
        print('facts: the lists of gathered facts are not beside this repository')
        sys.exit(77)
    lost, seen = [], 0
    for cloud, names in LISTS.items():
        have, patterns = standing(cloud), left_out(cloud)
        gathered = {entry['id'].removeprefix(cloud + '.') for name in names for entry in load(GATHERED / f'{name}.yaml')}
        seen += len(gathered)
        named = lambda id, pattern: id.startswith(pattern[:-1]) if pattern.endswith('*') else id == pattern  # noqa: E731
        lost += [f'{cloud}: {id} stands neither in the catalogue nor in left-out.yaml'
                 for id in sorted(gathered - have) if not any(named(id, p) for p in patterns)]
        lost += [f'{cloud}: left-out.yaml names `{p}`, which nobody gathered'
                 for p in patterns if not any(named(id, p) for id in gathered)]
    print('\n'.join(lost) if lost else f'facts: each of {seen} gathered facts stands in a catalogue or is left out with a reason')
    sys.exit(1 if lost else 0)


if __name__ == '__main__':
    main()
