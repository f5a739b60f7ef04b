#!/usr/bin/env python3
"""plan_pages.py --virga VIRGA: every plan of tests/plans as a page and as a picture: well-formed, without script and without anything from
elsewhere, and the page says what the JSON says. And large architectures: drawn in time, and what is left out is counted."""
import argparse
import html.parser
import json
import os
import pathlib
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ET

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
VIRGA = ''
SVG = '{http://www.w3.org/2000/svg}'
EMPTY = {'meta', 'br'}
PATHS = {'path', 'rect', 'circle', 'line'}  # elements of SVG that are written as empty ones


def virga(*args, cwd):
    return subprocess.run([VIRGA, *map(str, args)], capture_output=True, text=True, cwd=cwd, timeout=120)


class Page(html.parser.HTMLParser):
    """Nesting, text, and whatever a page must not have."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.wrong, self.text, self.svg = [], [], [], False
        self.feed(text)
        self.close()
        if self.open:
            self.wrong.append(f'not closed: {self.open}')

    def look(self, tag, attributes):
        if tag in ('script', 'iframe', 'object', 'embed', 'img', 'link', 'a', 'form', 'base', 'foreignobject', 'image', 'use'):
            self.wrong.append(f'<{tag}>')
        for name, value in attributes:
            if name.startswith('on') or name in ('src', 'href', 'xlink:href', 'action') or 'url(' in (value or ''):
                self.wrong.append(f'{tag} {name}={value}')

    def handle_starttag(self, tag, attributes):
        self.look(tag, attributes)
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.look(tag, attributes)
        if tag not in PATHS:
            self.wrong.append(f'<{tag}/>')

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f'</{tag}> at {self.getpos()}')

    def handle_data(self, data):
        if self.open and self.open[-1] == 'style':
            if 'url(' in data or '@import' in data:
                self.wrong.append('a style from elsewhere')
        else:
            self.text.append(data)


def plain(text):
    return re.sub(r'\s+', ' ', text.replace('`', ''))


def said_in(plan):
    """Everything that the JSON says of a plan and that people read."""
    yield plan['app']
    yield plan['stage']
    yield plan.get('compared_with', '')
    for node in plan.get('architecture', {}).get('nodes', []):
        yield node['name']
        yield from said_of(node)
    for edge in plan.get('architecture', {}).get('edges', []):
        yield edge['edge']
        yield from said_of(edge)
    yield from plan.get('architecture', {}).get('reaches', [])
    for stack in plan['stacks']:
        yield stack['target']
        yield stack['name']
        yield stack.get('region', '')
        yield from map(str, stack['summary'].values())
        yield from stack.get('commands', [])
        for permission in stack.get('permissions', []):
            yield permission['who']
            yield from permission['actions']
            yield permission['on']
        for cost in stack.get('costs', []):
            yield cost['currency']
            yield from (f'{cost[side][end]:.2f}' for side in ('before', 'after') for end in ('least', 'most'))
        for limit in stack.get('close_to_limits', []):
            yield limit['says']
            yield limit['source']
        for unit in stack['changes']:
            yield unit['address']
            yield unit['type']
            yield unit['action']
            yield unit.get('node', '')
            yield unit.get('place', '')
            for change in unit.get('changes', []):
                names = [step for step in change['path'] if isinstance(step, str) and not step.startswith('@')]
                yield names[-1] if names else ''
            for effect in unit.get('effects', []):
                yield effect['says']
                yield effect.get('mark', '')
                yield effect.get('because', '')


def said_of(difference):
    for said in difference.get('said', []):
        yield said['name']
        yield said.get('before', '')
        yield said.get('after', '')


class Pages(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)

    def lay(self, before, after):
        """The programs as two states of a repository; the arguments that compare them."""
        for name in ('code', 'app', 'hello', 'other', *re.findall(r'code\s*=\s*"\./([A-Za-z0-9_/-]+)"', before + after)):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
            (self.folder / name / 'index.py').write_text(f'def handler(event, context):\n    return {len(name)}\n')
            (self.folder / name / 'index.js').write_text('exports.handler = async () => ({});\n')
        if before:
            (self.folder / 'main.virga').write_text(before)
            for args in (['init', '-q', '-b', 'main'], ['add', '.'], ['commit', '-q', '-m', 'first']):
                who = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com']
                subprocess.run(['git', *who, *args], cwd=self.folder, check=True, capture_output=True)
        (self.folder / 'main.virga').write_text(after)
        stage = re.search(r'^// stage: (\w+)', after, re.M)
        return [*(['--stage', stage[1]] if stage else []), *(['--base', 'HEAD'] if before else [])]

    def shown(self, form, args):
        done = virga('plan', '.', '--format', form, *args, cwd=self.folder)
        self.assertIn(done.returncode, (0, 1, 5), done.stderr)
        self.assertTrue(done.stdout, done.stderr)
        return done.stdout

    def check_svg(self, text):
        root = ET.fromstring(text)
        self.assertEqual(root.tag, SVG + 'svg')
        self.assertEqual(root.get('role'), 'img')
        ids = root.get('aria-labelledby').split()
        self.assertEqual([e.get('id') for e in root[:2]], ids)
        self.assertEqual([e.tag for e in root[:2]], [SVG + 'title', SVG + 'desc'])
        for element in root.iter():
            self.assertIn(element.tag.removeprefix(SVG), {'svg', 'title', 'desc', 'style', 'g', 'text', *PATHS})
            for name in element.attrib:
                self.assertFalse(name.startswith('on') or 'href' in name, name)
        return root

    def test_every_plan(self):
        for case in sorted((ROOT / 'tests/plans').iterdir()):
            with self.subTest(case.name):
                shutil.rmtree(self.folder)
                self.folder.mkdir()
                before = case / 'before.virga'
                args = self.lay(before.read_text() if before.exists() else '', (case / 'after.virga').read_text())
                plan = json.loads(self.shown('json', args))
                page = Page(self.shown('html', args))
                self.assertEqual(page.wrong, [])
                text = plain(' '.join(page.text))
                tight = text.replace(' ', '')  # words of several elements stand beside each other
                for said in said_in(plan):
                    if said.isprintable():
                        self.assertIn(plain(said).replace(' ', ''), tight, said)
                for stack in plan['stacks']:
                    losses = [e for c in stack['changes'] for e in c.get('effects', []) if e['kind'] == 'data_lost' and not e['accepted']]
                    for loss in losses:
                        self.assertIn(f'virga plan --accept {loss["mark"]}', text)
                        self.assertLess(text.index('What needs a decision'), text.index('Summary'))
                self.check_svg(self.shown('svg', args))

    def test_a_record(self):
        app = 'app shop { targets = [aws.sam] }\nqueue orders { }\nqueue old { }\n'
        self.lay('', app)
        self.assertEqual(virga('record', '.', cwd=self.folder).returncode, 0)
        (self.folder / 'main.virga').write_text(app.replace('orders { }', 'orders { visibility = 2m }').replace('queue old', 'topic fresh'))
        root = self.check_svg(self.shown('svg', ['--state', 'virga.state.json']))
        drawn = {g.find(f'{SVG}text').text: g.get('class') for g in root.findall(f'{SVG}g') if g.find(f'{SVG}text[@class="name"]') is not None}
        self.assertEqual(drawn, {'orders': 'box changes', 'fresh': 'box comes', 'old': 'box goes'})

    def processor_time(self, *args):
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        done = virga(*args, cwd=self.folder)
        self.assertEqual(done.returncode, 0, done.stderr)
        return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before, done.stdout

    def large(self, count):
        """Chains that cross, so that there is something to lay out."""
        return ('app shop { targets = [aws.terraform] }\n'
                f'for i in range({count}) {{\n  queue "q_${{i}}" {{ }}\n  topic "t_${{i}}" {{ }}\n  "t_${{i}}" ~> "q_${{i}}"\n}}\n'
                f'for i in range({count - 7}) {{ "t_${{i + 7}}" ~> "q_${{i}}" }}\n')

    def test_many(self):
        args = self.lay('app shop { targets = [aws.terraform] }\nqueue one { }\n', self.large(150) + 'queue one { }\n')
        plain_time, _ = self.processor_time('plan', '.', *args)
        drawn_time, text = self.processor_time('plan', '.', '--format', 'svg', *args)
        self.assertLess(drawn_time, 3 * plain_time + 0.2)
        root = self.check_svg(text)
        boxes = [g for g in root.findall(f'{SVG}g') if g.get('class', '').startswith('box')]
        self.assertEqual(len(boxes), 300)
        self.assertIn('Not drawn: 1 that stays as it is and touches nothing that changes.', text)
        self.assertEqual(self.shown('svg', args), text)

    def test_too_many(self):
        self.lay('', self.large(350))
        taken, text = self.processor_time('graph', '.', '--format', 'svg')
        self.check_svg(text)
        self.assertIn('Not drawn: 100 more, since a picture holds 600.', text)
        whole, _ = self.processor_time('graph', '.', '--format', 'json')
        self.assertLess(taken, 5 * whole + 0.5)


if __name__ == '__main__':
    parser = argparse.ArgumentParser()
    parser.add_argument('--virga', required=True)
    given, rest = parser.parse_known_args()
    VIRGA = os.path.abspath(given.virga)
    unittest.main(argv=[sys.argv[0], *rest], verbosity=1)
