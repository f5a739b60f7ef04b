"""Templates as data: reading them, finding references, breaking them on purpose."""
import copy
import json
import re

import yaml

SHORT = {'Ref': 'Ref', 'Condition': 'Condition'}


class Loader(getattr(yaml, 'CSafeLoader', yaml.SafeLoader)):
    """YAML with the short forms of functions (`!Ref`), and dates left as the texts that they are."""


def _short(loader, suffix, node):
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)
    if suffix == 'GetAtt' and isinstance(value, str):
        value = value.split('.', 1)
    return {SHORT.get(suffix, 'Fn::' + suffix): value}


Loader.add_multi_constructor('!', _short)
Loader.add_constructor('tag:yaml.org,2002:timestamp', lambda loader, node: loader.construct_scalar(node))


def load(path):
    with open(path, encoding='utf-8') as file:
        return yaml.load(file, Loader)


def dump(template, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(template, indent=1, ensure_ascii=False), encoding='utf-8')


def _references(value, names):
    """(holder, key, target) for every reference to one of names below value, in the order of the text."""
    if isinstance(value, list):
        for item in value:
            yield from _references(item, names)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key == 'Ref' and inner in names:
                yield value, key, inner
            elif key == 'Fn::GetAtt' and isinstance(inner, list) and inner[0] in names:
                yield inner, 0, inner[0]
            elif key == 'Fn::Sub':
                text = inner if isinstance(inner, str) else inner[0]
                given = {} if isinstance(inner, str) else inner[1]
                for m in re.finditer(r'\$\{([^!}.]+)(\.[^}]+)?\}', text):
                    if m[1] in names and m[1] not in given:
                        yield (value, key, m[1]) if isinstance(inner, str) else (inner, 0, m[1])
                        break
                yield from _references(given, names)
            else:
                yield from _references(inner, names)


def _misspelt(name):
    """The name with its last two letters the other way round, or doubled when that changes nothing."""
    return name[:-2] + name[-1] + name[-2] if len(name) > 1 and name[-1] != name[-2] else name + name[-1]


def mutants(template, required):
    """(what, resource type, template) with one mistake each: per resource type, in the first resource where it is possible,
    a property misspelt, a reference cut, and a required property removed. `required` maps types to such properties."""
    resources = template.get('Resources', {})
    names = set(resources) | set(template.get('Parameters', {}))
    done = set()
    for name, resource in resources.items():
        kind = resource['Type']
        properties = resource.get('Properties') or {}
        if properties and ('misspelt', kind) not in done:
            done.add(('misspelt', kind))
            broken = copy.deepcopy(template)
            # Not always the first: the middle one of the names in their order.
            victim = sorted(properties)[len(properties) // 2]
            inside = broken['Resources'][name]['Properties']
            inside[_misspelt(victim)] = inside.pop(victim)
            yield f'{name}.{victim} misspelt', kind, broken
        broken = copy.deepcopy(template)
        found = next(_references(broken['Resources'][name].get('Properties') or {}, names), None)
        if found and ('cut', kind) not in done:
            done.add(('cut', kind))
            holder, key, target = found
            holder[key] = target + 'Gone' if holder[key] == target else holder[key].replace('${' + target, '${' + target + 'Gone')
            yield f'{name}: its reference to {target} cut', kind, broken
        victim = next((p for p in required.get(kind, ()) if p in properties), None)
        if victim and ('removed', kind) not in done:
            done.add(('removed', kind))
            broken = copy.deepcopy(template)
            del broken['Resources'][name]['Properties'][victim]
            yield f'{name}.{victim} removed', kind, broken
