"""Applications of Serverless Devs: an s.yaml with its variables and its templates where they hold."""
import re

import normalise
import schemas
from documents import mapping

VARIABLE = re.compile(r'\$\{\s*vars\.([\w.-]+)\s*\}')
DEEPEST = 20


class Elsewhere(Exception):
    """The application is made of other files, too."""


def lookup(vars_, path):
    value = vars_
    for name in path.split('.'):
        if not isinstance(value, dict) or name not in value:
            return None
        value = value[name]
    return value


def resolved(v, vars_, depth=0):
    if isinstance(v, dict):
        return {k: resolved(x, vars_, depth) for k, x in v.items()}
    if isinstance(v, list):
        return [resolved(x, vars_, depth) for x in v]
    if isinstance(v, float) and v.is_integer():
        return int(v)   # the tool has one sort of number
    if not isinstance(v, str) or depth > DEEPEST:
        return v
    whole = VARIABLE.fullmatch(v.strip())
    if whole:
        found = lookup(vars_, whole[1])
        return v if found is None else resolved(found, vars_, depth + 1)

    def part(m):
        found = lookup(vars_, m[1])
        return m[0] if found is None or isinstance(found, (dict, list)) else normalise.scalar_text(found)
    out = VARIABLE.sub(part, v)
    return out if out == v else resolved(out, vars_, depth + 1)


def merged(general, own):
    if isinstance(general, dict) and isinstance(own, dict):
        return {k: merged(general[k], own[k]) if k in general and k in own else own.get(k, general.get(k)) for k in [*general, *own]}
    return own


def extended(resource, templates):
    named = resource.get('extend')
    if not isinstance(named, dict):
        return resource
    general = mapping(templates.get(named.get('name')))
    ignored = named.get('ignore') if isinstance(named.get('ignore'), list) else []
    general = {k: v for k, v in general.items() if k not in ignored}
    return {**{k: v for k, v in resource.items() if k != 'extend'}, 'props': merged(general, mapping(resource.get('props')))}


def trigger_name(trigger):
    """Of the component fc3, or of fc before it."""
    return str(mapping(trigger).get('triggerName') or mapping(trigger).get('name'))


def document(given):
    """The normal form: what is deployed, and under which name and access."""
    if isinstance(given.get('extend'), str):
        raise Elsewhere(given['extend'])
    vars_ = mapping(given.get('vars'))
    resources = {}
    for name, resource in mapping(given.get('resources') or given.get('services')).items():
        if not isinstance(resource, dict):
            resources[name] = resource
            continue
        resource = resolved(extended(resource, mapping(given.get('template'))), vars_)
        component = str(resource.get('component', '')).strip()
        named = component == 'fc3' or component.startswith(('fc3@', 'devsapp/fc3'))
        # Where the environment names the component, what it is told has the shape of one.
        shaped = '${' in component and {'functionName', 'runtime'} <= mapping(resource.get('props')).keys()
        props = mapping(resource.get('props'))
        if isinstance(props.get('triggers'), list):   # each is known by its name
            resource = {**resource, 'props': {**props, 'triggers': sorted(props['triggers'], key=trigger_name)}}
        if named or shaped:
            props = normalise.typed(mapping(resource.get('props')), schemas.fc3())
            if isinstance(props.get('tags'), list):
                props['tags'] = sorted(props['tags'], key=normalise.order)
            resource = {**resource, 'props': normalise.without_defaults(props, 'fc3')}
        resources[name] = resource
    out = {k: resolved(given[k], vars_) for k in ('name', 'access') if k in given}
    return {**out, 'resources': resources}
