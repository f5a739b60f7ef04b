"""Applications of Serverless Devs: what the vendor's parser, its program and its schema say about them, and about broken ones.

Every program is compiled for the target; what it refuses with an error is no failure here (the goldens hold which those are).
Each s.yaml is parsed by @serverless-devs/parse-spec with every variable filled, the order of deployment is that of the file, and
every s.yaml of an example goes through `s preview` as well (the same parser behind the program, and it takes a second to start).
What they do not look at is looked at here: that templates, code and outputs that are named are there. ../shared/validators/validate-sdevs
holds the properties against the schema of fc3 where it is present, and this file holds the name table against it.
The templates beside an s.yaml go the way of all templates of ROS.
"""
import copy
import json
import os
import pathlib
import re
import subprocess
import sys

import yaml

from templates import Loader, _misspelt as misspelt

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
TARGET = 'aliyun.serverless_devs'
# What the schema of fc3 asks for and ROS, which calls the same API, does not. The component only logs what its schema finds
# (devsapp/fc3 4ca1c1b, src/utils/verify.ts).
ACCEPTED = re.compile(r"provisionConfig\.targetTrackingPolicies\.\d+: '(startTime|endTime|timeZone)' is a required property$")


def compile_all(virga, out, programs):
    """{name: path of an s.yaml}, and the programs that failed in another way than with an error."""
    made, failed = {}, []
    for name, folder, targets, stage in programs:
        # A program that was made of an s.yaml gives that one again, which is somebody else's.
        if name.startswith(('cells/', 'migrations/')) and TARGET not in targets:
            continue
        command = [virga, 'compile', str(folder), '-t', TARGET, '-o', str(out / name)] + (['--stage', stage] if stage else [])
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode not in (0, 1) or done.returncode == 1 and not re.search(r'^error\[', done.stderr, re.M):
            failed.append(f'{name}: exit code {done.returncode}\n{done.stderr or done.stdout}')
        for main in sorted((out / name / TARGET).glob('**/s.yaml')) if done.returncode == 0 else ():
            made[f'{name}/{main.relative_to(out / name).parent}'] = main
    return made, failed


def load(path):
    return yaml.load(path.read_text(encoding='utf-8'), Loader)


def texts(value):
    if isinstance(value, str):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from texts(inner)


def environment(app):
    """A value for every variable without a default. What stands for a number has to be one."""
    names = {name for text in texts(app) for name in re.findall(r"env\('(\w+)'", text)}
    return {name: '7' for name in names}


def wiring(app, folder):
    """What is named and not there."""
    problems = []
    resources = app.get('resources') or {}
    outputs = {}
    for name, resource in resources.items():
        props = resource.get('props') or {}
        if resource.get('component') == 'ros':
            path = folder / str(props.get('template'))
            if not path.is_file():
                problems.append(f'{name}: there is no {props.get("template")}')
                continue
            template = load(path)
            outputs[name] = set(template.get('Outputs') or {})
            declared, given = template.get('Parameters') or {}, props.get('parameters') or {}
            problems += [f'{name}: the parameter {p} is not given' for p, how in declared.items() if p not in given and 'Default' not in how]
            problems += [f'{name}: the template has no parameter {p}' for p in given if p not in declared]
        elif isinstance(props.get('code'), str) and not (folder / props['code']).is_file():
            problems.append(f'{name}: there is no code {props["code"]}')
    for name, resource in resources.items():
        for text in texts(resource.get('props') or {}):
            for other, output in re.findall(r'\$\{resources\.(\w+)\.output\.([\w.]+)\}', text):
                if other not in resources:
                    problems.append(f'{name}: there is no resource {other}')
                elif other in outputs and output not in outputs[other]:
                    problems.append(f'{name}: {other} gives no {output}')
                elif list(resources).index(other) >= list(resources).index(name):
                    problems.append(f'{name}: {other} is deployed later')
    used = {m for text in texts(resources) for m in re.findall(r'\$\{vars\.(\w+)\}', text)}
    problems += [f'there is no variable {v}' for v in used if v not in (app.get('vars') or {})]
    return problems


def validate(shared, paths):
    """{path: problems} by validate-sdevs; nothing where it is not present."""
    script = shared / 'validate-sdevs'
    if not script.exists() or not paths:
        return {}
    python = '/usr/bin/python3' if os.path.exists('/usr/bin/python3') else sys.executable
    done = subprocess.run([python, str(script), *map(str, paths)], capture_output=True, text=True)
    if done.returncode not in (0, 1):
        raise RuntimeError(f'validate-sdevs: {done.stderr[-2000:]}')
    out = {str(p): [] for p in paths}
    for line in done.stdout.splitlines():
        path, _, text = line.partition(': ')
        if text != 'ok' and path in out and not ACCEPTED.search(text):
            out[path].append(text)
    return out


# ------------------------------------------------------------------ the table

def schema_of(schema, node):
    return schema['definitions'][node['$ref'].split('/')[-1]] if '$ref' in node else node


def members(schema, node):
    """The properties of an object, over its alternatives."""
    node = schema_of(schema, node)
    found = dict(node.get('properties', {}))
    for inner in node.get('anyOf', []) + node.get('oneOf', []):
        found.update(members(schema, inner))
    return found


def items(schema, node):
    node = schema_of(schema, node)
    for one in [node] + [schema_of(schema, n) for n in node.get('anyOf', [])]:
        if isinstance(one.get('items'), dict):
            return one['items']
    return {}


def check_rows(schema, rows, known, where, problems):
    checked = 0
    for property_, row in rows.items():
        keyword = 'value' if isinstance(row, str) else next(k for k in ('value', 'texts', 'path', 'object', 'objects', 'implied') if k in row)
        if keyword == 'implied':
            continue
        key = row if isinstance(row, str) else row[keyword]
        checked += 1
        if key not in known:
            problems.append(f'{where}.{property_}: there is no {key}')
        elif not isinstance(row, str) and 'of' in row:
            inner = items(schema, known[key]) if keyword == 'objects' else known[key]
            checked += check_rows(schema, row['of'], members(schema, inner), f'{where}.{property_}', problems)
    return checked


def check_table(shared, say):
    """Every name of fc3.yaml is one of the component's schema. Of fc3-domain there is no schema here."""
    path = shared.parent / 'schemas/serverless-devs/fc3-props.schema.json'
    if not path.exists():
        say(f'  the table is not checked, there is no {path}')
        return True
    schema, problems, checked = json.loads(path.read_text()), [], 0
    for row in yaml.safe_load((ROOT / 'backends/aliyun/catalog/serverless_devs/fc3.yaml').read_text()):
        known = schema['properties']
        if 'part' in row or 'parts' in row:
            key = row.get('part') or row.get('parts')
            if key not in known:
                problems.append(f'{row["type"]}: there is no {key}')
                continue
            known = members(schema, items(schema, known[key]) if 'parts' in row else known[key])
        problems += [f'{row["type"]}: there is no {key}' for key in row.get('always', {}) if key not in known]
        checked += check_rows(schema, row['properties'], known, row['type'], problems)
    for text in problems:
        say(f'    {text}')
    say(f'  {checked} names of the table held against the schema of fc3')
    return not problems


# ------------------------------------------------------------------ mistakes made on purpose

def mutants(app, done):
    """(what, app) with one mistake each, for components and parts that had none so far."""
    for name, resource in (app.get('resources') or {}).items():
        component, props = resource['component'], resource['props']
        spots = {component: props}
        if component == 'fc3':
            spots |= {f'fc3.{k}': v for k, v in props.items() if isinstance(v, dict) and k != 'environmentVariables'}
            spots |= {f'fc3.triggers {t.get("triggerType")}': t for t in props.get('triggers', ())}
        for kind, at in spots.items():
            if kind in done:
                continue
            done.add(kind)

            def broken(change):
                new = copy.deepcopy(app)
                there = new['resources'][name]['props']
                if kind.startswith('fc3.triggers'):
                    there = there['triggers'][props['triggers'].index(at)]
                elif '.' in kind:
                    there = there[kind.split('.', 1)[1]]
                return new if change(there) else None

            def misspell(there):
                if component in ('ros', 'fc3-domain'):   # nobody here knows their keys
                    return False
                victim = sorted(there)[len(there) // 2]
                there[misspelt(victim)] = there.pop(victim)
                return True

            def remove(there):
                victim = next((k for k in ('functionName', 'runtime', 'triggerType', 'triggerConfig', 'project', 'template',
                                           'reservedConcurrency') if k in there), None)
                return victim is not None and there.pop(victim) is not None

            def cut(there):
                for key, value in there.items():
                    if isinstance(value, str) and re.search(r'\$\{resources\.\w+\.output\.\w+\}', value):
                        there[key] = re.sub(r'(\.output\.\w+)\}', r'\1Gone}', value) if 'before' in value else re.sub(
                            r'resources\.(\w+)', r'resources.\1_gone', value)
                        return True
                    if isinstance(value, dict) and cut(value):
                        return True
                return False
            for what, change in (('misspelt', misspell), ('removed', remove), ('cut', cut)):
                made = broken(change)
                if made is not None:
                    yield f'{name} {kind} {what}', made


def check(args, tools, shared, work, programs, node, say):
    made, failed = compile_all(args.virga, work / 'serverless-devs', programs)
    for text in failed:
        say(f'NOT COMPILED {text}')
    good = check_table(shared, say) and not failed and bool(made or args.only)
    apps = {name: load(path) for name, path in made.items()}
    parsed = node('check_sdevs.mjs', tools, [{'path': str(path), 'env': environment(apps[name]), 'preview': name.startswith('examples/')}
                                             for name, path in made.items()])
    validated = validate(shared, list(made.values()))
    wrong = []
    for name, path in made.items():
        found = parsed[str(path)]
        texts_ = [f'parse-spec: {found["error"]}'] if 'error' in found else []
        texts_ += [f's preview: {found["preview"]}'] if 'preview' in found else []
        texts_ += [f'parse-spec: not filled: {text}' for text in found['left']]
        if 'order' in found and found['order'] != list(apps[name]['resources']):
            texts_.append(f'parse-spec: deployed as {found["order"]}, but written as {list(apps[name]["resources"])}')
        texts_ += wiring(apps[name], path.parent)
        texts_ += [f'validate-sdevs: {text}' for text in validated.get(str(path), [])]
        wrong += [f'{name}: {text}' for text in texts_]
    say(f'  {len(made)} applications parsed by @serverless-devs/parse-spec, those of examples previewed by s; '
        f'{len(validated)} held against the schema' + ('' if validated else ' (there is no validator)'))
    for text in wrong:
        say(f'    {text}')
    good &= not wrong
    if args.no_mutations or not validated:
        return good
    broken, done, folders = {}, set(), {}
    for name, app in apps.items():
        for what, mutant in mutants(app, done):
            path = work / 'serverless-devs-mutants' / f'{len(broken)}.yaml'
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(mutant))
            broken[f'{name}: {what}'], folders[str(path)] = path, (mutant, made[name].parent)
    found = validate(shared, list(broken.values()))
    missed = [name for name, path in broken.items() if not found[str(path)] and not wiring(*folders[str(path)])]
    say(f'  {len(broken)} mutants of {len(done)} components and parts, {len(broken) - len(missed)} caught')
    for name in missed:
        say(f'    NOT CAUGHT {name}')
    return good and not missed
