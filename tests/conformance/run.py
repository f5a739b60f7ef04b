#!/usr/bin/env python3
"""run.py --virga VIRGA: what parties that did not write Virga say about what it emits.

Compiles every example and every golden for the targets that it names (a target that an example leaves out must be one that it
cannot have: an error says why), and a program for every cell of the portability matrix that says it can be, then asks
  AWS SAM          cfn-lint, the SAM translator (and cfn-lint on what it makes), @aws/cloudformation-validate, and asl-validator
                   on the definition of every state machine
  Alibaba Cloud    the vendor's generated checks of @alicloud/ros-cdk-* (check_ros.mjs); of a flow's definition, for which nobody
                   has a validator, ours (flows.py)
  Serverless Devs  @serverless-devs/parse-spec and `s preview`, and serverless_devs.py for the rest
  Terraform        HashiCorp's HCL code (@cdktf/hcl2json, @cdktf/hcl-tools), and terraform.py for the rest
and, where the folder ../shared of this repository's neighbour is present, its validate-sam, validate-ros and validate-sdevs.
An error fails. A warning fails unless accepted-<cloud>.yaml lists it with a reason; an entry that accepts nothing fails too.

Then it breaks every template on purpose, per resource type: a property misspelt, a reference cut, a required property
removed. Each of these must be caught by somebody, or the checks would be worth nothing.

Needs what ./install brings (build/conformance); the packages of the validators are pinned beside this file.
"""
import argparse
import collections
import concurrent.futures
import json
import logging
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SKIPPED = 77   # what ctest takes as "not run"
TARGETS = ('aws.sam', 'aliyun.ros', 'aliyun.serverless_devs', 'aws.terraform', 'aliyun.terraform')
COMPANIONS = ('before.yaml', 'after.yaml')   # templates of ROS beside an s.yaml

Finding = collections.namedtuple('Finding', 'by level rule resource message')   # level: error, warning
Template = collections.namedtuple('Template', 'name cloud path data')


def say(text):
    print(text, flush=True)


def clock(what, start):
    say(f'  {what}: {time.monotonic() - start:.0f} s')


def arguments():
    p = argparse.ArgumentParser()
    p.add_argument('--virga', required=True)
    p.add_argument('--tools', default=str(ROOT / 'build/conformance'), help='where ./install put the validators')
    p.add_argument('--shared', default=str(ROOT.parent / 'shared/validators'))
    p.add_argument('--only', default='', help='a regular expression for the names of programs')
    p.add_argument('--no-mutations', action='store_true')
    p.add_argument('--jobs', type=int, default=os.cpu_count() or 1)
    return p.parse_args()


# ------------------------------------------------------------------ what Virga makes

def programs():
    """(name, folder, targets): the targets of a golden's own first lines, which go before those of its app."""
    for folder in sorted({path.parent for path in (ROOT / 'examples').rglob('*.virga') if path.parent.name != 'loads'}):
        if 'migrations' in folder.relative_to(ROOT).parts:
            # Where it came from its template is somebody else's; where it went it is ours.
            yield str(folder.relative_to(ROOT / 'examples')), folder, [t for t in TARGETS if (folder / t).is_dir()]
        else:
            yield str(folder.relative_to(ROOT)), folder, []
    for main in sorted((ROOT / 'tests/golden').glob('*/*/main.virga')):
        expected = main.parent / 'expect.diagnostics'
        if expected.exists() and re.search(r'^error\[', expected.read_text(), re.M):
            continue   # a program that is wrong on purpose
        if (main.parent / 'expect.syntax').exists() and len(list(main.parent.glob('expect.*'))) == 1:
            continue   # it is about its tree alone, and may describe nothing that can be deployed
        yield str(main.parent.relative_to(ROOT / 'tests')), main.parent, directive(main, 'target')


def cells(virga, folder):
    """The same for the cells of the portability matrix: a program for each kind and each edge that a target can have."""
    sys.path.insert(0, str(ROOT / 'tests/portability'))
    import cells as matrix
    wanted = collections.OrderedDict()   # what two targets are told alike is one program
    for cell in matrix.cells(virga):
        if cell.text is not None and cell.verdict != 'impossible':
            name = re.sub(r'[^a-z_.]+', '-', cell.name.rsplit(' on ', 1)[0])
            wanted.setdefault((name, cell.text), []).append(cell.target)
    for i, ((name, text), targets) in enumerate(wanted.items()):
        # `->` and `~>` would be one name without the number.
        where = folder / f'{i:03}-{name}'
        matrix.write(where, text)
        yield f'cells/{where.name}', where, targets


def directive(main, key):
    for line in main.read_text().splitlines():
        if not line.startswith('//'):
            return []
        if line[2:].strip().startswith(key + ':'):
            return line.split(':', 1)[1].split()
    return []


def compile_all(virga, out, given):
    failed = []
    templates = []
    for name, folder, targets in given:
        # What becomes of the Terraform targets of a cell is looked at with Terraform's.
        mine = [t for t in targets if not t.endswith('.terraform')] if name.startswith('cells/') else targets
        if targets and not mine:
            continue
        command = [virga, 'compile', str(folder), '-o', str(out / name)]
        for target in mine:
            command += ['--target', target]
        stage = directive(folder / 'main.virga', 'stage') if (folder / 'main.virga').exists() else []
        done = subprocess.run(command + (['--stage', stage[0]] if stage else []), capture_output=True, text=True)
        if done.returncode != 0:
            failed.append(f'{name}: exit code {done.returncode}\n{done.stderr or done.stdout}')
            continue
        for path in sorted((out / name).glob('*/**/template.yaml')):
            target = path.relative_to(out / name).parts[0]
            templates.append(Template(f'{name}/{path.relative_to(out / name).parent}', target.split('.')[0], path, None))
        for path in sorted((out / name).glob('aliyun.serverless_devs/**/*.yaml')):
            if path.name in COMPANIONS:
                templates.append(Template(f'{name}/{path.relative_to(out / name)}', 'aliyun', path, None))
        for target in TARGETS if name.startswith('examples/') else ():
            if (out / name / target).exists():
                continue
            done = subprocess.run([virga, 'compile', str(folder), '-o', str(out / 'refused'), '--target', target], capture_output=True, text=True)
            reasons = re.findall(r'^error\[([^]]+)\]', done.stderr, re.M)
            if done.returncode != 1 or not reasons:
                failed.append(f'{name}: leaves out {target}, which it could have')
            else:
                say(f'  {name} has no {target}, which it does not ask for: {", ".join(sorted(set(reasons)))}')
    return templates, failed


# ------------------------------------------------------------------ AWS

def transform(template):
    """What the SAM translator makes of a template. Local code becomes a place in S3, as `sam package` would make it."""
    from samtranslator.translator.transform import transform as translate
    logging.disable(logging.WARNING)   # it misses the metrics that only its makers collect

    class NoPolicies:
        """Managed policies are looked up in an account; none is needed where roles are written out."""

        def load(self):
            return {}

    packaged = json.loads(json.dumps(template))
    for resource in packaged.get('Resources', {}).values():
        properties = resource.get('Properties') or {}
        for key in ('CodeUri', 'ContentUri', 'DefinitionUri'):
            if isinstance(properties.get(key), str) and '://' not in properties[key]:
                properties[key] = 's3://bucket/' + (properties[key].replace('../', '').lstrip('./') or 'code')
    return translate(packaged, {}, NoPolicies())


def in_parts(items, jobs):
    """Every item in one of at most so many lists, none of them empty."""
    items = list(items)
    return [part for part in (items[i::jobs] for i in range(jobs)) if part]


def translate_all(named, jobs):
    """name → (template or None, error), on all processors."""
    os.environ.setdefault('AWS_DEFAULT_REGION', 'us-east-1')
    with concurrent.futures.ProcessPoolExecutor(jobs) as pool:
        done = {name: found for part in pool.map(translate_some, in_parts(named.items(), jobs)) for name, found in part}
    return {name: done[name] for name in named}


def translate_some(items):
    out = {}
    for name, template in items:
        try:
            out[name] = (transform(template), '')
        except Exception as e:   # the translator's own and, for odd templates, any other
            causes = getattr(e, 'causes', None)
            out[name] = (None, '; '.join(c.message for c in causes) if causes else f'{type(e).__name__}: {e}')
    return list(out.items())


def cfn_lint(tools, paths, jobs):
    """path → findings. cfn-lint takes seconds to start and for each file, so the files are spread over the processors."""
    out = {str(p): [] for p in paths}

    def lint(some):
        done = subprocess.run([str(tools / 'venv/bin/cfn-lint'), '--format', 'json', '--non-zero-exit-code', 'none', '--', *some],
                              capture_output=True, text=True)
        if not done.stdout.strip().startswith('['):
            raise RuntimeError(f'cfn-lint: {done.stderr[-2000:]}')
        return json.loads(done.stdout)

    parts = in_parts((str(p) for p in paths), jobs)
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        for found in pool.map(lint, parts):
            for f in found:
                level = 'error' if f['Level'] == 'Error' else 'warning'
                where = f['Location'].get('Path') or []
                resource = str(where[1]) if len(where) > 1 else ''
                out[f['Filename']].append(Finding('cfn-lint', level, f['Rule']['Id'], resource, f['Message']))
    return out


def node(script, tools, given):
    done = subprocess.run(['node', str(HERE / script), str(tools / 'node_modules')], input=json.dumps(given), capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f'{script}: {done.stderr[-2000:]}')
    return json.loads(done.stdout)


def cfn_validate(tools, paths, jobs):
    found = {}
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        for part in pool.map(lambda some: node('check_cfn.mjs', tools, some), in_parts((str(p) for p in paths), jobs)):
            found |= part
    return {path: [Finding('cloudformation-validate', 'warning' if f['severity'] == 'WARN' else 'error', f['rule'], f['resource'],
                           f['path'] + ' ' + f['message']) for f in all_] for path, all_ in found.items()}


def check_aws(templates, tools, shared, work, jobs):
    """Findings per template name."""
    from flows import definitions
    out = {t.name: [] for t in templates}
    start = time.monotonic()
    translated = translate_all({t.name: t.data for t in templates}, jobs)
    made = {}
    from templates import dump
    for t in templates:
        result, error = translated[t.name]
        if result is None:
            out[t.name].append(Finding('sam-translator', 'error', 'transform', '', error))
        else:
            made[t.name] = work / 'translated' / (t.name.replace('/', '_') + '.json')
            dump(result, made[t.name])
    clock('SAM translator', start)
    start = time.monotonic()
    paths = {str(t.path): t.name for t in templates} | {str(p): n for n, p in made.items()}
    for path, found in cfn_lint(tools, list(paths), jobs).items():
        out[paths[path]] += found
    clock(f'cfn-lint on {len(paths)} files', start)
    start = time.monotonic()
    for path, found in cfn_validate(tools, list(paths), jobs).items():
        name = paths[path]
        # In a SAM template it does not see the resources that the translator will add; in what that makes, it does.
        known = (translated[name][0] or {}).get('Resources', {})
        missing = re.compile(r"GetAtt '(\w+)\..*' references a resource that does not exist")
        out[name] += [f for f in found if not ((m := missing.search(f.message)) and m[1] in known)]
    clock(f'cloudformation-validate on {len(paths)} files', start)
    machines = {f'{t.name}\n{r}': d for t in templates for r, d in definitions(t.data, 'AWS::StepFunctions::StateMachine')}
    for name, problems in node('check_asl.mjs', tools, machines).items():
        template, resource = name.split('\n')
        out[template] += [Finding('asl-validator', 'error', 'definition', resource, p) for p in problems]
    check_shared(shared, 'validate-sam', templates, out)
    # What is wrong in a template is wrong in what the translator makes of it too: once is enough.
    return {name: list(dict.fromkeys(found)) for name, found in out.items()}


# ------------------------------------------------------------------ Alibaba Cloud

def check_ros(tools, named):
    return {name: [Finding('ros-cdk', 'error', 'check', p.split(':')[0].split('.')[0], p) for p in problems]
            for name, problems in node('check_ros.mjs', tools, named).items()}


def check_aliyun(templates, tools, shared):
    start = time.monotonic()
    out = check_ros(tools, {t.name: t.data for t in templates})
    clock(f'ros-cdk on {len(templates)} files', start)
    from flows import definitions, fdl_problems
    for t in templates:
        for resource, text in definitions(t.data, 'ALIYUN::FNF::Flow'):
            out[t.name] += [Finding('fdl (ours)', 'error', 'definition', resource, p) for p in fdl_problems(text)]
    check_shared(shared, 'validate-ros', templates, out)
    return out


def check_workflows(made):
    """That a workflow runs the same steps on both clouds, whatever fails. Gives what differs."""
    import yaml
    from flows import definitions
    from machines import differences
    flows = {(t.name.split('/aliyun.ros')[0], r): d for t in made if t.cloud == 'aliyun' for r, d in definitions(t.data, 'ALIYUN::FNF::Flow')}
    wrong, compared = [], 0
    for t in made:
        for resource, machine in definitions(t.data, 'AWS::StepFunctions::StateMachine') if t.cloud == 'aws' else ():
            flow = flows.get((t.name.split('/aws.sam')[0], resource + 'Flow'))
            if flow is not None:
                compared += 1
                wrong += [f'{t.name} {resource}: {d}' for d in differences(machine, yaml.safe_load(flow))]
    say(f'Workflows: {compared} compared on both clouds, {len(wrong)} differences')
    for text in wrong:
        say(f'    {text}')
    return not wrong


def check_shared(shared, script, templates, out):
    """Validators beside this repository; a second opinion where they are present."""
    if not (shared / script).exists():
        say(f'  {script}: not run, there is no {shared}')
        return
    start = time.monotonic()
    python = '/usr/bin/python3' if os.path.exists('/usr/bin/python3') else sys.executable

    def run(t):
        return subprocess.run([python, str(shared / script), str(t.path)], capture_output=True, text=True)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        judged = list(zip(templates, pool.map(run, templates)))
    for t, done in judged:
        if done.returncode not in (0, 1):
            raise RuntimeError(f'{script}: {done.stderr[-2000:]}')
        if done.returncode == 1:
            for line in done.stdout.splitlines():
                text = line.replace(str(t.path), '').lstrip(': ')
                resource = re.match(r'(?:Resources\.)?(\w+)', text)
                # Not a mistake but a hole in its schemas, so somebody has to say who checks such a resource instead.
                rule = ('unknown-type' if 'unknown resource type' in text else
                        'no-resources' if text == 'Resources: there are none' else 'check')
                out[t.name].append(Finding(script, 'error' if rule == 'check' else 'warning', rule,
                                           resource[1] if resource else '', text))
    clock(f'{script} on {len(templates)} files', start)


# ------------------------------------------------------------------ what is accepted

class Accepted:
    """accepted-<cloud>.yaml: a list of {by, rule, where, message, reason}; `where` (names of resources) and `message` are regular
    expressions for the whole of them or a part, and may be left out."""

    def __init__(self, cloud):
        import yaml
        path = HERE / f'accepted-{cloud}.yaml'
        self.path = path
        self.entries = (yaml.safe_load(path.read_text()) or []) if path.exists() else []
        self.used = [False] * len(self.entries)
        for e in self.entries:
            if not e.get('reason') or not e.get('rule') or not e.get('by'):
                raise SystemExit(f'{path}: an entry needs `by`, `rule` and `reason`: {e}')

    def takes(self, finding):
        for i, e in enumerate(self.entries):
            if (e['by'] == finding.by and re.fullmatch(str(e['rule']), finding.rule)
                    and re.search(e.get('where', ''), finding.resource) and re.search(e.get('message', ''), finding.message)):
                self.used[i] = True
                return True
        return False

    def unused(self):
        return [e for e, used in zip(self.entries, self.used) if not used]


def judge(cloud, findings, whole):
    accepted = Accepted(cloud)
    wrong = collections.OrderedDict()
    errors = warnings = taken = 0
    for name, found in findings.items():
        for f in found:
            if f.level == 'warning' and accepted.takes(f):
                taken += 1
                continue
            errors += f.level == 'error'
            warnings += f.level == 'warning'
            wrong.setdefault((f.by, f.level, f.rule, f.message), []).append(f'{name} {f.resource}')
    say(f'  {len(findings)} templates: {errors} errors, {warnings} warnings, {taken} warnings accepted with a reason')
    for (by, level, rule, message), places in wrong.items():
        say(f'    {by} {level} {rule}: {message[:300]}')
        say(f'      at {places[0]}' + (f' and {len(places) - 1} more' if len(places) > 1 else ''))
    unused = accepted.unused() if whole else []
    for e in unused:
        say(f'    {accepted.path.name}: nothing is accepted by {e["by"]} {e["rule"]} {e.get("where", "")}: remove it')
    return not wrong and not unused


# ------------------------------------------------------------------ mistakes made on purpose

# What AWS::Serverless types need: their schemas call almost nothing required, the translator does.
SERVERLESS_REQUIRED = {'AWS::Serverless::Function': ['CodeUri', 'Handler', 'Runtime'], 'AWS::Serverless::Api': ['StageName'],
                       'AWS::Serverless::StateMachine': ['DefinitionUri', 'Definition'], 'AWS::Serverless::LayerVersion': ['ContentUri']}


def aws_required(types):
    from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER
    out = dict(SERVERLESS_REQUIRED)
    for kind in sorted(types - set(out)):
        try:
            out[kind] = PROVIDER_SCHEMA_MANAGER.get_resource_schema('us-east-1', kind).schema.get('required', [])
        except Exception:   # a type that cfn-lint does not know, such as one of SAM's
            out[kind] = []
    return out


def ros_required(tools):
    done = subprocess.run(['node', str(HERE / 'check_ros.mjs'), str(tools / 'node_modules'), '--facts'], capture_output=True, text=True, check=True)
    return {kind: facts['required'] for kind, facts in json.loads(done.stdout).items()}


def errors_of(found):
    return [f for f in found if f.level == 'error']


def mutate(cloud, templates, tools, shared, work, jobs):
    """True when every mutant is caught. Quick validators first; the slow ones see only what those let pass."""
    from templates import dump, mutants
    start = time.monotonic()
    required = ros_required(tools) if cloud == 'aliyun' else aws_required({r['Type'] for t in templates for r in t.data['Resources'].values()})
    named, kinds = {}, {}
    for t in templates:
        for what, kind, broken in mutants(t.data, required):
            name = f'{t.name}: {what}'
            named[name], kinds[name] = broken, (kind, what.rsplit(' ', 1)[1])
    caught = {}

    def catch(found):
        for name, findings in found.items():
            if errors_of(findings) and name not in caught:
                caught[name] = errors_of(findings)[0].by

    def rest():
        return {n: b for n, b in named.items() if n not in caught}

    def written():
        paths = {}
        for i, (name, broken) in enumerate(rest().items()):
            path = work / f'mutants-{cloud}' / f'{i}.json'
            dump(broken, path)
            paths[str(path)] = name
        return paths

    if cloud == 'aliyun':
        catch(check_ros(tools, named))
        if rest() and (shared / 'validate-ros').exists():
            found = {n: [] for n in rest()}
            check_shared(shared, 'validate-ros', [Template(n, cloud, pathlib.Path(p), None) for p, n in written().items()], found)
            catch(found)
    else:
        catch({n: [Finding('sam-translator', 'error', '', '', e)] if r is None else [] for n, (r, e) in translate_all(named, jobs).items()})
        paths = written()
        catch({paths[p]: f for p, f in cfn_validate(tools, list(paths), jobs).items()})
        paths = written()
        if paths:
            catch({paths[p]: f for p, f in cfn_lint(tools, list(paths), jobs).items()})
    table = collections.Counter((kinds[n][1], caught.get(n, 'nobody')) for n in named)
    say(f'  {len(named)} mutants of {len(templates)} templates and {len({k for k, _ in kinds.values()})} resource types, in {time.monotonic() - start:.0f} s')
    for what in ('misspelt', 'cut', 'removed'):
        row = ', '.join(f'{by} {n}' for (w, by), n in sorted(table.items()) if w == what)
        say(f'    {what:9} {row}')
    for name in rest():
        say(f'    NOT CAUGHT {name} ({kinds[name][0]})')
    return not rest()


def main():
    args = arguments()
    tools, shared = pathlib.Path(args.tools), pathlib.Path(args.shared)
    if not (tools / 'installed').exists():
        say(f'conformance: not run, the validators are not in {tools}: run tests/conformance/install')
        return 1 if os.environ.get('VIRGA_CONFORMANCE') == 'required' else SKIPPED
    interpreter = tools / 'venv/bin/python'
    if pathlib.Path(sys.prefix).resolve() != (tools / 'venv').resolve():
        os.execv(interpreter, [str(interpreter), __file__, *sys.argv[1:]])
    sys.path.insert(0, str(HERE))
    import templates as reader

    start = time.monotonic()
    work = tools / 'made'
    shutil.rmtree(work, ignore_errors=True)
    given = [p for p in [*programs(), *cells(args.virga, work / 'cells')] if re.search(args.only, p[0])]
    made, failed = compile_all(args.virga, work / 'out', given)
    say(f'compiled {len(made)} templates in {time.monotonic() - start:.0f} s')
    for text in failed:
        say(f'NOT COMPILED {text}')
    made = [t._replace(data=reader.load(t.path)) for t in made]
    good = not failed and bool(made)
    for cloud, title in (('aws', 'AWS SAM'), ('aliyun', 'Alibaba Cloud ROS')):
        mine = [t for t in made if t.cloud == cloud]
        say(f'{title}')
        if not mine:
            say('  no template was made')
            good &= bool(args.only)
            continue
        found = check_aws(mine, tools, shared, work, args.jobs) if cloud == 'aws' else check_aliyun(mine, tools, shared)
        good &= judge(cloud, found, whole=not args.only)
        if not args.no_mutations:
            good &= mutate(cloud, [t for t in mine if not t.name.startswith('cells/')], tools, shared, work, args.jobs)
    good &= check_workflows(made)
    say('Terraform')
    import terraform
    import terraform_tables
    good &= terraform_tables.run(shared.parent / 'schemas/terraform', say) is not False
    staged = [(name, folder, targets, (directive(folder / 'main.virga', 'stage') if (folder / 'main.virga').exists() else [''])[:1])
              for name, folder, targets in given]
    staged = [(n, f, t, (s or [''])[0]) for n, f, t, s in staged]
    good &= terraform.check(args, tools, shared, work, staged, node, say)
    say('Serverless Devs')
    import serverless_devs
    good &= serverless_devs.check(args, tools, shared, work, staged, node, say)
    say(f'conformance: {"fine" if good else "FAILED"} after {time.monotonic() - start:.0f} s')
    return 0 if good else 1


if __name__ == '__main__':
    sys.exit(main())
