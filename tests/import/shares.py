"""How much of templates is raised to kinds of the language, and how much stays raw: a table for people and for the docs."""
import collections
import pathlib

BEGIN, END = '<!-- shares of imports: begin -->', '<!-- shares of imports: end -->'


def rows(results):
    """[(type, templates, resources, raised, of those beside another one)], the most frequent first."""
    templates, resources, raised, beside = (collections.Counter() for _ in range(4))
    for result in results:
        for kind in {k for k, _ in result['resources']}:
            templates[kind] += 1
        for kind, fate in result['resources']:
            resources[kind] += 1
            raised[kind] += fate in ('raised', 'beside')
            beside[kind] += fate == 'beside'
    return sorted(((k, templates[k], resources[k], raised[k], beside[k]) for k in resources), key=lambda r: (-r[1], -r[2], r[0]))


def percent(part, whole):
    return f'{100 * part / whole:.1f} %' if whole else '–'


def table(form, results, most=None):
    """Markdown. `most`: so many types, the others together."""
    imported = [r for r in results if r.get('import') == 'imported']
    all_ = rows(imported)
    lines = [f'### {form}', '', '| type | templates | resources | raised | of those beside | share |', '|---|--:|--:|--:|--:|--:|']
    shown = all_ if most is None else all_[:most]
    lines += [f'| `{k}` | {t} | {n} | {up} | {by or ""} | {percent(up, n)} |' for k, t, n, up, by in shown]
    if len(shown) < len(all_):
        rest = all_[len(shown):]
        n, up, by = (sum(r[i] for r in rest) for i in (2, 3, 4))
        lines.append(f'| {len(rest)} other types | | {n} | {up} | {by} | {percent(up, n)} |')
    n, up, by = (sum(r[i] for r in all_) for i in (2, 3, 4))
    lines.append(f'| all | {len(imported)} | {n} | {up} | {by} | {percent(up, n)} |')
    whole = sum(all(fate != 'raw' for _, fate in r['resources']) for r in imported if r['resources'])
    some = sum(bool(r['resources']) for r in imported)
    lines += ['', f'{len(imported)} of {len(results)} templates are imported; {whole} of {some} with resources are raised as a whole ({percent(whole, some)}).', '']
    return lines


def write(path, lines, begin=BEGIN, end=END):
    """The table between the two marks of a file."""
    path = pathlib.Path(path)
    text = path.read_text(encoding='utf-8')
    if text.count(begin) != 1 or text.count(end) != 1 or text.index(begin) > text.index(end):
        raise SystemExit(f'import: {path} needs the lines {begin} and {end}')
    before, rest = text.split(begin)
    path.write_text(before + begin + '\n\n' + '\n'.join(lines).strip() + '\n\n' + end + rest.split(end)[1], encoding='utf-8')
