#!/usr/bin/env python3
"""run.py --virga VIRGA [--corpus FOLDER] [--missing] [--write]: what of real templates Virga can say.

Two tables. Kinds × formats: from `virga targets`. Properties: for each resource type that Virga emits, the share of the corpus's
templates of which it knows every property (one that some golden or example has without `raw`, or that is deprecated with a named
successor). What is not known is a raw property; the wanted share is 90 %. --write puts the tables into docs/coverage.md;
--missing lists what is missing most, in the order that pays."""
import argparse
import collections
import json
import pathlib
import re
import subprocess
import sys

import yaml

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
RAW = None       # set by main
WANTED = 90      # per cent of the templates
# The types of which `raw` and `raw_properties` speak, where SAM has another one for them. What SAM's own type has no property for
# stays a resource of CloudFormation; what it has, and they can be told, stands in it or beside it.
FOLDED = {
    'AWS::Serverless::Function': ['AWS::Lambda::Function'],
    'AWS::Serverless::LayerVersion': ['AWS::Lambda::LayerVersion'],
    'AWS::Serverless::SimpleTable': ['AWS::DynamoDB::Table'],
    'AWS::Serverless::Function event SQS': ['AWS::Lambda::EventSourceMapping'],
    'AWS::Serverless::Function event Kinesis': ['AWS::Lambda::EventSourceMapping'],
    'AWS::Serverless::Function event DynamoDB': ['AWS::Lambda::EventSourceMapping'],
    'AWS::Serverless::Function event SNS': ['AWS::SNS::Subscription'],
    # The role of a schedule is a node's own, so its boundary is said there.
    'AWS::Serverless::Function event ScheduleV2': ['AWS::Scheduler::Schedule', 'AWS::IAM::Role'],
}
MOST = 1 << 20   # bytes of a template; larger ones are data


class Loader(yaml.CSafeLoader if hasattr(yaml, 'CSafeLoader') else yaml.SafeLoader):
    pass


Loader.add_multi_constructor('!', lambda loader, tag, node: {'!' + tag: None})
Loader.add_constructor('tag:yaml.org,2002:timestamp', lambda loader, node: node.value)


def load(path):
    try:
        if path.stat().st_size > MOST:
            return None
        return yaml.load(path.read_text(errors='replace'), Loader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None


def is_function(value):
    return isinstance(value, dict) and len(value) == 1 and next(iter(value)).startswith(('!', 'Fn::', 'Ref'))


def resources(data):
    """(type, properties) of a CloudFormation or SAM template, `Globals` put where they hold."""
    if not isinstance(data, dict) or not isinstance(data.get('Resources'), dict):
        return
    globals_ = data.get('Globals') if isinstance(data.get('Globals'), dict) else {}
    for resource in data['Resources'].values():
        if not isinstance(resource, dict) or not isinstance(resource.get('Type'), str):
            continue
        properties = resource.get('Properties')
        properties = dict(properties) if isinstance(properties, dict) else {}
        short = resource['Type'].rsplit('::', 1)[-1]
        if resource['Type'].startswith('AWS::Serverless::') and isinstance(globals_.get(short), dict):
            properties = {**globals_[short], **properties}
        yield resource['Type'], properties
        events = properties.get('Events')
        if isinstance(events, dict) and resource['Type'].startswith('AWS::Serverless::'):
            for event in events.values():
                if isinstance(event, dict) and isinstance(event.get('Type'), str):
                    inner = event.get('Properties')
                    yield f'{resource["Type"]} event {event["Type"]}', inner if isinstance(inner, dict) else {}


def fc_resources(data):
    """(type, properties) of an s.yaml: the props of the component, its triggers apart."""
    if not isinstance(data, dict):
        return
    for service in (data.get('resources') or data.get('services') or {}).values() if isinstance(data.get('resources') or data.get('services'), dict) else ():
        if not isinstance(service, dict):
            continue
        component = str(service.get('component', '')).split('@')[0].rsplit('/', 1)[-1].strip()
        props = service.get('props')
        if component not in ('fc3', 'fc3-domain') or not isinstance(props, dict):
            continue
        if component == 'fc3-domain':
            yield component, props
            continue
        yield 'fc3', {k: v for k, v in props.items() if k != 'triggers'}
        for trigger in props.get('triggers') or ():
            if isinstance(trigger, dict):
                config = trigger.get('triggerConfig')
                yield f'fc3 trigger {trigger.get("triggerType")}', config if isinstance(config, dict) else {}


def says_raw(path):
    """Whether the program of an expectation says something in the engine's words, which is no attribute of the language."""
    case = next(p for p in path.parents if p.name.startswith('expect.')).parent
    return any(re.search(r'\braw(_properties)?\s*=\s*\{', p.read_text()) for p in case.glob('*.virga'))


def emitted():
    """type → properties, of every template among the goldens."""
    known = collections.defaultdict(set)
    for path in sorted((ROOT / 'tests/golden').rglob('expect.aws.sam/**/template.yaml')):
        if says_raw(path):
            continue
        for type_, properties in resources(load(path)):
            known[type_] |= set(properties)
    for path in sorted((ROOT / 'tests/golden').rglob('expect.aliyun.serverless_devs/**/s.yaml')):
        for type_, properties in fc_resources(load(path)):
            known[type_] |= set(properties)
    return known


def said_otherwise():
    """`TYPE PROPERTY: how`: what the language says in another way, so that the property itself never appears."""
    out = collections.defaultdict(dict)
    for line in (HERE / 'said-otherwise.txt').read_text().splitlines():
        if line and not line.startswith('#'):
            what, how = line.split(': ', 1)
            type_, property_ = what.rsplit(' ', 1)
            out[type_][property_] = how
    return out


def raw():
    """type → what `raw` takes for it."""
    out = collections.defaultdict(set)
    for cloud in ('aws', 'aliyun'):
        for row in yaml.safe_load((ROOT / f'backends/{cloud}/catalog/properties.yaml').read_text()):
            out[row['type']] = set(row['properties'])
    # The same under the names of Serverless Devs.
    for path in (ROOT / 'backends/aliyun/catalog/serverless_devs').glob('*.yaml'):
        for row in yaml.safe_load(path.read_text()):
            keys = {p: to if isinstance(to, str) else next(iter(to.values())) for p, to in row['properties'].items()}
            type_ = row.get('component') or 'fc3'
            known = {keys[p] for p in out[row['type']] if p in keys} if 'component' in row else {row.get('part')}
            out[type_] |= known - {None}
    for type_, plain in FOLDED.items():
        out[type_] &= set().union(*(out[p] for p in plain))
    out['AWS::Serverless::Function'] |= {'PackageType', 'ImageUri'}
    return out


def count(corpus, read, pattern):
    """type → list of the property sets of each template that has the type."""
    uses = collections.defaultdict(list)
    for path in sorted(corpus.rglob('*')):
        if not path.is_file() or not re.search(pattern, path.name):
            continue
        here = collections.defaultdict(set)
        for type_, properties in read(load(path)):
            here[type_] |= {k for k in properties if isinstance(k, str)}
        for type_, properties in here.items():
            uses[type_].append(properties)
    return uses


def table(title, uses, known, otherwise, missing):
    rows = []
    for type_ in sorted(uses, key=lambda t: -len(uses[t])):
        if type_ not in known and type_ not in otherwise:
            continue
        can = known.get(type_, set()) | set(otherwise.get(type_, {}))
        whole = sum(properties <= can for properties in uses[type_])
        any_way = sum(properties <= can | RAW[type_] for properties in uses[type_])
        left = collections.Counter(p for properties in uses[type_] for p in properties - can)
        rows.append((type_, len(uses[type_]), 100 * whole / len(uses[type_]), 100 * any_way / len(uses[type_]), left))
    lines = [f'### {title}', '', '| type | templates | by attributes and edges | with `raw` | said by `raw` most |', '|---|---|---|---|---|']
    for type_, total, share, any_way, left in rows:
        worst = ', '.join(f'`{p}` {n}' for p, n in sorted(left.items(), key=lambda i: (-i[1], i[0]))[:4])
        lines.append(f'| `{type_}` | {total} | {share:.0f} % | {any_way:.0f} % | {worst} |')
    other = collections.Counter({t: len(u) for t, u in uses.items() if t not in known and t not in otherwise})
    lines += ['', 'Types without a kind, most frequent first: ' + ', '.join(f'`{t}` {n}' for t, n in sorted(other.items(), key=lambda i: (-i[1], i[0]))[:25]) + '.', '']
    if missing:
        for type_, total, share, _, left in rows:
            if share < WANTED:
                print(f'{type_} ({share:.0f} % of {total}): ' + ', '.join(f'{p} {n}' for p, n in left.most_common(12)))
    return lines, sum(any_way >= WANTED for _, _, _, any_way, _ in rows), len(rows)


def kinds(virga):
    matrix = json.loads(subprocess.run([virga, 'targets', '--json'], capture_output=True, text=True, check=True).stdout)
    targets = list(matrix['kinds'][0]['targets'])
    lines = ['| kind | ' + ' | '.join(targets) + ' |', '|---|' + '---|' * len(targets)]
    for row in matrix['kinds']:
        lines.append(f'| `{row["kind"]}` | ' + ' | '.join(row['targets'][t]['verdict'] for t in targets) + ' |')
    words = collections.Counter((t, c['verdict']) for row in matrix['edges'] for t, c in row['targets'].items())
    lines += ['', '| edges | ' + ' | '.join(targets) + ' |', '|---|' + '---|' * len(targets)]
    for word in ('exact', 'emulated', 'degraded', 'impossible'):
        lines.append(f'| {word} | ' + ' | '.join(str(words[t, word]) for t in targets) + ' |')
    return lines


def imports(page):
    """The sections about moves and imports, which scripts of tests/import keep between their marks, as they are."""
    lines = page.read_text().split('\n')
    return lines[lines.index('## Moves'):] if '## Moves' in lines else []


def main():
    p = argparse.ArgumentParser()
    p.add_argument('--virga', required=True)
    p.add_argument('--corpus', default=str(ROOT.parent / 'shared/corpus'))
    p.add_argument('--missing', action='store_true')
    p.add_argument('--write', action='store_true')
    options = p.parse_args()
    corpus = pathlib.Path(options.corpus)
    if not corpus.is_dir():
        print('coverage: the corpus is not here')
        sys.exit(77)
    global RAW
    RAW = raw()
    known, otherwise = emitted(), said_otherwise()
    sam, sam_good, sam_all = table('AWS SAM and CloudFormation', count(corpus / 'sam', resources, r'\.(ya?ml|json|template)$'), known, otherwise, options.missing)
    fc3, fc3_good, fc3_all = table('Serverless Devs (fc3)', count(corpus / 'serverless-devs', fc_resources, r'\.ya?ml$'), known, otherwise, options.missing)
    page = ROOT / 'docs/coverage.md'
    text = '\n'.join(['# What is covered', '',
                      'Made by `tests/coverage/run.py --write`; do not edit. [What a cell means and why](cli.md): `virga targets --long`.', '',
                      '## Kinds and formats', '', *kinds(options.virga), '',
                      '## Properties of real templates', '',
                      'For each resource type that Virga emits: in how many templates of the corpus it stands, and the share of those of which Virga',
                      'can say every property of that type: by an attribute, an edge or a default; with raw properties as well.', '',
                      *sam, *fc3, *imports(page)]).rstrip() + '\n'
    if options.write:
        page.write_text(text)
    print(f'coverage: {sam_good} of {sam_all} types of SAM and CloudFormation, {fc3_good} of {fc3_all} of Serverless Devs are known for {WANTED} % of their templates')


if __name__ == '__main__':
    main()
