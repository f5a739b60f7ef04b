#!/usr/bin/env python3
"""test_run.py: the script that walks templates, against a program that behaves in known ways: what goes wrong must be told."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest
from unittest import mock

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
import child  # noqa: E402
import corpus  # noqa: E402
import trip  # noqa: E402

# Imports a template by writing it into a comment, and compiles by taking it from there.
STUB = r'''
import json, os, pathlib, signal, sys
mode = os.environ['MODE']
if 'import' in sys.argv and '--help' in sys.argv:
    print('Usage: virga import [OPTIONS] template')
    sys.exit(0)
if sys.argv[1] == 'fmt':
    sys.exit(mode == 'untidy')
def option(name):
    return sys.argv[sys.argv.index(name) + 1]
if sys.argv[1] == 'import':
    if mode == 'signal':
        os.kill(os.getpid(), signal.SIGSEGV)
    if mode == 'bug':
        sys.exit(70)
    if mode == 'slow':
        while sum(os.times()[:2]) < 2.2:
            pass
    if mode == 'hang':
        while True:
            pass
    if mode == 'silent':
        sys.exit(1)
    if mode == 'refused':
        print('error[import/form]: no', file=sys.stderr)
        sys.exit(1)
    if mode == 'elsewhere':
        (pathlib.Path(option('-o')).parent / 'more.virga').write_text('')
    if mode == 'overwrite':
        text = pathlib.Path(sys.argv[2]).read_text()
        pathlib.Path(sys.argv[2]).write_text(text + ' ')
    if mode == 'unknown':
        print('virga: no template of a format that is known', file=sys.stderr)
        sys.exit(3)
    if mode == 'odd':
        print('error[import/form]: no', file=sys.stderr)
        sys.exit(9)
    given = pathlib.Path(sys.argv[2])
    template = json.loads(given.read_text())
    folder = pathlib.Path(option('-o'))
    if mode != 'nothing':
        (folder / 'app.virga').write_text('// ' + json.dumps(template) + '\n')
    if mode == 'text':
        print('imported')
        sys.exit(0)
    found = []
    for name, r in template['Resources'].items():
        found.append({'id': name, 'type': r['Type'], 'fate': 'raised' if 'SQS' in r['Type'] else 'raw', 'as': '', 'why': ''})
        for event, e in r.get('Properties', {}).get('Events', {}).items():
            found.append({'id': name + '.' + event, 'type': r['Type'] + ':Event:' + e['Type'], 'fate': 'raw', 'as': '', 'why': ''})
    if mode == 'unlisted':
        found.pop()
    if mode == 'mistyped':
        found[0]['type'] = 'AWS::SQS::QueuePolicy'
    if mode == 'invented':
        found.append({**found[0], 'id': 'Other'})
    raised = sum(f['fate'] == 'raised' for f in found) + (mode == 'miscounted')
    print(json.dumps({'from': 'aliyun.ros' if mode == 'misread' else 'aws.sam', 'app': 'app', 'resources': found, 'findings': [],
                      'totals': {'resources': len(found), 'raised': raised, 'raw': len(found) - raised}}))
else:
    template = json.loads(next(pathlib.Path(sys.argv[2]).glob('*.virga')).read_text().removeprefix('// '))
    if mode == 'uncompiled':
        print('error[code/missing]: there is no code', file=sys.stderr)
        sys.exit(1)
    if mode == 'changed':
        template['Resources']['Q']['Properties']['VisibilityTimeout'] = 31
    if mode == 'lost':
        del template['Resources']['Q']
    if mode == 'renamed':
        template['Resources'] = {k.replace('Q', 'Queue'): v for k, v in template['Resources'].items()}
    if mode == 'otherwise':
        template['Resources']['Q']['Properties'] = {'VisibilityTimeout': '29', 'QueueName': {'Fn::Join': ['-', [{'Ref': 'AWS::StackName'}, 'q']]}}
    out = pathlib.Path(option('-o')) / option('--target')
    out.mkdir(parents=True)
    if mode != 'unmade':
        (out / 'template.yaml').write_text('{' if mode == 'unreadable' else json.dumps(template))
'''
TEMPLATE = {'AWSTemplateFormatVersion': '2010-09-09', 'Resources': {
    'Q': {'Type': 'AWS::SQS::Queue', 'Properties': {'VisibilityTimeout': 29, 'QueueName': {'Fn::Sub': '${AWS::StackName}-q'}}},
    'T': {'Type': 'AWS::SNS::Topic', 'Properties': {'TopicName': 't'}}}}


class Harness(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.root = pathlib.Path(self.folder.name)
        self.virga = self.root / 'virga'
        self.virga.write_text(f'#!{sys.executable}\n{STUB}')
        self.virga.chmod(0o755)
        (self.root / 'corpus/sam/some.one').mkdir(parents=True)
        (self.root / 'corpus/sam/some.one/a__template.json').write_text(json.dumps(TEMPLATE))

    def judged(self, mode, **more):
        source, = corpus.sources(self.root / 'corpus', 'sam')
        options = {'virga': str(self.virga), 'work': str(self.root / 'work'), 'keep': False, 'say_from': False, 'no_trip': False,
                   'mutants': False, 'translator': False, 'texts': False, 'code_as_written': False, **more}
        with mock.patch.dict(os.environ, {'MODE': mode}):
            return trip.judge(source._replace(state='plain'), options)

    def test_all_is_well(self):
        for mode in ('fine', 'otherwise'):
            got = self.judged(mode)
            self.assertEqual((got['import'], got['trip'], got['wrong'], got['how']), ('imported', 'equal', [], 'direct'), got)
        self.assertEqual(got['resources'], [('AWS::SQS::Queue', 'raised'), ('AWS::SNS::Topic', 'raw')])
        self.assertEqual(list((self.root / 'work').iterdir()), [])

    def test_imports_that_end_badly(self):
        for mode, fate, told in (('signal', 'crash', 'signal 11'), ('bug', 'crash', 'a bug of ours'), ('silent', 'silent', 'neither an architecture nor a finding'),
                                 ('odd', 'refused', 'exit code 9'), ('nothing', 'silent', 'neither'), ('slow', 'imported', 'import: 2'),
                                 ('elsewhere', 'imported', 'writes above/two/more.virga'), ('overwrite', 'imported', 'the template is changed')):
            with self.subTest(mode):
                got = self.judged(mode)
                self.assertEqual(got['import'], fate, got)
                self.assertTrue(any(told in w for w in got['wrong']), got)

    def test_hang(self):
        with mock.patch.object(child, 'PROCESSOR', 1):
            got = self.judged('hang')
        self.assertEqual((got['import'], got['wrong']), ('hang', ['import: hangs']))

    def test_waiting_for_ever(self):
        with mock.patch.object(child, 'WALL', 0.3):
            done = child.run([sys.executable, '-c', 'import time; time.sleep(60)'])
        self.assertTrue(done.hang)

    def test_refused_is_no_failure(self):
        got = self.judged('refused')
        self.assertEqual((got['import'], got['wrong'], got['codes']), ('refused', [], ['import/form']))
        self.assertNotIn('trip', got)
        got = self.judged('unknown')
        self.assertEqual((got['import'], got['wrong'], got['codes']), ('refused', [], ['exit code 3']))

    def test_what_is_listed(self):
        for mode, told in (('unlisted', 'not listed: T'), ('invented', 'not in the source: Other'), ('mistyped', 'listed as another type: Q'), ('miscounted', 'the totals'),
                           ('text', 'no JSON'), ('misread', 'read as aliyun.ros')):
            with self.subTest(mode):
                got = self.judged(mode)
                self.assertTrue(any(told in w for w in got['wrong']), got)

    def test_ways_back_that_differ(self):
        for mode, told in (('changed', 'Resources.Q.Properties.VisibilityTimeout: 29 ≠ 31'), ('lost', 'Resources.Q: '),
                           ('renamed', 'Resources.Queue: nothing ≠'), ('unreadable', 'cannot be read')):
            with self.subTest(mode):
                got = self.judged(mode)
                self.assertEqual(got['trip'], 'different', got)
                self.assertTrue(any(told in d for d in got['differences']), got)
                self.assertEqual(len(got['differences']), len(got['groups']))

    def test_ways_back_that_end(self):
        got = self.judged('uncompiled')
        self.assertEqual((got['trip'], got['errors'], got['wrong']), ('not compiled', ['code/missing: there is no code'], []))
        self.assertEqual(self.judged('unmade')['wrong'], ['compile: exit code 0 without a template.yaml'])

    def test_from_the_command_line(self):
        def run(mode, *more):
            return subprocess.run([sys.executable, HERE / 'run.py', '--virga', self.virga, '--corpus', self.root / 'corpus', '--format', 'sam',
                                   '--tools', self.root / 'none', *more], capture_output=True, text=True, env={**os.environ, 'MODE': mode})
        done = run('fine')
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn('| `AWS::SQS::Queue` | 1 | 1 | 1 |  | 100.0 % |', done.stdout)
        self.assertNotIn('laid out', done.stdout)
        self.assertIn('1 are laid out in another way', run('untidy').stdout)
        self.assertEqual(run('signal').returncode, 1)
        self.assertEqual(run('changed').returncode, 0)
        self.assertEqual(run('changed', '--equal', '90').returncode, 1)
        self.assertEqual(run('fine', '--required').returncode, 1)   # there is no translator
        self.assertIn('// app.virga', run('fine', '--readable', '3').stdout)
        self.assertEqual(run('fine', '--corpus', self.root / 'none').returncode, 0)
        self.assertEqual(run('fine', '--corpus', self.root / 'none', '--required').returncode, 1)

    def test_events_are_listed(self):
        function = {'Type': 'AWS::Serverless::Function', 'Properties': {'Events': {'New': {'Type': 'SQS'}, 'Odd': 'text'}}}
        self.assertEqual(corpus.expected('sam', {'Resources': {'F': function, 'G': 'text'}}),
                         ({'F': 'AWS::Serverless::Function', 'F.New': 'AWS::Serverless::Function:Event:SQS'}, {'F.Odd', 'G'}))

    def test_samples_are_the_same_each_time(self):
        all_ = [corpus.Source('sam', None, f'sam/{i}', '', '') for i in range(100)]
        some = corpus.sample(all_, 10)
        self.assertEqual(some, corpus.sample(list(reversed(all_)), 10))
        self.assertTrue(set(some) <= set(corpus.sample(all_, 20)))


if __name__ == '__main__':
    unittest.main()
