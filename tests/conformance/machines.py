"""Two engines in small, to see that a workflow does the same on both clouds: which steps it runs in which order, and how it ends.

Each understands what Virga writes of its language and no more. Steps give `{"by": NAME}` or fail as `Broken`; retries are left out, a
step that fails has failed for good. Branches run one after the other, which no definition may notice.
"""
import itertools
import json
import re


class Failed(Exception):
    def __init__(self, error, cause):
        super().__init__(error)
        self.error, self.cause = error, cause


class Engine:
    """`fails`: names of steps. `ran` collects the names of those that ran."""
    ALL = ''

    def __init__(self, fails):
        self.fails, self.ran, self.left = fails, [], 2000

    def scope(self, scope, document):
        states, at = self.by_name(scope), scope['StartAt']
        while True:
            self.left -= 1
            if self.left < 0:
                raise RuntimeError('it does not end')
            state = states[at]
            try:
                document, step = self.one(at, state, document)
            except Failed as failed:
                rule = next((r for r in state.get('Catch', []) if {failed.error, self.ALL} & set(self.errors(r))), None)
                if rule is None:
                    raise
                document, step = self.caught(rule, document, failed), rule['Next']
            if step is None:
                return document
            at = step

    def run(self, name):
        self.ran.append(name)
        if name in self.fails:
            raise Failed('Broken', f'{name} failed')
        return {'by': name}


class Asl(Engine):
    ALL = 'States.ALL'

    @staticmethod
    def by_name(scope):
        return scope['States']

    @staticmethod
    def errors(rule):
        return rule['ErrorEquals']

    def caught(self, rule, document, failed):
        return {**document, 'error': {'Error': failed.error, 'Cause': failed.cause}}

    def at(self, path, document):
        try:
            return self.found(path, document)
        except (KeyError, TypeError):
            raise Failed('NotThere', path)

    def found(self, path, document):
        if path.startswith('$$'):
            return self.item if path == '$$.Map.Item.Value' else path
        for index, name in re.findall(r'\[(\d+)\]|\.(\w+)', path):
            document = document[int(index)] if index else document[name]
        return document

    def made(self, value, document):
        if not isinstance(value, dict):
            return value
        return {k.removesuffix('.$'): self.at(v, document) if k.endswith('.$') else self.made(v, document) for k, v in value.items()}

    def holds(self, asked, document):
        if 'And' in asked:
            return all(self.holds(a, document) for a in asked['And'])
        if 'Or' in asked:
            return any(self.holds(a, document) for a in asked['Or'])
        if 'Not' in asked:
            return not self.holds(asked['Not'], document)
        try:
            value = self.found(asked['Variable'], document)
        except (KeyError, TypeError):
            return False
        (word, wanted), = ((k, v) for k, v in asked.items() if k not in ('Variable', 'Next'))
        if word == 'IsPresent':
            return True
        if word == 'StringMatches':
            return isinstance(value, str) and re.fullmatch(re.escape(wanted).replace(r'\*', '.*'), value) is not None
        return compare(word.removeprefix('String').removeprefix('Numeric').removeprefix('Boolean'), value, wanted)

    def one(self, name, state, document):
        kind, then = state['Type'], state.get('Next')
        if kind == 'Pass':
            return (self.made(state['Parameters'], document) if 'Parameters' in state else document), then
        if kind == 'Task':
            result = self.run(name)
            return ({**document, state['ResultPath'][2:]: result} if state.get('ResultPath') else document), then
        if kind == 'Choice':
            return document, next((c['Next'] for c in state['Choices'] if self.holds(c, document)), state['Default'])
        if kind == 'Parallel':
            left = [self.scope(b, json.loads(json.dumps(document))) for b in state['Branches']]
            return self.made(state['ResultSelector'], left), then
        if kind == 'Map':
            left = []
            for self.item in self.at(state['ItemsPath'], document):
                left.append(self.scope(state['ItemProcessor'], self.made(state['ItemSelector'], document)))
            return ({**document, state['ResultPath'][2:]: left} if state.get('ResultPath') else document), then
        if kind == 'Fail':
            error, cause = (self.at(state[k + 'Path'], document) if k + 'Path' in state else state[k] for k in ('Error', 'Cause'))
            raise Failed(error, cause)
        return document, then   # Wait, Succeed


class Fdl(Engine):
    ALL = 'FnF.ALL'

    def __init__(self, fails, begun):
        super().__init__(fails)
        self.begun = begun

    @staticmethod
    def by_name(scope):
        return {s['Name']: s for s in scope['States']}

    @staticmethod
    def errors(rule):
        return rule['Errors']

    def caught(self, rule, document, failed):
        return self.made(rule['OutputConstructor'], document, None, failed)

    def at(self, path, document, output=None, failed=None):
        whole = {'Input': document, 'Output': output, 'Context': {'Execution': {'Input': self.begun}}}
        if failed is not None:
            whole['Context']['Current'] = {'Error': {'Code': failed.error, 'Detail': failed.cause}}
        try:
            for name in path[1:].split('.'):
                whole = whole[name]
        except (KeyError, TypeError):
            raise Failed('NotThere', path)
        return whole

    def made(self, value, document, output=None, failed=None):
        if not isinstance(value, dict):
            return value
        return {k.removesuffix('.$'): self.at(v, document, output, failed) if k.endswith('.$') else self.made(v, document, output, failed)
                for k, v in value.items()}

    def holds(self, text, document):
        """Its operators are those of Python, once spelt so."""
        parts = re.split(r'("(?:[^"\\]|\\.)*")', text)
        for i in range(0, len(parts), 2):
            part = re.sub(r'\$Input((?:\.\w+)*)', lambda m: 'get(' + ', '.join(['doc', *map(repr, m[1].split('.')[1:])]) + ')', parts[i])
            part = part.replace('&&', ' and ').replace('||', ' or ').replace('!(', ' not (')
            parts[i] = re.sub(r'\b(true|false)\b', lambda m: m[1].capitalize(), part)

        def get(value, *names):
            for name in names:
                value = value[name]
            return value
        try:
            return bool(eval(''.join(parts), {'__builtins__': {}}, {'get': get, 'doc': document}))
        except TypeError:   # values of two sorts, which are not in any order
            return False

    def one(self, name, state, document):
        kind, then, output = state['Type'], state.get('Next'), None
        if kind == 'Choice':
            return document, next((b['Next'] for b in state['Branches'] if self.holds(b['Condition'], document)), state['Default'])
        if kind == 'Task':
            output = self.run(name)
        if kind == 'Parallel':
            output = {f'Branch{i}': self.scope(b, json.loads(json.dumps(document))) for i, b in enumerate(state['Branches'])}
        if kind == 'Map':
            output = {'Items': [self.scope(state['Processor'], item) for item in self.at(state['ItemsPath'], document)]}
        if kind == 'Fail':
            raise Failed(state['Code'], state['Detail'])
        return (self.made(state['OutputConstructor'], document, output) if 'OutputConstructor' in state else document), then


def compare(word, value, wanted):
    if isinstance(value, bool) != isinstance(wanted, bool) or isinstance(value, str) != isinstance(wanted, str):
        return False
    return {'Equals': lambda: value == wanted, 'GreaterThan': lambda: value > wanted, 'GreaterThanEquals': lambda: value >= wanted,
            'LessThan': lambda: value < wanted, 'LessThanEquals': lambda: value <= wanted}[word]()


def steps_of(machine):
    """Names of the steps, of all that is within too."""
    out = []
    for name, state in machine['States'].items():
        out += [name] if state['Type'] == 'Task' else []
        for inner in state.get('Branches', []) + ([state['ItemProcessor']] if 'ItemProcessor' in state else []):
            out += steps_of(inner)
    return out


def ended(engine, machine, begun):
    try:
        document = engine.scope(machine, begun)
        return engine.ran, 'succeeded', {k: v for k, v in document.items() if k != 'error'}
    except Failed as failed:
        # CloudFlow cannot fail with an error that it was given.
        # CloudFlow fails again by a name that the flow knows, and else as `Failed`.
        return engine.ran, 'failed', 'Broken' if failed.error == 'Failed' else failed.error


def inputs(machine):
    """What an execution may begin with: lists to go through; and the same with what the first test of each field asks for."""
    plain, full = {}, {}

    def put(document, path, value):
        *names, last = path.split('.')[2:]
        for name in names:
            document = document.setdefault(name, {})
        if isinstance(document, dict) and last not in document:
            document[last] = value

    def tests(asked):
        for inner in asked.get('And', []) + asked.get('Or', []) + ([asked['Not']] if 'Not' in asked else []):
            tests(inner)
        if asked.get('Variable', '').startswith('$.input.'):
            for word, value in asked.items():
                if word not in ('Variable', 'Next', 'IsPresent'):
                    put(full, asked['Variable'], value.replace('*', 'x') if isinstance(value, str) else value)

    def walk(scope):
        for state in scope['States'].values():
            for choice in state.get('Choices', []):
                tests(choice)
            if state.get('ItemsPath', '').startswith('$.input.'):
                put(plain, state['ItemsPath'], [{'id': 'a'}, {'id': 'b'}])
                put(full, state['ItemsPath'], [{'id': 'a'}])
            for inner in state.get('Branches', []) + ([state['ItemProcessor']] if 'ItemProcessor' in state else []):
                walk(inner)
    walk(machine)
    for path in re.findall(r'"(\$\.input\.[\w.]+)"', json.dumps(machine)):
        put(plain, path, 'x')
        put(full, path, 'x')
    return [plain, full]


def differences(machine, flow):
    """What the two do differently when nothing fails, when any one step does, and when any two do."""
    names = steps_of(machine)
    out = []
    for begun in inputs(machine):
        for fails in itertools.chain([()], itertools.combinations(names, 1), itertools.combinations(names, 2)):
            one = ended(Asl(fails), machine, json.loads(json.dumps(begun)))
            other = ended(Fdl(fails, begun), flow, json.loads(json.dumps(begun)))
            if one != other:
                out.append(f'when {" and ".join(fails) or "nothing"} fails: {one} on AWS, {other} on Alibaba Cloud')
    return out
