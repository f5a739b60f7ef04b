"""Documents as data: templates read the way their engines read them, and the code that they name."""
import json
import os
import pathlib
import posixpath
import re
import shutil
import sys
import zipfile

import yaml

HERE = pathlib.Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / 'conformance'))
from templates import Loader  # noqa: E402

TAB = re.compile(r'^\t', re.M)
# What somebody fills in before the text counts, without quotes: to YAML a map with a map as its key.
FILLED_IN = re.compile(r'(?<=[\s-])\{\{[ \t]*[A-Za-z_][\w.-]*[ \t]*\}\}(?=[ \t]*(?::|#|$))', re.M)


class Unreadable(Exception):
    pass


def key_text(key):
    """Engines know keys as texts only: `200:` and `"200":` are one."""
    return {True: 'true', False: 'false', None: 'null'}.get(key, str(key)) if isinstance(key, (bool, type(None))) else str(key)


def plain(value):
    if isinstance(value, dict):
        return {key_text(k): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, (str, int, float, bool, type(None))):
        return value
    return str(value)


def parse(text):
    """A document of YAML or JSON, with functions in their long forms."""
    try:
        if text.lstrip().startswith('{'):
            try:
                return plain(json.loads(text))
            except ValueError:
                # Tabs may indent JSON, and may not indent YAML.
                text = TAB.sub('    ', text)
        return plain(yaml.load(FILLED_IN.sub(r'"\g<0>"', text), Loader))
    except (yaml.YAMLError, ValueError, TypeError, AttributeError, KeyError, RecursionError) as e:
        raise Unreadable(str(e).split('\n')[0]) from None


def load(path):
    return parse(pathlib.Path(path).read_text(encoding='utf-8-sig', errors='replace'))


def mapping(value):
    return value if isinstance(value, dict) else {}


# ------------------------------------------------------------------ code

# The properties that name a place beside the template, which the vendor's own tool uploads.
CODE = {
    'AWS::Serverless::Function': ('CodeUri',), 'AWS::Serverless::LayerVersion': ('ContentUri',),
    'AWS::Serverless::Api': ('DefinitionUri',), 'AWS::Serverless::HttpApi': ('DefinitionUri',),
    'AWS::Serverless::StateMachine': ('DefinitionUri',), 'AWS::Serverless::Application': ('Location',),
    'AWS::Serverless::GraphQLApi': ('SchemaUri',), 'AWS::Lambda::Function': ('Code',), 'AWS::Lambda::LayerVersion': ('Content',),
    'AWS::CloudFormation::Stack': ('TemplateURL',), 'AWS::StepFunctions::StateMachine': ('DefinitionS3Location',),
    'Aliyun::Serverless::Function': ('CodeUri',),
}
ORIGIN = 'origin.txt'   # what tells packed code apart
TEXTS = ('.json', '.yaml', '.yml', '.graphql')
FUNCTION = {'py': 'def {0}(event, context):\n    return {{}}\n', 'js': 'exports.{0} = async () => ({{}});\n'}


def is_local(value):
    return isinstance(value, str) and bool(value) and '://' not in value and not re.match(r'arn:|s3:|\$|\{\{|/', value)


def holders(document):
    """(resource's properties, key) for everything that may name code, in a template or an s.yaml."""
    for service in mapping(mapping(document).get('Globals')).items():
        if service[0] == 'Function' and 'CodeUri' in mapping(service[1]):
            yield service[1], 'CodeUri'
    for resource in mapping(mapping(document).get('Resources')).values():
        properties = mapping(mapping(resource).get('Properties'))
        for key in CODE.get(str(mapping(resource).get('Type')), ()):
            if key in properties:
                yield properties, key
        for name, inner in properties.items():
            # Functions of a funcraft service stand beside its Properties.
            if isinstance(inner, dict) and inner.get('Type') == 'Aliyun::Serverless::Function':
                yield mapping(inner.get('Properties')), 'CodeUri'
    for section in ('resources', 'services'):
        for resource in mapping(mapping(document).get(section)).values():
            props = mapping(mapping(resource).get('props'))
            yield props, 'code'
            yield mapping(props.get('function')), 'codeUri'
            yield mapping(mapping(props.get('agent')).get('code')), 'src'


def handlers(document):
    globals_ = mapping(mapping(mapping(document).get('Globals')).get('Function'))
    found = [str(globals_.get('Handler', ''))]
    for resource in mapping(mapping(document).get('Resources')).values():
        found.append(str(mapping(mapping(resource).get('Properties')).get('Handler', '')))
    for section in ('resources', 'services'):
        for resource in mapping(mapping(document).get(section)).values():
            props = mapping(mapping(resource).get('props'))
            found += [str(props.get('handler', '')), str(mapping(props.get('function')).get('handler', ''))]
    return sorted({h for h in found if re.fullmatch(r'[\w./-]+\.\w+', h) and '..' not in h and not h.startswith('/')})


def stage(document, folder, root, texts=True):
    """Makes the places that a template names, which no corpus holds. Each says where it stands, so that packed code can be told."""
    for holder, key in holders(document):
        value = holder.get(key)
        if not is_local(value):
            continue
        place = (folder / value).resolve()
        if not place.is_relative_to(root.resolve()) or place.exists() and not place.is_dir():
            continue
        origin = posixpath.normpath(value)
        if not texts and place.suffix.lower() in TEXTS:
            continue
        try:
            write(place, origin, document)
        except OSError:
            pass   # a name that this system cannot have: the compiler says so itself


def bring(path, document, folder, texts=True):
    """A template, or the folder of one, in a folder made anew, with the code that it names: where it lies, and the template.

    `texts`: also the definitions and descriptions that it names, which say nothing."""
    # Deep enough that a template can name code beside and above its folder.
    here = folder / 'above' / 'two' / 'app'
    shutil.rmtree(folder, ignore_errors=True)
    here.mkdir(parents=True)
    if path.is_dir():
        for file in path.iterdir():
            if file.is_file():
                shutil.copyfile(file, here / file.name)
        return here, here
    copy = here / path.name.split('__')[-1]
    shutil.copyfile(path, copy)
    if document is not None:
        stage(document, here, folder, texts)
    return here, copy


def write(place, origin, document):
    suffix = place.suffix.lower()
    if suffix in ('.zip', '.jar'):
        place.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(place, 'w') as file:
            file.writestr(ORIGIN, origin)
        return
    if suffix in TEXTS:
        place.parent.mkdir(parents=True, exist_ok=True)
        text = {'StartAt': 'A', 'Comment': origin, 'States': {'A': {'Type': 'Pass', 'End': True}}} if 'asl' in place.name else {
            'openapi': '3.0.1', 'info': {'title': origin, 'version': '1'}, 'paths': {}}
        place.write_text(json.dumps(text))
        return
    place.mkdir(parents=True, exist_ok=True)
    (place / ORIGIN).write_text(origin)
    for handler in handlers(document):
        module, name = handler.rsplit('.', 1)
        for suffix, text in FUNCTION.items():
            file = place / ((module.replace('.', '/') if suffix == 'py' else module) + '.' + suffix)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text.format(name))


def origin(value, folder, root, app):
    """What a template's local place is, wherever it was packed or copied to: where it stood beside the source."""
    place = folder / value
    try:
        if place.is_file() and zipfile.is_zipfile(place):
            with zipfile.ZipFile(place) as file:
                if ORIGIN in file.namelist():
                    return file.read(ORIGIN).decode()
        if (place / ORIGIN).is_file():
            return (place / ORIGIN).read_text()
        if place.is_file() and place.suffix in TEXTS:
            told = json.loads(place.read_text())
            return told.get('Comment') or told['info']['title']
    except (OSError, ValueError, TypeError, KeyError, zipfile.BadZipFile):
        pass
    # One that nobody made: where it would be.
    return os.path.relpath(os.path.normpath(place), app) if root else posixpath.normpath(value)


def name_code(document, folder, root=None, app=None, as_written=False):
    """Every local place by its origin, as the vendor's tool would write it after the upload. `folder`: that of the template; `app`:
    that of the source. `as_written`: what is not beside the template is meant to be beside the source."""
    for holder, key in holders(document):
        if is_local(holder.get(key)):
            near = app if as_written and not (folder / holder[key]).exists() else folder
            holder[key] = 's3://code/' + origin(holder[key], near, root, app).replace('../', 'up/')
    return document
