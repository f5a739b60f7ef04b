#!/usr/bin/env python3
"""deploying.py --virga VIRGA: the scripts that plans write, run against commands that only write down how they were called; and plans of whole
workspaces."""
import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import jsonschema

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
VIRGA = ''
CODE = 'def handler(event, context):\n    return {}\n'
TAKER = '''
param token: secret
secret key { value = token }
function taker { code = "./code"  runtime = python312 }
taker -> key.read
'''
# What stands in for the vendors' tools: a line of JSON for each call, and an answer where one is asked for.
TOOL = """#!/usr/bin/env python3
import json, os, sys
with open(os.environ['CALLS'], 'a') as calls:
    calls.write(json.dumps([os.path.basename(sys.argv[0]), *sys.argv[1:], *sorted(v for v in (f'{k}={os.environ[k]}' for k in os.environ) if v.startswith(('VIRGA_TOKEN', 'TF_VAR')))]) + '\\n')
words = ' '.join(sys.argv[1:])
if 'ListStacks' in words: print(json.dumps({'Stacks': [{'StackId': 'id-of-it'}]}))
elif 'GetStack' in words: print(json.dumps({'Outputs': [{'OutputKey': 'Url', 'OutputValue': 'http://queue of mine'}]}))
elif 'output -raw' in words: print('http://queue of mine', end='')
"""


class Deploying(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        tools = self.folder / 'tools'
        tools.mkdir()
        for name in ('sam', 'terraform', 'aliyun', 's'):
            (tools / name).write_text(TOOL)
            (tools / name).chmod(0o755)
        (tools / 'virga').symlink_to(VIRGA)
        self.path = f'{tools}:{os.environ["PATH"]}'

    def write(self, **texts):
        for path, text in texts.items():
            (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / path).write_text(text)

    def virga(self, *args):
        return subprocess.run([VIRGA, *map(str, args)], capture_output=True, text=True, cwd=self.folder, timeout=120)

    def git(self, *args):
        who = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com']
        subprocess.run(['git', *who, *args], cwd=self.folder, check=True, capture_output=True)

    def deploy(self, script, **variables):
        """Runs it; gives its end and the calls that it made."""
        calls = self.folder / 'calls'
        calls.write_text('')
        environment = {'PATH': self.path, 'HOME': str(self.folder), 'CALLS': str(calls), **variables}
        done = subprocess.run(['sh', script], cwd=self.folder, env=environment, capture_output=True, text=True, timeout=120)
        return done, [json.loads(line) for line in calls.read_text().splitlines()]

    def test_a_script_asks_for_what_only_people_know(self):
        self.write(**{'app/main.virga': 'app shop { targets = [aws.sam, aws.terraform, aliyun.ros, aliyun.terraform, aliyun.serverless_devs] }' + TAKER,
                      'app/code/index.py': CODE})
        self.assertEqual(self.virga('plan', 'app', '--script', 'deploy.sh').returncode, 0)
        asked, calls = self.deploy('deploy.sh')
        self.assertNotEqual(asked.returncode, 0)
        self.assertIn('VIRGA_CODE_BUCKET', asked.stderr)
        self.assertEqual(calls, [], 'nothing was done before all was known')
        secret = 'a b"c$d`e\'f'
        done, calls = self.deploy('deploy.sh', VIRGA_CODE_BUCKET='my-code', VIRGA_TOKEN=secret, VIRGA_REGION='here')
        self.assertEqual(done.returncode, 0, done.stderr)
        by = lambda *words: [c for c in calls if all(w in c for w in words)]
        (package,) = by('sam', 'package')
        (deploy,) = by('sam', 'deploy')
        self.assertLess(calls.index(package), calls.index(deploy))
        self.assertIn('out/aws.sam/packaged.yaml', package)
        self.assertIn('out/aws.sam/packaged.yaml', deploy)
        self.assertIn(f'Token="{secret}"', deploy)
        (created,) = by('aliyun', 'CreateStack')
        at = created.index('Token')
        self.assertEqual(created[at + 2], secret)
        uploads = by('aliyun', 'oss')
        self.assertEqual(len(uploads), 2)  # for ROS and for Terraform
        for upload in uploads:
            self.assertTrue((self.folder / upload[3]).is_file(), upload)
            self.assertTrue(upload[4].startswith('oss://my-code/shop/taker-'), upload)
        for plan in by('terraform', 'plan'):
            self.assertIn(f'TF_VAR_token={secret}', plan)
        (sdevs,) = by('s', 'deploy')
        self.assertIn(f'VIRGA_TOKEN={secret}', sdevs)
        self.assertTrue((self.folder / 'out/aliyun.serverless_devs/s.yaml').is_file(), 'the templates were made')

    def test_a_script_stops_at_a_plan_that_fits_no_more(self):
        text = 'app shop { targets = [aws.sam] }\nqueue orders { }\n'
        self.write(**{'app/main.virga': text})
        self.assertEqual(self.virga('plan', 'app', '-o', 'plan.json', '--script', 'deploy.sh').returncode, 0)
        done, calls = self.deploy('deploy.sh', VIRGA_REGION='here')
        self.assertEqual((done.returncode, len(calls)), (0, 1), done.stderr)
        self.write(**{'app/main.virga': text + 'queue more { }\n'})
        done, calls = self.deploy('deploy.sh', VIRGA_REGION='here')
        self.assertEqual((done.returncode, calls), (1, []), done.stderr)
        self.assertIn('fits no more', done.stderr)

    def test_what_stands_stays_when_an_app_becomes_several_stacks(self):
        few = 'app shop { targets = [aws.sam]  quotas = { aws = { "cfn.resources.max" = 8 } } }\n' + ''.join(f'queue q{i} {{ }}\n' for i in range(7))
        self.write(**{'app/main.virga': few})
        self.git('init', '-q', '-b', 'main')
        self.git('add', '.')
        self.git('commit', '-q', '-m', 'first')
        self.assertEqual(self.virga('record', 'app', '-o', 'state.json').returncode, 0)
        self.write(**{'app/main.virga': few + 'table a { partition = { name = "id" } }\nqueue b { }\n'})
        for past in (['--base', 'HEAD'], ['--state', 'state.json']):
            plan = self.virga('plan', 'app', *past, '--json', '--script', 'deploy.sh')
            self.assertEqual(plan.returncode, 0, plan.stderr)
            stacks = json.loads(plan.stdout)['stacks']
            self.assertEqual([(s['name'], s['summary']['create'], s['summary']['remove']) for s in stacks],
                             [('shop-default', 0, 0), ('shop-default-2', 2, 0)])
            done, calls = self.deploy('deploy.sh', VIRGA_REGION='here')
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual([c[c.index('--stack-name') + 1] for c in calls], ['shop-default-2'])
            lines = (self.folder / 'app/virga.parts').read_text()
            self.assertEqual([line.split()[1] for line in lines.splitlines() if line.endswith('= 2')], ['a', 'b'])
            (self.folder / 'app/virga.parts').unlink()
            printed = self.virga('compile', 'app', '--print', 'template', *past)
            self.assertLess(printed.stdout.index('q6'), printed.stdout.index('shop-default-2'), printed.stdout)
        # The same app in a workspace.
        self.write(**{'workspace.virga': 'workspace all { apps = ["./app"] }\n'})
        self.git('add', 'workspace.virga')
        self.git('commit', '-q', '-m', 'a workspace')
        (self.folder / 'state').mkdir()
        (self.folder / 'state.json').rename(self.folder / 'state/shop.state.json')
        for past in (['--base', 'HEAD'], ['--state', 'state']):
            self.assertEqual(self.virga('plan', '.', *past, '--script', 'deploy.sh').returncode, 0)
            done, calls = self.deploy('deploy.sh', VIRGA_REGION='here')
            self.assertEqual((done.returncode, [c[c.index('--stack-name') + 1] for c in calls]), (0, ['shop-default-2']), done.stderr)
            (self.folder / 'app/virga.parts').unlink()

    def test_regions_may_differ_in_what_they_need(self):
        self.write(**{'app/main.virga': 'app shop { targets = [aliyun.ros]  on aliyun { regions = [cn_hangzhou, ap_southeast_1] } }' + TAKER.replace('runtime', 'placement = every  runtime'),
                      'app/code/index.py': CODE})
        made = self.virga('plan', 'app', '--script', 'deploy.sh')
        self.assertEqual(made.returncode, 0, made.stderr)
        done, calls = self.deploy('deploy.sh', VIRGA_CODE_BUCKET='one', VIRGA_CODE_BUCKET_AP_SOUTHEAST_1='two', VIRGA_TOKEN='x')
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual([c[4].split('/')[2] for c in calls if 'oss' in c], ['one', 'two'])

    def workspace(self):
        targets = 'targets = [aws.sam, aws.terraform, aliyun.ros]'
        self.write(**{'workspace.virga': 'workspace shop { apps = ["./web", "./orders", "./old"] }\n',
                      'orders/main.virga': 'app orders { %s }\nqueue take { }\noutput url = take.url { export = true }\n' % targets,
                      'old/main.virga': 'app old { targets = [aws.sam] }\nqueue kept { }\n',
                      'web/main.virga': 'app web { %s }\nuse "../orders"\nfunction page { code = "./code"  runtime = nodejs20  environment = { ORDERS = orders.url } }\n' % targets,
                      'web/code/index.js': 'exports.handler = async () => 1;\n'})

    def test_a_workspace_is_one_plan(self):
        self.workspace()
        made = self.virga('plan', '.', '--json', '--script', 'deploy.sh')
        self.assertEqual(made.returncode, 0, made.stderr)
        plan = json.loads(made.stdout)
        jsonschema.validate(plan, json.loads((ROOT / 'docs/schema/plan.schema.json').read_text()))
        self.assertEqual([a['app'] for a in plan['apps']], ['orders', 'web', 'old'])
        steps = plan['steps']
        for i, step in enumerate(steps):
            self.assertTrue(all(a < i and steps[a]['wave'] < step['wave'] for a in step['after']), step)
        at = {(s['does'], s['app'], s.get('target')): i for i, s in enumerate(steps)}
        for target in ('aws.sam', 'aws.terraform', 'aliyun.ros'):
            self.assertIn(at['deploy', 'orders', target], steps[at['deploy', 'web', target]]['after'])
        done, calls = self.deploy('deploy.sh', VIRGA_CODE_BUCKET='my-code', VIRGA_REGION='here')
        self.assertEqual(done.returncode, 0, done.stderr)
        # What one app gives, the other gets: by itself on one engine, by the script on those that cannot.
        (created,) = [c for c in calls if 'CreateStack' in c and 'web-default' in c]
        self.assertIn('http://queue of mine', created)
        (planned,) = [c for c in calls if 'terraform' in c and 'plan' in c and 'web' in c[1]]
        self.assertTrue(any(w.startswith('TF_VAR_') and w.endswith('=http://queue of mine') for w in planned), planned)
        page = self.virga('plan', '.', '--format', 'html').stdout
        ids = re.findall(r' id="([^"]+)"', page)
        self.assertEqual(len(ids), len(set(ids)), 'every picture has ids of its own')
        self.assertEqual(page.count('<article>'), 3)
        self.assertIn('aliyun ros CreateStack', page)
        self.assertEqual(self.virga('plan', '.', '--format', 'svg').returncode, 3)
        for form in ('text', 'markdown'):
            shown = self.virga('plan', '.', '--format', form, '--long').stdout
            self.assertTrue(all(app in shown for app in ('orders', 'web', 'old')), shown)

    def test_the_stack_that_gives_is_asked(self):
        limit = 'quotas = { aliyun = { "ros.stack.resources.max" = 3 } }'
        self.write(**{'workspace.virga': 'workspace shop { apps = ["./web", "./orders"] }\n',
                      'orders/main.virga': 'app orders { targets = [aliyun.ros]  %s }\n' % limit + ''.join(f'queue q{i} {{ }}\n' for i in range(5))
                                           + 'output url = q4.url { export = true }\n',
                      'web/main.virga': 'app web { targets = [aliyun.ros] }\nuse "../orders"\nfunction page { code = "./code"  runtime = nodejs20  environment = { ORDERS = orders.url } }\n',
                      'web/code/index.js': 'exports.handler = async () => 1;\n'})
        self.assertEqual(self.virga('plan', '.', '--script', 'deploy.sh').returncode, 0)
        place = [line for line in self.virga('compile', '.').stderr.splitlines() if 'stacks' in line]
        self.assertTrue(place, 'orders became several stacks')
        parts = dict(line.split()[1::2] for line in (self.folder / 'orders/virga.parts').read_text().splitlines() if not line.startswith('#'))
        self.assertNotEqual(parts['q4'], '1')
        done, calls = self.deploy('deploy.sh', VIRGA_CODE_BUCKET='my-code', VIRGA_REGION='here')
        self.assertEqual(done.returncode, 0, done.stderr)
        created = next(i for i, c in enumerate(calls) if 'CreateStack' in c and 'web-default' in c)
        asked = [c[c.index('--StackName.1') + 1] for c in calls[:created] if 'ListStacks' in c]
        self.assertIn(f'orders-default-{parts["q4"]}', asked[-1:], asked)

    def test_a_workspace_against_its_past(self):
        self.workspace()
        self.git('init', '-q', '-b', 'main')
        self.git('add', '.')
        self.git('commit', '-q', '-m', 'first')
        self.assertEqual(self.virga('record', '.', '-o', 'state').returncode, 0)
        self.assertEqual(sorted(p.name for p in (self.folder / 'state').iterdir()), ['old.state.json', 'orders.state.json', 'web.state.json'])
        for past in (['--base', 'HEAD'], ['--state', 'state']):
            same = self.virga('plan', '.', *past, '--detailed-exitcode')
            self.assertEqual(same.returncode, 0, same.stdout + same.stderr)
            self.assertEqual(self.virga('plan', '.', *past, '--format', 'markdown').stdout, '**orders, web, old**: nothing changes\n')
        self.write(**{'workspace.virga': 'workspace shop { apps = ["./web", "./orders"] }\n'})
        gone = self.virga('plan', '.', '--base', 'HEAD', '--json')
        self.assertEqual(json.loads(gone.stdout)['left'], ['old'])
        self.assertIn('no app of the workspace any more', self.virga('plan', '.', '--base', 'HEAD').stdout)
        orders = (self.folder / 'orders/main.virga').read_text()
        self.write(**{'orders/main.virga': orders.replace('take {', 'taken {').replace('take.url', 'taken.url')})
        lost = self.virga('plan', '.', '--base', 'HEAD', '--json')
        self.assertEqual(lost.returncode, 5, lost.stderr)
        marks = {e['mark'] for a in json.loads(lost.stdout)['apps'] for s in a['stacks'] for c in s['changes'] for e in c.get('effects', []) if 'mark' in e}
        accepted = self.virga('plan', '.', '--base', 'HEAD', *[w for m in sorted(marks) for w in ('--accept', m)])
        self.assertNotIn('nothing that is lost', accepted.stderr)
        self.assertNotEqual(accepted.returncode, 5, accepted.stderr)
        self.assertEqual(self.virga('plan', '.', '--deployed', 'out').returncode, 3)


if __name__ == '__main__':
    parser = argparse.ArgumentParser()
    parser.add_argument('--virga', required=True)
    given, rest = parser.parse_known_args()
    VIRGA = os.path.abspath(given.virga)
    unittest.main(argv=[sys.argv[0], *rest], verbosity=1)
