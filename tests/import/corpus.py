"""The templates of a corpus, by format."""
import collections
import csv
import hashlib
import json

import applications
from documents import Unreadable, load, mapping

FORMATS = {   # format → (the name that `import` gives it, the target of a round trip, the template in its output)
    'sam': ('aws.sam', 'aws.sam', 'template.yaml'),
    'ros': ('aliyun.ros', 'aliyun.ros', 'template.yaml'),
    'serverless-devs': ('aliyun.serverless_devs', 'aliyun.serverless_devs', 's.yaml'),
    'terraform': (None, None, None),
    'serverless-framework': (None, None, None),
}
FILES = {'sam': ('.yaml', '.yml', '.json', '.template'), 'ros': ('.yaml', '.yml', '.json', '.tpl'),
         'serverless-devs': ('.yaml', '.yml'), 'serverless-framework': ('.yaml', '.yml', '.json')}

Source = collections.namedtuple('Source', 'form path name group state')   # state: plain, jinja, invalid-yaml


def index(folder):
    path = folder / 'INDEX.tsv'
    if not path.is_file():
        return {}
    with open(path, encoding='utf-8', newline='') as file:
        return {row['file']: row for row in csv.DictReader(file, delimiter='\t', quoting=csv.QUOTE_NONE)}


def sources(corpus, form):
    """Every template; for Terraform, every folder with files of its own."""
    folder = corpus / form
    rows = index(folder)
    if form == 'terraform':
        paths = sorted({p.parent for p in folder.rglob('*.tf')})
    else:
        paths = sorted(p for p in folder.rglob('*') if p.is_file() and p.suffix.lower() in FILES[form])
    for path in paths:
        name = str(path.relative_to(folder))
        row = rows.get(name, {})
        yield Source(form, path, f'{form}/{name}', row.get('group', ''), row.get('form', ''))


def sample(all_, count):
    """The same ones each time, and others of the same corpus hardly move when some are added."""
    chosen = sorted(all_, key=lambda s: hashlib.sha1(s.name.encode()).hexdigest())
    return chosen[:count] if count else chosen


# ------------------------------------------------------------------ what an import must list

def expected(form, document):
    """(id → type that must be listed, ids that may be) of a source; None where nobody can say from outside. A type of None: any."""
    if form == 'serverless-devs':
        resources = mapping(document.get('resources') or document.get('services'))
        templates = mapping(document.get('template'))
        whole = {name: applications.extended(mapping(r), templates) for name, r in resources.items()}
        triggers = {f'{name}.{t[word]}' for name, r in whole.items()
                    for t in (mapping(r.get('props')).get('triggers') or ())
                    for word in ('triggerName', 'name')   # of the component fc3, and of fc before it
                    if isinstance(t, dict) and isinstance(t.get(word), str)}
        return dict.fromkeys(resources), triggers
    resources = document.get('Resources')
    if not isinstance(resources, dict):
        return None
    must, may = {}, set()
    for name, resource in resources.items():
        kind = mapping(resource).get('Type')
        if name.startswith('Fn::') or not isinstance(kind, str):
            may.add(name)
            continue
        must[name] = kind
        for event, given in mapping(mapping(resource.get('Properties')).get('Events')).items():
            if kind == 'AWS::Serverless::Function' and isinstance(mapping(given).get('Type'), str):
                must[f'{name}.{event}'] = f'{kind}:Event:{given["Type"]}'
            else:
                may.add(f'{name}.{event}')
        # Functions of a funcraft service stand beside its properties.
        may |= {f'{name}.{inner}' for inner, value in resource.items() if isinstance(value, dict) and 'Type' in value}
    return must, may


def listing(form, document, told):
    """What is wrong in what an import says of its resources."""
    wrong = []
    try:
        said = json.loads(told)
    except ValueError:
        return None, ['the output is no JSON']
    for key, kind in (('from', str), ('app', str), ('resources', list), ('totals', dict), ('findings', list)):
        if not isinstance(said.get(key), kind):
            wrong.append(f'the output has no `{key}`')
    if wrong:
        return None, wrong
    name = FORMATS[form][0]
    if name and said['from'] != name:
        wrong.append(f'read as {said["from"]}')
    fates = collections.Counter(r.get('fate') for r in said['resources'])
    totals = said['totals']
    if set(fates) - {'raised', 'raw'}:
        wrong.append(f'fates that nobody knows: {sorted(map(str, set(fates) - {"raised", "raw"}))}')
    if (totals.get('resources'), totals.get('raised'), totals.get('raw')) != (len(said['resources']), fates['raised'], fates['raw']):
        wrong.append(f'the totals {totals} are not those of the resources {dict(fates)}')
    ids = collections.Counter(str(r.get('id')) for r in said['resources'])
    wrong += [f'listed twice: {i}' for i, n in ids.items() if n > 1]
    known = expected(form, document) if document is not None and form in ('sam', 'ros', 'serverless-devs') else None
    if known:
        wrong += [f'not listed: {i}' for i in sorted(set(known[0]) - set(ids))]
        wrong += [f'listed, and not in the source: {i}' for i in sorted(set(ids) - set(known[0]) - known[1])]
        wrong += [f'listed as another type: {r.get("id")}, {r.get("type")}' for r in said['resources']
                  if known[0].get(str(r.get('id'))) not in (None, r.get('type'))]
    return said, wrong


def read(path):
    """The document of a source, or None where it is none."""
    try:
        found = load(path)
    except (Unreadable, OSError):
        return None
    return found if isinstance(found, dict) else None
