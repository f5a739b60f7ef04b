"""A program for every cell of the portability matrix that `virga targets --json` prints."""
import collections
import json
import pathlib
import re
import subprocess

HERE = pathlib.Path(__file__).resolve().parent

# text: None where nodes.virga does not know a kind, which `why` then says
Cell = collections.namedtuple('Cell', 'name target verdict says text why')


class Nodes:
    def __init__(self):
        self.blocks, self.ports, self.edges, self.needs, self.clouds, self.alone, self.sources, self.ends, self.possible = {}, {}, {}, {}, {}, {}, {}, {}, {}
        kind = None
        for line in (HERE / 'nodes.virga').read_text().splitlines():
            if line.startswith('//:'):
                key, rest = line[3:].strip().split(' ', 1)
                if key == 'port':
                    port, text = rest.split(' ', 1)
                    self.ports[port] = text
                elif key == 'edge':
                    edge, text = rest.split(' { ', 1)
                    self.edges[edge] = '{ ' + text
                elif key == 'with':
                    self.needs.setdefault(kind, []).extend(rest.split())
                elif key == 'on':
                    cloud, text = rest.split(' ', 1)
                    self.clouds[kind, cloud] = text
                elif key == 'source':
                    source, text = rest.split(' ', 1)
                    self.sources[source] = text
                elif key in ('end', 'possible'):   # `possible`: where the cell can be, and not where it is refused
                    a, arrow, b, which, text = rest.split(' ', 4)
                    (self.ends if key == 'end' else self.possible)[f'{a} {arrow} {b}', which] = text
                elif key == 'alone':
                    self.alone[kind] = rest
                else:
                    raise SystemExit(f'nodes.virga: {key}?')
            elif line and not line.startswith('//'):
                if kind is None or not line.startswith(' '):
                    kind = line.split()[0]
                    self.blocks[kind] = ''
                self.blocks[kind] += line + '\n'

    def block(self, kind, cloud, node):
        text = self.clouds.get((kind, cloud), self.blocks[kind]).strip()
        return re.sub(rf'\ba_{kind}\b', node, text, count=1)

    def program(self, kinds, cloud, edge='', about='', possible=False):
        """`kinds`: (kind, node's name). What they need is added once. `about`: the edge between the two, as the matrix names it."""
        made = {node: self.block(kind, cloud, node) for kind, node in kinds}
        if about.split(' ')[0] in self.sources:
            made[kinds[0][1]] = self.sources[about.split(' ')[0]]
        for kind, node in kinds:
            end = possible and self.possible.get((about, kind)) or self.ends.get((about, kind))
            if end:
                made[node] = re.sub(rf'\ba_{kind}\b', node, end, count=1)
        wanted = [kind for kind, _ in kinds]
        while wanted:
            for other in self.needs.get(wanted.pop(), []):
                if 'a_' + other not in made:
                    made['a_' + other] = self.block(other, cloud, 'a_' + other)
                    wanted.append(other)
        return 'app cell { }\n' + '\n'.join(made.values()) + '\n' + edge

    def properties(self, source, arrow, target):
        found = []
        for a in (source, '*'):
            for b in (target, '*'):
                found.append(self.edges.get(f'{a} {arrow} {b}', ''))
        return next((f for f in found if f), '')


def write(folder, text):
    """A program in a folder of its own, with the code that nodes.virga names."""
    folder.mkdir(parents=True)
    (folder / 'main.virga').write_text(text)
    (folder / 'code').mkdir()
    (folder / 'code/index.py').write_text('def handler(event, context):\n    return {}\n')


def port(text):
    kind, name = text.split('.')
    return kind, name


def cells(virga):
    matrix = json.loads(subprocess.run([virga, 'targets', '--json'], capture_output=True, text=True, check=True).stdout)
    nodes = Nodes()
    for row in matrix['kinds']:
        kind = row['kind']
        for target, cell in row['targets'].items():
            name = f'{kind} on {target}'
            if kind not in nodes.blocks:
                yield Cell(name, target, cell['verdict'], cell['says'], None, f'nodes.virga has no {kind}')
                continue
            alone = nodes.alone.get(kind, '')
            text = nodes.program([(kind, 'a_' + kind)], target.split('.')[0], alone)
            yield Cell(name, target, cell['verdict'], cell['says'], text, '')
    for row in matrix['edges']:
        (source, source_port), (sink, sink_port) = port(row['from']), port(row['to'])
        edge_name = f"{row['from']} {row['arrow']} {row['to']}"
        for target, cell in row['targets'].items():
            name = f'{edge_name} on {target}'
            can_be = cell['verdict'] != 'impossible'
            missing = [k for k in (source, sink) if k not in nodes.blocks]
            if missing:
                yield Cell(name, target, cell['verdict'], cell['says'], None, f'nodes.virga has no {missing[0]}')
                continue
            end = f'b_{sink}' + ('' if sink_port == 'self' else '.' + sink_port)
            written = nodes.ports.get(row['from'])
            properties = nodes.properties(row['from'], row['arrow'], row['to'])
            if written:   # a port with an argument stands in its node
                text = nodes.program([(source, 'a_' + source), (sink, 'b_' + sink)], target.split('.')[0], '', edge_name, can_be)
                block = re.search(rf'^{source} a_{source} {{', text, re.M)
                text = text[:block.end()] + f'\n  {written} {row["arrow"]} {end} {properties}\n ' + text[block.end():]
            else:
                start = f'a_{source}' + ('' if source_port == 'self' else '.' + source_port)
                text = nodes.program([(source, 'a_' + source), (sink, 'b_' + sink)], target.split('.')[0],
                                     f'{start} {row["arrow"]} {end} {properties}\n', edge_name, can_be)
            yield Cell(name, target, cell['verdict'], cell['says'], text, '')
