"""Terraform configurations: what HashiCorp's HCL code and the providers' schemas say about them, and about broken ones.

Every program is compiled for both Terraform targets; what a target refuses with an error is no failure here (the goldens hold
which those are). Each configuration is read and laid out by HashiCorp's code, once as HCL and once as JSON, and checked by
../shared/validators/validate-terraform-json where that is present.
"""
import concurrent.futures
import copy
import json
import os
import pathlib
import re
import subprocess
import sys

import yaml

from templates import _misspelt as misspelt

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
TARGETS = ('aws.terraform', 'aliyun.terraform')
# The validator knows no ephemeral resources, so a reference to one that is there leads nowhere for it.
EPHEMERAL = re.compile(r'ephemeral\.(\w+\.\w+)\.\w+ refers to nothing')


def compile_all(virga, out, programs):
    """{name of a configuration: folder}, and the programs that failed in another way than with an error."""
    folders, failed = {}, []
    for name, folder, targets, stage in programs:
        cell = name.startswith('cells/')
        for target in TARGETS:
            if cell and target not in targets:
                continue
            # A cell is one resource or edge of those that the other programs hold in both forms.
            for form in ('hcl',) if cell else ('hcl', 'json'):
                where = out / form / name
                command = [virga, 'compile', str(folder), '-t', target, '-o', str(where)] + (['--stage', stage] if stage else [])
                done = subprocess.run(command + (['--as-json'] if form == 'json' else []), capture_output=True, text=True)
                if done.returncode not in (0, 1) or done.returncode == 1 and not re.search(r'^error\[', done.stderr, re.M):
                    failed.append(f'{name} for {target}: exit code {done.returncode}\n{done.stderr or done.stdout}')
                for main in sorted((where / target).glob('**/main.tf*')) if done.returncode == 0 else ():
                    folders[f'{name}/{main.relative_to(where).parent} as {form}'] = main.parent
    return folders, failed


def converted(node, tools, folders):
    """{file: what check_terraform.mjs says}; several at a time, since each has to start an engine of its own."""
    files = [str(f) for folder in folders for f in sorted(folder.glob('*.tf'))]
    parts = [part for part in (files[i::4] for i in range(4)) if part]
    out = {}
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for found in pool.map(lambda part: node('check_terraform.mjs', tools, part), parts):
            out.update(found)
    return out


def module(folder, hcl):
    """All files of a configuration as one JSON module."""
    out = {}
    for path in sorted(folder.glob('*.tf')):
        for key, value in (hcl[str(path)].get('body') or {}).items():
            out.setdefault(key, value)
    for path in sorted(folder.glob('*.tf.json')):
        for key, value in json.loads(path.read_text()).items():
            out.setdefault(key, value)
    return out


def without_schema():
    """Resource types of the tables of which there is no schema: each row says where its names come from instead."""
    rows = [row for path in ROOT.glob('backends/*/catalog/terraform/*.yaml') for row in yaml.safe_load(path.read_text()) or []]
    return {row['terraform'] for row in rows if row.get('unverified')}


def validate(shared, modules, work):
    """{name: problems} by the providers' schemas; nothing where the validator is not present."""
    script = shared / 'validate-terraform-json'
    if not script.exists() or not modules:
        return {}
    paths = {}
    work.mkdir(parents=True, exist_ok=True)
    for i, (name, body) in enumerate(modules.items()):
        path = work / f'{i}.tf.json'
        path.write_text(json.dumps(body))
        paths[str(path)] = name
    holes = {f'{kind}: unknown resource type' for kind in without_schema()}
    python = '/usr/bin/python3' if os.path.exists('/usr/bin/python3') else sys.executable
    all_paths = list(paths)
    parts = [part for part in (all_paths[i::4] for i in range(4)) if part]

    def run(part):
        return subprocess.run([python, str(script), *part], capture_output=True, text=True)
    out = {name: [] for name in modules}
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for done in pool.map(run, parts):
            if done.returncode not in (0, 1):
                raise RuntimeError(f'validate-terraform-json: {done.stderr[-2000:]}')
            for line in done.stdout.splitlines():
                path, _, text = line.partition(': ')
                if text != 'ok' and path in paths and text not in holes:
                    name = paths[path]
                    gap = EPHEMERAL.search(text)
                    if gap:
                        kind, label = gap[1].split('.')
                        if label in (modules[name].get('ephemeral') or {}).get(kind, {}):
                            continue
                    out[name].append(text)
    return out


# ------------------------------------------------------------------ mistakes made on purpose

def bodies(body):
    for kind, names in (body.get('resource') or {}).items():
        for name, items in names.items():
            for item in items if isinstance(items, list) else [items]:
                yield kind, name, item


def cut(value, known):
    """Replaces the first reference to a resource in `value`; whether there was one."""
    keys = range(len(value)) if isinstance(value, list) else list(value) if isinstance(value, dict) else ()
    for key in keys:
        inner = value[key]
        if isinstance(inner, str):
            m = re.search(r'\b((?:alicloud|aws)_\w+)\.(\w+)\.', inner)
            if m and (m[1], m[2]) in known and '${' in inner:
                value[key] = inner.replace(f'{m[1]}.{m[2]}.', f'{m[1]}.{m[2]}_gone.')
                return True
        elif cut(inner, known):
            return True
    return False


def mutants(body, required, done, skipped):
    """(what, module) with one mistake each, for resource types that had none so far and of which there is a schema."""
    known = {(kind, name) for kind, name, _ in bodies(body)}
    for kind, name, _ in list(bodies(body)):
        if kind in done or kind in skipped:
            continue
        done.add(kind)

        def broken(change):
            new = copy.deepcopy(body)
            item = next(i for k, n, i in bodies(new) if (k, n) == (kind, name))
            return new if change(item) else None

        def misspell(item):
            names = sorted(k for k in item if k not in ('depends_on', 'lifecycle'))
            victim = names[len(names) // 2]
            item[misspelt(victim)] = item.pop(victim)
            return True

        def remove(item):
            victim = next((a for a in required.get(kind, ()) if a in item), None)
            return victim is not None and item.pop(victim, None) is not None
        for what, change in (('misspelt', misspell), ('cut', lambda item: cut(item, known)), ('removed', remove)):
            made = broken(change)
            if made is not None:
                yield f'{kind}.{name} {what}', made


def required_arguments(schemas):
    out = {}
    for path in schemas.glob('*/*.json'):
        block = json.loads(path.read_text())['block']
        out[path.stem] = [name for name, a in (block.get('attributes') or {}).items() if a.get('required')]
    return out


def check(args, tools, shared, work, programs, node, say):
    folders, failed = compile_all(args.virga, work / 'terraform', programs)
    for text in failed:
        say(f'NOT COMPILED {text}')
    good = not failed and (bool(folders) or bool(args.only))
    hcl = converted(node, tools, folders.values())
    wrong = []
    for path, found in hcl.items():
        for key in ('error', 'layout'):
            if key in found:
                wrong.append(f'{key}: {path}: {found[key]}')
    modules = {name: module(folder, hcl) for name, folder in folders.items()}
    for name, body in modules.items():
        other = modules.get(name.replace(' as hcl', ' as json'))
        if name.endswith(' as hcl') and other is not None and sorted(bodies_of(body)) != sorted(bodies_of(other)):
            wrong.append(f'{name}: as JSON it holds other resources')
    problems = validate(shared, modules, work / 'terraform-modules')
    wrong += [f'{name}: {text}' for name, texts in problems.items() for text in texts]
    counts = {t: sum(t in name for name in folders) for t in TARGETS}
    as_json = sum(name.endswith(' as json') for name in folders)
    say(f'  {", ".join(f"{n} for {t}" for t, n in counts.items())}, {as_json} of them as JSON; {len(hcl)} files read and laid out by '
        f'HashiCorp\'s code; {len(problems)} modules checked against the providers\' schemas' + ('' if problems else ' (there is no validator)'))
    for text in wrong:
        say(f'    {text}')
    good &= not wrong and (bool(args.only) or all(counts.values()))
    if args.no_mutations or not problems:
        return good
    required, done, broken = required_arguments(shared.parent / 'schemas/terraform'), set(), {}
    for name, body in modules.items():
        if name.endswith(' as hcl') and not name.startswith('cells/'):
            for what, made in mutants(body, required, done, without_schema() | {'terraform_data'}):
                broken[f'{name}: {what}'] = made
    found = validate(shared, broken, work / 'terraform-mutants')
    missed = [name for name in broken if not found.get(name)]
    say(f'  {len(broken)} mutants of {len(done)} resource types, {len(broken) - len(missed)} caught')
    for name in missed:
        say(f'    NOT CAUGHT {name}')
    return good and not missed


def bodies_of(body):
    return [f'{kind}.{name}' for kind, name, _ in bodies(body)]
