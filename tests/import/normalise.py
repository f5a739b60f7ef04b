"""The normal form of a template of CloudFormation or ROS: two templates that mean the same stack have the same.

What is one: the order of keys and of a role's inline policies; the case of an event's method; `Fn::Sub`, `Fn::Join` and plain texts; `Fn::GetAtt` as a list and with dots; the number 30 and
the text "30" where the schema asks for a number, and the like for booleans; `DependsOn` and tags in any order; a single action
of a policy and a list of it; what equals the default of the engine and what is left out (defaults.yaml); JSON in texts that
hold JSON by definition (json-texts.yaml); a definition with its
substitutions made; conditions by what they say. What is not: anything else."""
import functools
import json
import pathlib
import re

import yaml

import schemas
from documents import mapping

HERE = pathlib.Path(__file__).resolve().parent
TEXT = 'Fn::Text'        # the normal form of texts with references: {TEXT: [part, …]}
NAME = re.compile(r'[A-Za-z0-9_.:-]+')
VARIABLE = re.compile(r'\$\{(!?)([^{}]*)\}')
NO_VALUE = ('AWS::NoValue', 'ALIYUN::NoValue')
DELETED = 'Delete'


@functools.lru_cache(maxsize=None)
def table(name):
    return yaml.safe_load((HERE / name).read_text()) or {}


def order(value):
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def scalar_text(value):
    """A scalar as the engine writes it into a text."""
    if isinstance(value, bool):
        return 'true' if value else 'false'
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


# ------------------------------------------------------------------ texts

def parts_of(value):
    if isinstance(value, dict) and TEXT in value:
        return value[TEXT]
    if isinstance(value, (str, int, float)):
        return [scalar_text(value)]
    return [value]


def text(parts):
    """Parts next to each other as one value: a plain text, a single reference, or both mixed."""
    out = []
    for part in parts:
        if isinstance(part, str) and out and isinstance(out[-1], str):
            out[-1] += part
        elif part != '':
            out.append(part)
    if not out:
        return ''
    return out[0] if len(out) == 1 else {TEXT: out}


def get_att(inner):
    if isinstance(inner, list) and all(isinstance(i, str) for i in inner):
        inner = '.'.join(inner)
    return {'Fn::GetAtt': inner}


class Normaliser:
    def __init__(self, conditions):
        self.conditions = mapping(conditions)
        self.resolved = {}

    # -------------------------------------------------------------- values

    def value(self, v):
        if isinstance(v, list):
            return [x for x in map(self.value, v) if not self.nothing(x)]
        if not isinstance(v, dict):
            return v
        if len(v) == 1:
            (key, inner), = v.items()
            if key == 'Fn::Sub':
                return self.sub(inner)
            if key == 'Fn::Join':
                return self.join(inner)
            if key == 'Fn::GetAtt':
                return get_att([self.value(i) for i in inner] if isinstance(inner, list) else inner)
            if key == 'Fn::If' and isinstance(inner, list) and len(inner) == 3:
                return self.choice(inner)
            if key == 'Fn::Select' and isinstance(inner, list) and len(inner) == 2:
                at = str(inner[0]) if not isinstance(inner[0], (dict, list)) else self.value(inner[0])
                return {key: [at, self.argument(inner[1])]}
            if key == 'Fn::GetAZs' and inner in ({'Ref': 'AWS::Region'}, {'Ref': 'ALIYUN::Region'}, None):
                return {key: ''}
            if key.startswith('Fn::') or key == 'Ref':
                return {key: self.argument(inner)}
        return {k: x for k, x in ((k, self.value(x)) for k, x in v.items()) if not self.nothing(x)}

    def argument(self, v):
        # The arguments of a function are counted, so none is dropped.
        return [self.value(x) for x in v] if isinstance(v, list) else self.value(v)

    @staticmethod
    def nothing(v):
        return isinstance(v, dict) and len(v) == 1 and v.get('Ref') in NO_VALUE

    def sub(self, inner):
        if isinstance(inner, str):
            pattern, given = inner, {}
        elif isinstance(inner, list) and len(inner) == 2 and isinstance(inner[0], str) and isinstance(inner[1], dict):
            pattern, given = inner
        elif isinstance(inner, list) and len(inner) == 1 and isinstance(inner[0], str):
            pattern, given = inner[0], {}
        else:
            return {'Fn::Sub': self.argument(inner)}
        parts, at = [], 0
        for m in VARIABLE.finditer(pattern):
            parts.append(pattern[at:m.start()])
            at = m.end()
            escaped, name = m[1], m[2]
            if escaped:
                parts.append('${' + name + '}')
            elif name in given:
                parts += parts_of(self.value(given[name]))
            elif not NAME.fullmatch(name):
                parts.append(m[0])
            elif '.' in name:
                parts.append(get_att(name))
            else:
                parts.append({'Ref': name})
        return text(parts + [pattern[at:]])

    def join(self, inner):
        if not isinstance(inner, list) or len(inner) != 2 or not isinstance(inner[1], list) or isinstance(inner[0], (dict, list)):
            return {'Fn::Join': self.argument(inner)}
        between = '' if inner[0] is None else scalar_text(inner[0])
        parts = []
        for i, item in enumerate(x for x in map(self.value, inner[1]) if not self.nothing(x)):
            parts += [between] if i else []
            parts += parts_of(item)
        return text(parts)

    def choice(self, inner):
        condition, yes, no = self.condition(inner[0], named=True), self.value(inner[1]), self.value(inner[2])
        if isinstance(condition, dict) and set(condition) == {'Fn::Not'}:
            condition, yes, no = condition['Fn::Not'], no, yes
        return {'Fn::If': [condition, yes, no]}

    # -------------------------------------------------------------- conditions

    def condition(self, v, named=False):
        """What a condition says, names resolved. `named`: a text is the name of one."""
        if isinstance(v, str) and named:
            return self.by_name(v)
        if isinstance(v, dict) and len(v) == 1:
            (key, inner), = v.items()
            items = inner if isinstance(inner, list) else [inner]
            if key == 'Condition' and isinstance(inner, str):
                return self.by_name(inner)
            if key == 'Fn::Not' and len(items) == 1:
                inside = self.condition(items[0], named=True)
                return inside['Fn::Not'] if isinstance(inside, dict) and set(inside) == {'Fn::Not'} else {'Fn::Not': inside}
            if key in ('Fn::And', 'Fn::Or'):
                return {key: sorted((self.condition(i, named=True) for i in items), key=order)}
            if key == 'Fn::Equals':
                # The engine compares texts.
                sides = [scalar_text(s) if isinstance(s, (bool, int, float)) else s for s in map(self.value, items)]
                return {key: sorted(sides, key=order)}
        return self.value(v)

    def by_name(self, name):
        if name not in self.conditions:
            return {'Condition': name}
        if name not in self.resolved:
            self.resolved[name] = {'Condition': name}   # what a condition says of itself, should it go in a circle
            self.resolved[name] = self.condition(self.conditions[name])
        return self.resolved[name]


# ------------------------------------------------------------------ types

def typed(v, schema):
    """Scalars in the type that the schema asks for."""
    if isinstance(v, list):
        inner = schema.item()
        return [typed(x, inner) for x in v]
    if isinstance(v, dict):
        if set(v) == {'Fn::If'} and isinstance(v['Fn::If'], list):
            return {'Fn::If': [v['Fn::If'][0], *(typed(x, schema) for x in v['Fn::If'][1:])]}
        if len(v) == 1 and next(iter(v)).startswith('Fn::'):
            return v
        return {k: typed(x, schema.child(k)) for k, x in v.items()}
    kinds = schema.kinds()
    if kinds == {'string'} and isinstance(v, (bool, int, float)):
        return scalar_text(v)  # the engine makes a text of it
    if 'string' in kinds or 'object' in kinds:
        return v
    if kinds & {'number', 'integer'}:
        return number(v)
    if 'boolean' in kinds:
        return boolean(v)
    return v


def number(v):
    if isinstance(v, str) and re.fullmatch(r'\s*[-+]?\d+(\.\d+)?\s*', v):
        v = float(v) if '.' in v else int(v)
    return int(v) if isinstance(v, float) and v.is_integer() else v


def boolean(v):
    return {'true': True, 'false': False}.get(v.strip().lower(), v) if isinstance(v, str) else v


# ------------------------------------------------------------------ what more is one

LISTS = ('Action', 'NotAction', 'Resource', 'NotResource')


def policies(v):
    """Policy documents with lists where one stands alone, and their members in one order."""
    if isinstance(v, list):
        return [policies(x) for x in v]
    if not isinstance(v, dict):
        return v
    if 'Statement' in v:
        statements = v['Statement'] if isinstance(v['Statement'], list) else [v['Statement']]
        v = {**v, 'Statement': [statement(s) for s in statements]}
    return {k: policies(x) for k, x in v.items()}


def statement(s):
    if not isinstance(s, dict):
        return s
    s = {k: members(x) if k in LISTS else x for k, x in s.items()}
    if isinstance(s.get('Principal'), dict) and not any(k.startswith(('Fn::', 'Ref')) for k in s['Principal']):
        s['Principal'] = {k: members(x) for k, x in s['Principal'].items()}
    return s


def members(x):
    return sorted(x if isinstance(x, list) else [x], key=order)


def tags(v):
    if isinstance(v, list) and all(isinstance(t, dict) and 'Key' in t for t in v):
        return sorted(v, key=order)
    return v


def json_text(v):
    """A text that holds JSON as what it holds, with the references where they stand in its texts."""
    parts = parts_of(v) if isinstance(v, (str, dict)) else [v]
    if isinstance(v, dict) and TEXT not in v or not any(isinstance(p, str) for p in parts):
        return v
    marks, raw = [], ''
    for part in parts:
        if isinstance(part, str):
            raw += part
        else:
            raw += f'\ue000{len(marks)}\ue001'
            marks.append(part)
    try:
        held = json.loads(raw)
    except (ValueError, RecursionError):
        return v

    def back(x):
        if isinstance(x, dict):
            return {k: back(i) for k, i in x.items()}
        if isinstance(x, list):
            return [back(i) for i in x]
        if isinstance(x, str) and '\ue000' in x:
            pieces = re.split('\ue000(\\d+)\ue001', x)
            return text([marks[int(p)] if i % 2 else p for i, p in enumerate(pieces)])
        return x
    return {'JSON': back(held)} if isinstance(held, (dict, list)) and not any('\ue000' in k for k in keys_of(held)) else v


def keys_of(v):
    if isinstance(v, dict):
        for k, x in v.items():
            yield k
            yield from keys_of(x)
    elif isinstance(v, list):
        for x in v:
            yield from keys_of(x)


def at_paths(v, path, change):
    """The value with what stands at a path changed; `*` is every item of a list or a map."""
    if not path:
        return change(v)
    head, rest = path[0], path[1:]
    if isinstance(v, list) and head == '*':
        return [at_paths(x, rest, change) for x in v]
    if isinstance(v, dict):
        return {k: at_paths(x, rest, change) if head in ('*', k) else x for k, x in v.items()}
    return v


def without_defaults(properties, kind):
    for path, value in mapping(table('defaults.yaml').get(kind)).items():
        holder, names = properties, path.split('.')
        for name in names[:-1]:
            holder = mapping(holder.get(name))
        if names[-1] in holder and same(holder[names[-1]], value):
            del holder[names[-1]]
    return properties


def same(a, b):
    """Equality that tells true from 1."""
    return order(a) == order(b)


# ------------------------------------------------------------------ documents

MACHINE = 'AWS::StepFunctions::StateMachine'


def machine(v):
    """A state machine with its substitutions made, and its definition in the property that holds it as a text."""
    given = mapping(v.get('DefinitionSubstitutions'))
    used = set()

    def filled(x):
        if isinstance(x, dict) and TEXT not in x:
            return {k: filled(i) for k, i in x.items()}
        if isinstance(x, list):
            return [filled(i) for i in x]
        if not isinstance(x, (str, dict)):
            return x
        parts = []
        for part in parts_of(x):
            for i, piece in enumerate(re.split(r'\$\{([^{}]*)\}', part) if isinstance(part, str) else [part]):
                if i % 2 and piece in given:
                    used.add(piece)
                    parts += parts_of(given[piece])
                else:
                    parts.append('${' + piece + '}' if i % 2 else piece)
        return text(parts)
    v = {k: filled(x) if k in ('Definition', 'DefinitionString') else x for k, x in v.items()}
    if isinstance(v.get('Definition'), dict) and 'DefinitionString' not in v:
        v['DefinitionString'] = {'JSON': v.pop('Definition')}
    left = {k: x for k, x in given.items() if k not in used}
    if given:
        v = {k: x for k, x in v.items() if k != 'DefinitionSubstitutions'} | ({'DefinitionSubstitutions': left} if left else {})
    return v


def inline_policies(all_of_them):
    """Inline policies in one order. The translator counts them through, so the number in their names says nothing."""
    counted = re.compile(r'(RolePolicy)\d+$')
    def plain(policy):
        name = policy.get('PolicyName') if isinstance(policy, dict) else None
        return {**policy, 'PolicyName': counted.sub(r'\1', name)} if isinstance(name, str) else policy
    return sorted((plain(p) for p in all_of_them), key=order)


def with_methods(value, kind):
    """SAM takes methods in any case; the translator makes them small."""
    events = value.get('Events') if isinstance(value, dict) and str(kind).startswith('AWS::Serverless::') else None
    if not isinstance(events, dict):
        return value
    def small(event):
        inner = event.get('Properties') if isinstance(event, dict) else None
        if not isinstance(inner, dict) or not isinstance(inner.get('Method'), str):
            return event
        return {**event, 'Properties': {**inner, 'Method': inner['Method'].lower()}}
    return {**value, 'Events': {name: small(event) for name, event in events.items()}}


def properties_of(kind, given, normaliser):
    value = normaliser.value(mapping(given))
    value = policies(typed(value, schemas.of(kind)))
    if kind == MACHINE:
        value = machine(value)
    for path in table('json-texts.yaml').get(kind) or ():
        value = at_paths(value, path.split('.'), json_text)
    if kind == 'AWS::IAM::Role' and isinstance(value, dict) and isinstance(value.get('Policies'), list):
        value['Policies'] = inline_policies(value['Policies'])
    value = with_methods(value, kind)
    if isinstance(value, dict) and 'Tags' in value:
        value['Tags'] = tags(value['Tags'])
    return without_defaults(value, kind) if isinstance(value, dict) else value


def resource(given, normaliser):
    if not isinstance(given, dict):
        return normaliser.value(given)
    kind = given['Type'] if isinstance(given.get('Type'), str) else ''
    out = {}
    for key, value in given.items():
        if key == 'Properties':
            value = properties_of(kind, value, normaliser)
        elif key == 'Condition':
            value = normaliser.condition(value, named=True)
        elif key == 'DependsOn':
            value = sorted({str(x) for x in (value if isinstance(value, list) else [value]) if x is not None})
        elif key in ('DeletionPolicy', 'UpdateReplacePolicy'):
            # Databases leave a snapshot unless they are told to leave nothing.
            if value == DELETED and (key == 'UpdateReplacePolicy' or not str(kind).startswith('AWS::RDS::')):
                continue
        else:
            value = normaliser.value(value)
        if value not in ({}, [], None):
            out[key] = value
    return out


NUMBERS = ('MinLength', 'MaxLength', 'MinValue', 'MaxValue')
FLAGS = ('NoEcho', 'Required', 'Confirm', 'TextArea')


def parameter(given):
    if not isinstance(given, dict):
        return given
    kind = str(given.get('Type'))

    def value(v):
        if isinstance(v, list):
            return [value(x) for x in v]
        if isinstance(v, (dict, type(None))):
            return v
        return number(v) if kind == 'Number' else boolean(v) if kind == 'Boolean' else scalar_text(v)
    out = {}
    for key, v in given.items():
        v = number(v) if key in NUMBERS else boolean(v) if key in FLAGS else value(v) if key in ('Default', 'AllowedValues') else v
        if not (key == 'NoEcho' and v is False):
            out[key] = v
    return out


VERSIONS = {'AWSTemplateFormatVersion': '2010-09-09', 'ROSTemplateFormatVersion': '2015-09-01'}


def document(given):
    """The normal form of a template. A section without anything is one that is left out."""
    n = Normaliser(given.get('Conditions'))
    out = {}
    for section, value in given.items():
        if section in VERSIONS and str(value) == VERSIONS[section] or value in ({}, [], None):
            continue
        if section == 'Resources' and isinstance(value, dict):
            value = {k: resource(v, n) for k, v in value.items()}
        elif section == 'Conditions' and isinstance(value, dict):
            value = {k: n.by_name(k) for k in value}
        elif section == 'Parameters' and isinstance(value, dict):
            value = {k: parameter(v) for k, v in value.items()}
        elif section == 'Outputs' and isinstance(value, dict):
            value = {k: output(v, n) for k, v in value.items()}
        elif section == 'Transform':
            value = value if isinstance(value, list) else [value]
        else:
            value = n.value(value)
        out[section] = value
    return out


def output(given, n):
    if not isinstance(given, dict):
        return n.value(given)
    return {k: n.condition(v, named=True) if k == 'Condition' else n.value(v) for k, v in given.items()}
