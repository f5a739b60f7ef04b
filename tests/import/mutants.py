"""A template with one thing changed, each of which the comparison must see: what looks away from too much would find everything equal."""
import copy

import normalise
from differences import differences
from documents import CODE, is_local, mapping

# What no engine or translator reads, or reads only together with something else.
UNREAD = ('Metadata', 'AutoPublishCodeSha256', 'Connectors')


def leaves(value, path=()):
    """(path, scalar) for everything below a value that no function computes."""
    if isinstance(value, dict):
        if len(value) == 1 and next(iter(value)).startswith(('Fn::', 'Ref', 'Condition')):
            return
        for key, inner in value.items():
            if key not in UNREAD:
                yield from leaves(inner, (*path, key))
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from leaves(inner, (*path, i))
    elif value is not None:
        yield path, value


def other(value):
    if isinstance(value, bool):
        return not value
    if isinstance(value, (int, float)):
        return value + 1
    if value.strip().lower() in ('true', 'false'):
        return 'false' if value.strip().lower() == 'true' else 'true'
    if value.strip().isdigit():
        return str(int(value) + 1)
    return value + 'x'


def at(value, path):
    for key in path:
        value = value[key]
    return value


def mutants(document):
    """(what, mutant): a property changed in the first, the middle and the last place where there is one, a resource removed, an id renamed, and one entry of
    each other section removed."""
    lower = 'resources' in document
    section, inside = ('resources', 'props') if lower else ('Resources', 'Properties')
    resources = mapping(document.get(section))
    named = [k for k, r in resources.items() if isinstance(r, dict) and (lower or isinstance(r.get('Type'), str))]
    changeable = [(section, name, inside, *path) for name in named for path, value in leaves(mapping(resources[name].get(inside)))
                  if path and not (path[-1] in CODE.get(str(resources[name].get('Type')), ()) and is_local(value))]
    for where in sorted({0, len(changeable) // 2, len(changeable) - 1}) if changeable else ():
        path = changeable[where]
        out = copy.deepcopy(document)
        holder = at(out, path[:-1])
        holder[path[-1]] = other(holder[path[-1]])
        yield 'changed ' + '.'.join(map(str, path)), out
    if named:
        name = named[len(named) // 2]
        out = copy.deepcopy(document)
        del out[section][name]
        yield f'removed {section}.{name}', out
        out = copy.deepcopy(document)
        out[section] = {k + ('Renamed' if k == name else ''): v for k, v in out[section].items()}
        yield f'renamed {section}.{name}', out
    for other_section in ('Parameters', 'Mappings', 'Conditions', 'Outputs') if not lower else ():
        entries = mapping(document.get(other_section))
        if entries:
            out = copy.deepcopy(document)
            name = next(reversed(out[other_section]))
            del out[other_section][name]
            yield f'removed {other_section}.{name}', out


def blind(comparer):
    """(mutants, those without effect, what the comparison does not see) of the source of a comparer. Without effect is what the
    vendor's translator does not read in this place: it makes the very same of the mutant, which differs from the source only as written."""
    wrong, count, idle = [], 0, 0
    if comparer.compare(copy.deepcopy(comparer.source)).differences:
        wrong.append('a template is not the same as itself')
    for what, mutant in mutants(comparer.source):
        count += 1
        found = comparer.compare(mutant)
        if found.how == 'elsewhere' or found.differences:
            continue
        written = differences(normalise.document(comparer.source), normalise.document(mutant))
        if found.how == 'translated' and written and comparer.translated(mutant)[0] == comparer.made[0]:
            idle += 1
        else:
            wrong.append(f'{what}: not seen')
    return count, idle, wrong
