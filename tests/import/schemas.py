"""What the vendors' schemas say of a property's type, whatever the form of the schema."""
import functools
import json
import pathlib

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT.parent / 'shared/schemas'


@functools.lru_cache(maxsize=None)
def read(name):
    path = FOLDER / name
    return json.loads(path.read_text()) if path.is_file() else {}


class Node:
    """Some schemas of which one holds: alternatives are kept together, as the value itself tells which."""

    def __init__(self, root, *schemas):
        self.root = root
        self.schemas = []
        for schema in schemas:
            self.add(schema, 0)

    def add(self, schema, depth):
        if not isinstance(schema, dict) or depth > 20:
            return
        if '$ref' in schema:
            self.add(self.root.get('definitions', {}).get(schema['$ref'].rsplit('/', 1)[-1]), depth + 1)
            return
        groups = [schema[k] for k in ('anyOf', 'oneOf', 'allOf') if k in schema]
        for group in groups:
            for inner in group:
                self.add(inner, depth + 1)
        if not groups or 'properties' in schema or 'type' in schema:
            self.schemas.append(schema)

    def kinds(self):
        found = set()
        for schema in self.schemas:
            kind = schema.get('type')
            found |= set(kind) if isinstance(kind, list) else {kind}
        return found

    def child(self, key):
        found = []
        for schema in self.schemas:
            inner = schema.get('properties', {}).get(key)
            if inner is None:
                others = list(schema.get('patternProperties', {}).values()) + [schema.get('additionalProperties')]
                inner = next((o for o in others if isinstance(o, dict)), None)
            found.append(inner)
        return Node(self.root, *found)

    def item(self):
        found = []
        for schema in self.schemas:
            inner = schema.get('items')
            found += inner if isinstance(inner, list) else [inner]
        return Node(self.root, *found)

    def default(self):
        return next((s['default'] for s in self.schemas if 'default' in s), None)


NOTHING = Node({})


@functools.lru_cache(maxsize=None)
def of(kind):
    """The schema of a resource type's properties."""
    kind = str(kind)
    if kind.startswith('AWS::Serverless::'):
        schema = read('sam/sam.schema.json')
        for definition in schema.get('definitions', {}).values():
            if kind in definition.get('properties', {}).get('Type', {}).get('enum', ()):
                return Node(schema, definition['properties']['Properties'])
        return NOTHING
    folder = {'AWS': 'cloudformation', 'ALIYUN': 'ros', 'DATASOURCE': 'ros/datasource'}.get(kind.split('::')[0])
    schema = read(f'{folder}/{kind.replace("::", "-")}.json') if folder else {}
    return Node(schema, schema) if schema else NOTHING


def fc3():
    schema = read('serverless-devs/fc3-props.schema.json')
    return Node(schema, schema)
