"""What is not the same in two documents in their normal forms, each with its path and both values."""
import re

from documents import mapping
from normalise import TEXT, order, same


class Missing:
    def __repr__(self):
        return 'nothing'


MISSING = Missing()
MOST = 140   # letters of a value that is shown


def differences(a, b, path=()):
    """[(path, source value, compiled value)]"""
    if isinstance(a, dict) and isinstance(b, dict):
        out = []
        for key in [*a, *(k for k in b if k not in a)]:
            if key in a and key in b:
                out += differences(a[key], b[key], (*path, key))
            else:
                out.append(((*path, key), a.get(key, MISSING), b.get(key, MISSING)))
        return out
    if isinstance(a, list) and isinstance(b, list) and len(a) == len(b):
        return [d for i, (x, y) in enumerate(zip(a, b)) for d in differences(x, y, (*path, i))]
    return [] if same(a, b) else [(path, a, b)]


def show(value):
    """A value as people write it: references in texts as `${…}`, the rest as JSON on one line."""
    if value is MISSING:
        return 'nothing'
    if isinstance(value, dict) and TEXT in value:
        text = '"' + ''.join(p if isinstance(p, str) else '${' + reference(p) + '}' for p in value[TEXT]) + '"'
    else:
        text = order(value)
    return text if len(text) <= MOST else text[:MOST - 1] + '…'


def reference(part):
    inner = next(iter(part.values())) if isinstance(part, dict) and len(part) == 1 else None
    return inner if isinstance(inner, str) else order(part)


def line(difference):
    path, a, b = difference
    return f'{".".join(map(str, path))}: {show(a)} ≠ {show(b)}'


def group(difference, source, compiled):
    """`type.property` of a difference, for counting."""
    path, a, b = difference
    lost = '(lost)' if b is MISSING else '(added)' if a is MISSING else ''
    for section, type_key, properties in (('Resources', 'Type', 'Properties'), ('resources', 'component', 'props')):
        if path[:1] != (section,) or len(path) < 2:
            continue
        thing = mapping(mapping(source.get(section)).get(path[1])) or mapping(mapping(compiled.get(section)).get(path[1]))
        kind = thing.get(type_key, '?')
        if len(path) == 2:
            return f'{kind} {lost}'.rstrip()
        return f'{kind}.{path[3]}' if path[2] == properties and len(path) > 3 else f'{kind} {path[2]}'
    if len(path) == 2:
        return f'{path[0]} {lost}'
    return '.'.join([str(path[0]), '*', *map(str, path[2:3])]) if len(path) > 1 else str(path[0])


# ------------------------------------------------------------------ names that are not compared

def pair_conditions(source, compiled):
    """The compiled document with its conditions under the source's names, where they say the same: uses are resolved anyway."""
    ours, theirs = mapping(source.get('Conditions')), mapping(compiled.get('Conditions'))
    free = {name: order(says) for name, says in ours.items() if name not in theirs}
    renamed = {}
    for name, says in theirs.items():
        found = None if name in ours else next((n for n, s in free.items() if s == order(says)), None)
        free.pop(found, None)
        renamed[found or name] = says
    return {**compiled, 'Conditions': renamed} if renamed else compiled


HASHED = re.compile(r'(.+?)([0-9a-f]{10})')


def pair_hashed(source, compiled):
    """(compiled, pairs): the translator ends some ids with a hash of what it makes them of. What differs there is compared where
    it stands, so the compiled document gets the source's ids; the pairs tell of hashes that nothing else explains."""
    ours, theirs = mapping(source.get('Resources')), mapping(compiled.get('Resources'))
    lost = [k for k in ours if k not in theirs and HASHED.fullmatch(k)]
    added = [k for k in theirs if k not in ours and HASHED.fullmatch(k)]
    pairs = []
    for old in added:
        base, kind = HASHED.fullmatch(old)[1], mapping(theirs[old]).get('Type')
        new = next((k for k in lost if HASHED.fullmatch(k)[1] == base and mapping(ours[k]).get('Type') == kind), None)
        if new:
            lost.remove(new)
            pairs.append((new, old))
            compiled = renamed_in(compiled, old, new)
            # The whole hash, of which the id has the beginning, stands in the description of a deployment.
            for key in ('Description',):
                said, says = (mapping(mapping(d['Resources'][new]).get('Properties')) for d in (source, compiled))
                whole = re.compile(r'(RestApi deployment id: )[0-9a-f]{40}$')
                if all(isinstance(d.get(key), str) and whole.match(d[key]) for d in (said, says)):
                    says[key] = said[key]
    return compiled, pairs


def renamed_in(value, old, new):
    if isinstance(value, dict):
        return {k.replace(old, new): renamed_in(v, old, new) for k, v in value.items()}
    if isinstance(value, list):
        return [renamed_in(v, old, new) for v in value]
    return value.replace(old, new) if isinstance(value, str) else value
