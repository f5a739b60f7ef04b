"""AWS SAM: what the vendor's translator makes of a template."""
import json
import logging
import os
import signal
from unittest import mock

import documents
from documents import mapping
from normalise import TEXT, Normaliser

MACRO = 'AWS::Serverless-2016-10-31'
LONGEST = 60   # seconds for a template, after which the translator counts as having refused it


def is_sam(document):
    named = document.get('Transform')
    return MACRO in named if isinstance(named, list) else named == MACRO


def available():
    try:
        import samtranslator  # noqa: F401
        return True
    except ImportError:
        return False


# ------------------------------------------------------------------ before the translation

def value_for(parameter):
    """A value for a parameter that has no default: any will do that its type allows, as long as both templates get the same."""
    allowed = parameter.get('AllowedValues')
    if isinstance(allowed, list) and allowed:
        return str(allowed[0])
    return str(parameter.get('MinValue', 1)) if parameter.get('Type') == 'Number' else 'value'


def parameter_values(document):
    return {name: value_for(p) for name, p in mapping(document.get('Parameters')).items() if isinstance(p, dict) and 'Default' not in p}


class Names(Normaliser):
    """Conditions by their names: their definitions stand beside."""

    def by_name(self, name):
        return name


def plain_texts(v):
    """Texts in one form that the translator knows as well, and keys in one order, so that its hashes are the same for what is the
    same."""
    if isinstance(v, dict):
        if len(v) == 1 and next(iter(v)) in ('Fn::Sub', 'Fn::Join', 'Fn::GetAtt'):
            return written(Names(None).value(v))
        return {k: plain_texts(v[k]) for k in sorted(v)}
    return [plain_texts(x) for x in v] if isinstance(v, list) else v


def written(v):
    """The normal form of a text as functions of the engine."""
    if isinstance(v, list):
        return [written(x) for x in v]
    if not isinstance(v, dict):
        return v
    if set(v) == {'Fn::GetAtt'} and isinstance(v['Fn::GetAtt'], str):
        return {'Fn::GetAtt': v['Fn::GetAtt'].split('.', 1)}
    if TEXT not in v:
        return {k: written(x) for k, x in v.items()}
    pattern = ''
    for part in v[TEXT]:
        if isinstance(part, str):
            pattern += part.replace('${', '${!')
        elif isinstance(part, dict) and isinstance(part.get('Ref'), str):
            pattern += '${' + part['Ref'] + '}'
        elif isinstance(part, dict) and isinstance(part.get('Fn::GetAtt'), str):
            pattern += '${' + part['Fn::GetAtt'] + '}'
        else:
            return {'Fn::Join': ['', [written(p) for p in v[TEXT]]]}
    return {'Fn::Sub': pattern}


def fold_globals(document):
    """The template with its Globals where they hold: for templates that the translator refuses."""
    globals_ = mapping(document.get('Globals'))
    out = {k: v for k, v in document.items() if k != 'Globals'}
    resources = {}
    for name, resource in mapping(document.get('Resources')).items():
        short = str(mapping(resource).get('Type')).removeprefix('AWS::Serverless::')
        if short in globals_ and isinstance(resource, dict):
            resource = {**resource, 'Properties': merged(globals_[short], mapping(resource.get('Properties')))}
        resources[name] = resource
    return {**out, 'Resources': resources} if resources else out


def merged(general, own):
    if isinstance(general, dict) and isinstance(own, dict) and not any(k.startswith(('Fn::', 'Ref')) for k in [*general, *own]):
        return {k: merged(general[k], own[k]) if k in general and k in own else own.get(k, general.get(k)) for k in [*general, *own]}
    return general + own if isinstance(general, list) and isinstance(own, list) else own


# ------------------------------------------------------------------ the translation

class NoPolicies:
    """Managed policies are looked up in an account; the name stands for the policy where there is none."""

    def load(self):
        return {}


class TooLong(Exception):
    pass


def stop(*_):
    raise TooLong('the translator did not end')


def translate(document, values):
    """(template or None, why not)"""
    os.environ.setdefault('AWS_DEFAULT_REGION', 'us-east-1')
    logging.disable(logging.CRITICAL)
    from samtranslator.translator.transform import transform
    signal.signal(signal.SIGALRM, stop)
    signal.alarm(LONGEST)
    try:
        given = plain_texts(json.loads(json.dumps(document)))
        # `AlwaysDeploy` puts the time of the translation into an id.
        with mock.patch('time.time', return_value=0):
            return documents.plain(transform(given, dict(values), NoPolicies())), ''
    except Exception as e:   # the translator's own and, for odd templates, any other
        causes = getattr(e, 'causes', None)
        return None, '; '.join(c.message for c in causes) if causes else f'{type(e).__name__}: {e}'
    finally:
        signal.alarm(0)
