"""Definitions of workflows: taken out of templates, and the form of CloudFlow's.

No party offers a validator for the Flow Definition Language, so its form is checked here by ours: which fields the pages of
CloudFlow's documentation give each state (alibabacloud.com/help/en/serverless-workflow, as of 2026), that every state leads on or
ends, that what it leads to is there, and that each is come to. What an expression means, it does not know.
"""
import re

import yaml

SAMPLES = {'AWS::Partition': 'aws', 'AWS::Region': 'us-east-1', 'AWS::AccountId': '123456789012', 'AWS::URLSuffix': 'amazonaws.com',
           'ALIYUN::Region': 'cn-hangzhou', 'ALIYUN::TenantId': '123456789012'}
ARN = 'arn:aws:lambda:us-east-1:123456789012:function:sample'


def plain(value):
    """The value with every reference made a text that could stand there."""
    if isinstance(value, list):
        return [plain(v) for v in value]
    if not isinstance(value, dict):
        return value
    if set(value) == {'Fn::Sub'}:
        text = value['Fn::Sub'] if isinstance(value['Fn::Sub'], str) else value['Fn::Sub'][0]
        return re.sub(r'\$\{([^!}]+)\}', lambda m: SAMPLES.get(m[1], 'sample'), text)
    if set(value) == {'Fn::Join'}:
        return value['Fn::Join'][0].join(str(plain(v)) for v in value['Fn::Join'][1])
    if set(value) in ({'Ref'}, {'Fn::GetAtt'}):
        return SAMPLES.get(value.get('Ref'), ARN)
    return {k: plain(v) for k, v in value.items()}


def definitions(template, kind):
    for name, resource in (template.get('Resources') or {}).items():
        if resource['Type'] == kind:
            yield name, plain(resource['Properties'].get('Definition'))


COMMON = {'Type', 'Name', 'Description', 'InputConstructor', 'OutputConstructor', 'Next', 'End'}
GUARDED = {'Retry', 'Catch'}
# Type: (fields, required fields)
STATES = {
    'Task': (COMMON | GUARDED | {'Action', 'TaskMode', 'Parameters', 'Timeout'}, {'Action'}),
    'Pass': (COMMON, set()),
    'Wait': (COMMON | {'Seconds'}, {'Seconds'}),
    'Choice': ({'Type', 'Name', 'Description', 'InputConstructor', 'Branches', 'Default'}, {'Branches', 'Default'}),
    'Parallel': (COMMON | GUARDED | {'Branches'}, {'Branches'}),
    'Map': (COMMON | GUARDED | {'ItemsPath', 'Processor', 'MaxConcuccency'}, {'ItemsPath', 'Processor'}),
    'Succeed': (COMMON, set()),
    'Fail': (COMMON | {'Code', 'Detail'}, {'Detail'}),
}
MODES = {'RequestComplete', 'WaitForSystemCallback', 'WaitForCustomCallback'}
PARAMETERS = {'FC:InvokeFunction': {'resourceArn', 'invocationType', 'body'}, 'MNS:SendMessage': {'resourceArn', 'message'},
              'FNF:StartExecution': {'resourceArn', 'input'}}
RETRY = {'Errors', 'Description', 'MaxAttempts', 'IntervalSeconds', 'BackoffRate', 'MaxBackoffSeconds'}
CATCH = {'Errors', 'Description', 'OutputConstructor', 'Next'}


def fdl_problems(text):
    try:
        flow = yaml.safe_load(text)
    except yaml.YAMLError as e:
        return [f'no YAML: {e}']
    out = []
    if set(flow) != {'Type', 'SpecVersion', 'Name', 'StartAt', 'States'} or flow['Type'] != 'StateMachine' or flow['SpecVersion'] != 'v1':
        out.append(f'the head is {sorted(flow)}')
    _scope(flow, 'flow', set(), out)
    _document(flow, 'flow', None, out)
    return out


def _document(scope, where, names, out):
    """A state's output replaces the document, so each hands on all names that its scope began with, and none asks for another.
    The flow and an iteration begin with a state that makes them; a branch has those of the flow around it."""
    states = {s['Name']: s for s in scope.get('States') or [] if 'Name' in s}
    begins = states.get(scope.get('StartAt'), {})
    if names is None:
        names = {k.removesuffix('.$') for k in begins.get('OutputConstructor', {})}
    for name, state in states.items():
        here = f'{where} / {name}'
        made = [state.get('OutputConstructor')] if 'OutputConstructor' in state else []
        made += [rule.get('OutputConstructor', {}) for rule in state.get('Catch', [])]
        if state is not begins:
            left = [{k.removesuffix('.$') for k in m} for m in made]
            # What an iteration leaves lacks what it was given.
            out += [f'{here}: loses {sorted(names - l)}' for l in left if names - l - {'input'}]
        asked = {k: state.get(k) for k in ('Parameters', 'ItemsPath')} | {'made': made if state is not begins else []}
        asked |= {'branches': [b.get('Condition') for b in state.get('Branches', []) if state.get('Type') == 'Choice']}
        out += [f'{here}: asks for {n}' for n in re.findall(r'\$Input\.(\w+)', str(asked)) if n not in names]
        for i, branch in enumerate(state.get('Branches', []) if state.get('Type') == 'Parallel' else []):
            _document(branch, f'{here} [{i}]', names, out)
        if state.get('Type') == 'Map':
            _document(state.get('Processor', {}), f'{here} [0]', None, out)


def _constructor(value, where, out):
    """A key that ends in `.$` holds an expression, and no other does."""
    for key, inner in value.items() if isinstance(value, dict) else ():
        if key.endswith('.$'):
            if not re.fullmatch(r'\$(Input|Output|Context)(\.[A-Za-z_]\w*)*', str(inner)):
                out.append(f'{where}: {key} is {inner!r}')
        else:
            _constructor(inner, where, out)


def _scope(scope, where, names, out):
    states = scope.get('States') or []
    by_name = {s.get('Name'): s for s in states}
    followed, reached = [scope.get('StartAt')], set()
    for state in states:
        here = f'{where} / {state.get("Name")}'
        if state.get('Name') in names:
            out.append(f'{here}: stands twice')
        names.add(state.get('Name'))
        if state.get('Type') not in STATES:
            out.append(f'{here}: no type {state.get("Type")}')
            continue
        fields, required = STATES[state['Type']]
        out += [f'{here}: no field {k}' for k in state if k.removesuffix('.$') not in fields]
        out += [f'{here}: needs {k}' for k in required if k not in state]
        for key in ('InputConstructor', 'OutputConstructor', 'Parameters'):
            _constructor(state.get(key), here, out)
        ends = state.get('End') is True
        if state['Type'] != 'Choice' and ends == ('Next' in state):
            out.append(f'{here}: leads on and ends, or neither')
        if state['Type'] == 'Task':
            _task(state, here, out)
        for rule in state.get('Retry', []):
            out += [f'{here}: Retry has no {k}' for k in rule if k not in RETRY]
        for rule in state.get('Catch', []):
            out += [f'{here}: Catch has no {k}' for k in rule if k not in CATCH]
            _constructor(rule.get('OutputConstructor'), here, out)
        inner = state.get('Branches', []) if state['Type'] == 'Parallel' else [state['Processor']] if state['Type'] == 'Map' else []
        for i, machine in enumerate(inner):
            _scope(machine, f'{here} [{i}]', names, out)
    while followed:
        name = followed.pop()
        if name in reached:
            continue
        reached.add(name)
        state = by_name.get(name)
        if state is None:
            out.append(f'{where}: leads to {name}, which is not there')
            continue
        followed += [state['Next']] if 'Next' in state else []
        followed += [rule['Next'] for rule in state.get('Catch', [])]
        if state['Type'] == 'Choice':
            followed += [branch['Next'] for branch in state['Branches']] + [state['Default']]
    out += [f'{where}: nothing leads to {name}' for name in by_name if name not in reached]


def _task(state, here, out):
    known = PARAMETERS.get(state.get('Action'))
    if known is None:
        out.append(f'{here}: no action {state.get("Action")}')
        return
    out += [f'{here}: no parameter {k}' for k in state['Parameters'] if k.removesuffix('.$') not in known]
    if not str(state['Parameters'].get('resourceArn', '')).startswith('acs:'):
        out.append(f'{here}: no resourceArn')
    if state.get('TaskMode') not in MODES:
        out.append(f'{here}: no mode {state.get("TaskMode")}')
