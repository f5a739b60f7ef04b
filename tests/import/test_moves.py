#!/usr/bin/env python3
"""test_moves.py: the script that moves templates, against a program that behaves in known ways: what goes wrong must be told."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
import corpus  # noqa: E402
import moves  # noqa: E402

PROGRAM = r'''
import json, os, pathlib, signal, sys
mode = os.environ['MODE']
out = pathlib.Path(sys.argv[sys.argv.index('-o') + 1]) / 'aliyun.ros'
if mode == 'signal':
    os.kill(os.getpid(), signal.SIGSEGV)
if mode == 'unread':
    print('error[import/form]: no', file=sys.stderr)
    sys.exit(1)
if mode == 'silent':
    sys.exit(1)
rows = {'whole': [], 'lazy': [], 'mute': [{'id': 'Q', 'type': 'T', 'fate': 'impossible', 'says': '', 'blocking': True}]}.get(
    mode, [{'id': 'Q', 'type': 'T', 'fate': 'impossible', 'says': 'no `Q` there', 'blocking': True}])
made = mode in ('whole', 'leaky')
if made:
    out.mkdir(parents=True)
    (out / 'template.yaml').write_text('Resources: {}')
print(json.dumps({'rows': rows, 'made': mode == 'whole', 'blocking': len(rows)}))
sys.exit(0 if mode == 'whole' else 1)
'''
TEMPLATE = {'Transform': 'AWS::Serverless-2016-10-31', 'Resources': {'Q': {'Type': 'AWS::SQS::Queue'}}}


class Moves(unittest.TestCase):
    def setUp(self):
        self.scratch = tempfile.TemporaryDirectory()
        self.addCleanup(self.scratch.cleanup)
        self.root = pathlib.Path(self.scratch.name)
        self.virga = self.root / 'virga'
        self.virga.write_text(f'#!{sys.executable}\n{PROGRAM}')
        self.virga.chmod(0o755)
        folder = self.root / 'corpus/sam'
        folder.mkdir(parents=True)
        (folder / 'a__template.json').write_text(json.dumps(TEMPLATE))

    def moved(self, mode):
        os.environ['MODE'] = mode
        source, = corpus.sources(self.root / 'corpus', 'sam')
        return moves.move((source, {'virga': str(self.virga), 'work': str(self.root / 'work')}))

    def test_the_two_ways_to_end(self):
        whole = self.moved('whole')
        self.assertEqual((whole['fate'], whole['wrong'], whole['types'], len(whole['made'])), ('whole', [], ['AWS::SQS::Queue'], 1))
        blocked = self.moved('blocked')
        self.assertEqual((blocked['fate'], blocked['wrong']), ('blocked', []))
        self.assertEqual(moves.reason(blocked['blocking'][0]), 'T: no … there')
        self.assertEqual((self.moved('unread')['fate'], self.moved('unread')['wrong']), ('not imported', []))

    def test_everything_else_is_a_mistake(self):
        for mode, told in (('signal', 'signal 11'), ('silent', 'no report'), ('mute', 'does not say why'), ('lazy', 'exit code 1'),
                           ('leaky', '1 templates')):
            with self.subTest(mode):
                self.assertTrue(any(told in w for w in self.moved(mode)['wrong']), self.moved(mode))

    def test_what_has_counterparts(self):
        kinds = moves.counterparts()
        self.assertIn('AWS::SQS::Queue', kinds)
        self.assertNotIn('AWS::Cognito::UserPool', kinds)
        whole, blocked = self.moved('whole'), self.moved('blocked')
        self.assertEqual(moves.share([whole, blocked], kinds)[0], 50)
        self.assertEqual(moves.share([dict(whole, wrong=['invalid'])], kinds)[0], 0)
        self.assertEqual(moves.share([dict(blocked, types=['AWS::Cognito::UserPool'])], kinds)[0], 100)

    def test_from_the_command_line(self):
        def run(mode, *more):
            return subprocess.run([sys.executable, HERE / 'moves.py', '--virga', self.virga, '--corpus', self.root / 'corpus', '--format', 'sam',
                                   '--no-validators', *more], capture_output=True, text=True, env={**os.environ, 'MODE': mode})
        self.assertEqual(run('whole', '--whole', '50').returncode, 0)
        self.assertEqual(run('blocked').returncode, 0)
        self.assertEqual(run('blocked', '--whole', '50').returncode, 1)
        self.assertEqual(run('leaky').returncode, 1)


if __name__ == '__main__':
    unittest.main()
