#!/usr/bin/env python3
"""costs.py: each price of a cloud is used by a row of its table of costs, by another price that counts in its units or shares its
free ones, or is listed as unused with the reason."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def family(id):
    return re.sub(r'\.tier\d+$', '', id)


def main():
    try:
        import yaml
    except ImportError:
        print('costs: PyYAML is not installed')
        sys.exit(77)
    wrong, seen = [], 0
    for folder in sorted(ROOT.glob('backends/*/catalog')):
        prices = yaml.safe_load((folder / 'prices.yaml').read_text())
        rows = yaml.safe_load((folder / 'costs.yaml').read_text())
        used = set()
        for row in rows:
            for item in row.get('costs', []):
                used |= set(item['price']) if isinstance(item['price'], list) else {item['price']}
        listed = [id for row in rows for id in row.get('unused', [])]
        for price in prices:
            id, seen = price['id'], seen + 1
            in_use = id in used or family(id) in used or any(
                family(other['id']) in used and (other['currency'] == price['unit'] or other.get('free_of') == id) for other in prices)
            if in_use == (id in listed):
                wrong.append(f'{folder.parent.name}: {id} is ' + ('used, and listed as unused' if in_use else 'neither used nor listed as unused'))
        wrong += [f'{folder.parent.name}: {row["unused"]} are unused without a reason' for row in rows if 'unused' in row and not row.get('why')]
        wrong += [f'{folder.parent.name}: {id} is listed, but is no price' for id in listed if id not in {p['id'] for p in prices}]
    print('\n'.join(wrong) if wrong else f'costs: each of {seen} prices is used, or unused for a reason')
    sys.exit(1 if wrong else 0)


if __name__ == '__main__':
    main()
