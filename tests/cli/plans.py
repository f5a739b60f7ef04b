#!/usr/bin/env python3
"""plans.py --virga VIRGA: plans from the command line: against a revision, a record, a template and Terraform's own state; exit codes, saved plans, drift,
and the job for pull requests."""
import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

import jsonschema
import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
VIRGA = ''

APP = '''app shop { targets = [aws.sam, aws.terraform] }
queue orders { }
function worker { code = "./code"  runtime = python312 }
orders ~> worker
'''


def virga(*args, cwd):
    return subprocess.run([VIRGA, *map(str, args)], capture_output=True, text=True, cwd=cwd, timeout=120)


class Plans(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        self.write(APP)
        (self.folder / 'app/code').mkdir()
        (self.folder / 'app/code/index.py').write_text('def handler(event, context):\n    return {}\n')
        self.git('init', '-q', '-b', 'main')
        self.git('add', '.')
        self.git('commit', '-q', '-m', 'first')

    def git(self, *args):
        who = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com']
        subprocess.run(['git', *who, *args], cwd=self.folder, check=True, capture_output=True)

    def write(self, text):
        (self.folder / 'app').mkdir(exist_ok=True)
        (self.folder / 'app/main.virga').write_text(text)

    def plan(self, *args):
        return virga('plan', 'app', *args, cwd=self.folder)

    def test_against_a_revision(self):
        same = self.plan('--base', 'HEAD', '--detailed-exitcode')
        self.assertEqual(same.returncode, 0, same.stdout + same.stderr)
        self.assertIn('nothing changes', same.stdout)
        self.write(APP.replace('python312 }', 'python312  timeout = 20s }').replace('queue orders { }', 'queue orders { visibility = 2m }'))
        changed = self.plan('--base', 'HEAD', '--detailed-exitcode')
        self.assertEqual(changed.returncode, 2, changed.stderr)
        self.assertIn('Timeout: 10 → 20', changed.stdout)
        self.assertEqual(self.plan('--base', 'main').returncode, 0)
        self.assertEqual(self.plan('--base', 'main').stdout, self.plan('--base', 'main').stdout)

    def test_what_stands_before_the_first(self):
        (self.folder / 'other').mkdir()
        shutil.copytree(self.folder / 'app', self.folder / 'other/app')
        first = virga('plan', 'other/app', '--base', 'HEAD', cwd=self.folder)
        self.assertEqual(first.returncode, 0, first.stderr)
        self.assertIn('a first deployment', first.stderr)
        self.assertEqual(self.plan('--base', 'nowhere').returncode, 4)

    def test_losses(self):
        self.write(APP.replace('queue orders { }\n', '').replace('orders ~> worker\n', ''))
        lost = self.plan('--base', 'HEAD', '--json')
        self.assertEqual(lost.returncode, 5, lost.stderr)
        plan = json.loads(lost.stdout)
        self.assertEqual(plan['losses_not_accepted'], 2)
        marks = [e['mark'] for s in plan['stacks'] for c in s['changes'] for e in c.get('effects', []) if e['kind'] == 'data_lost']
        accepted = self.plan('--base', 'HEAD', '--accept', marks[0], '--accept', marks[1])
        self.assertEqual(accepted.returncode, 0, accepted.stderr)
        text = (self.folder / 'app/main.virga').read_text()
        self.write(text + ''.join(f'allow "plan/data-lost@{m}" because "a test"\n' for m in marks))
        said = self.plan('--base', 'HEAD')
        self.assertEqual(said.returncode, 0, said.stderr)
        self.assertIn('accepted: a test', said.stdout)
        self.assertEqual(virga('check', 'app', cwd=self.folder).returncode, 0)

    def test_saved(self):
        self.assertEqual(self.plan('--base', 'HEAD', '-o', 'plan.json').returncode, 0)
        self.assertEqual(self.plan('--base', 'HEAD', '--saved', 'plan.json').returncode, 0)
        self.write(APP.replace('queue orders { }', 'queue orders { visibility = 2m }'))
        stale = self.plan('--base', 'HEAD', '--saved', 'plan.json')
        self.assertEqual(stale.returncode, 1)
        self.assertIn('fits no more', stale.stderr)

    def test_json_keeps_to_its_schema(self):
        schema = json.loads((ROOT / 'docs/schema/plan.schema.json').read_text())
        self.write(APP.replace('queue orders { }', 'queue orders { fifo = true }') + 'queue more { }\nworker ~> more\n')
        for args in ([], ['--base', 'HEAD']):
            jsonschema.validate(json.loads(self.plan('--json', *args).stdout), schema)

    def test_records(self):
        for target in ('aws.sam', 'aws.terraform'):
            self.assertEqual(virga('record', 'app', '-t', target, cwd=self.folder).returncode, 0)
        record = (self.folder / 'virga.state.json').read_text()
        self.assertEqual([s['target'] for s in json.loads(record)['stacks']], ['aws.sam', 'aws.terraform'])
        self.assertEqual(self.plan('--state', 'virga.state.json', '--detailed-exitcode').returncode, 0)
        self.write(APP.replace('queue orders { }', 'queue orders { visibility = 2m }'))
        self.assertEqual(self.plan('--state', 'virga.state.json', '--detailed-exitcode').returncode, 2)
        drift = virga('drift', 'app', '--state', 'virga.state.json', cwd=self.folder)
        self.assertEqual(drift.returncode, 2)
        self.assertIn('VisibilityTimeout: 120 → 60', drift.stdout)
        for broken in ('{', '{"virga_record": 1, "stacks": []}', '{"virga_record": 2}', '[1]', '{"virga_record": 2, "stacks": [{"units": [7]}]}'):
            (self.folder / 'broken.json').write_text(broken)
            self.assertEqual(self.plan('--state', 'broken.json').returncode, 1, broken)

    def test_a_template_that_stands(self):
        self.assertEqual(virga('compile', 'app', '-o', 'out', cwd=self.folder).returncode, 0)
        for target, file in (('aws.sam', 'template.yaml'), ('aws.terraform', '')):
            same = self.plan('-t', target, '--deployed', f'out/{target}/{file}', '--detailed-exitcode')
            self.assertEqual(same.returncode, 0, target + same.stdout + same.stderr)
        self.write(APP.replace('queue orders { }', 'queue orders { visibility = 2m }'))
        self.assertEqual(self.plan('-t', 'aws.sam', '--deployed', 'out/aws.sam/template.yaml', '--detailed-exitcode').returncode, 2)
        self.assertEqual(self.plan('--deployed', 'out/aws.sam/template.yaml').returncode, 3)

    def test_terraform_state(self):
        made = json.loads(self.plan('-t', 'aws.terraform', '--json').stdout)['stacks'][0]['changes']

        def known(value):
            """As a state has it: references are ids, and there is more than anybody asked for."""
            if isinstance(value, dict):
                return 'some-id' if any(k.startswith('$') for k in value) else {**{k: known(v) for k, v in value.items()}, 'besides': None}
            return [known(v) for v in value] if isinstance(value, list) else value

        resources = [{'mode': 'managed', 'type': c['type'], 'name': c['address'].split('.')[1],
                      'instances': [{'attributes': {**known(c['properties']), 'id': 'some-id'}}]} for c in made]
        state = {'version': 4, 'terraform_version': '1.9.0', 'resources': resources}
        (self.folder / 'terraform.tfstate').write_text(json.dumps(state))
        args = ['-t', 'aws.terraform', '--deployed', 'terraform.tfstate']
        same = self.plan(*args, '--detailed-exitcode')
        self.assertEqual(same.returncode, 0, same.stdout + same.stderr)
        queue = next(r for r in resources if r['type'] == 'aws_sqs_queue')
        queue['instances'][0]['attributes']['visibility_timeout_seconds'] = 99
        resources.append({'mode': 'managed', 'type': 'aws_s3_bucket', 'name': 'others', 'instances': [{'attributes': {}}]})
        (self.folder / 'terraform.tfstate').write_text(json.dumps(state))
        drift = virga('drift', 'app', *args, cwd=self.folder)
        self.assertEqual(drift.returncode, 2, drift.stdout + drift.stderr)
        self.assertIn('visibility_timeout_seconds: 60 → 99', drift.stdout)
        self.assertNotIn('others', drift.stdout)
        # What Terraform moves by itself, and what lies in modules or stands several times.
        queue['instances'][0]['index_key'] = 0
        resources.append({'module': 'module.more["a.b"]', 'mode': 'managed', 'type': 'aws_sqs_queue', 'name': 'orders',
                          'instances': [{'index_key': k, 'attributes': {}} for k in ('x', 'y')]})
        (self.folder / 'terraform.tfstate').write_text(json.dumps(state))
        self.assertEqual(virga('drift', 'app', *args, cwd=self.folder).stdout, drift.stdout)
        removed = [(c['address'], c['type']) for c in json.loads(self.plan(*args, '--json').stdout)['stacks'][0]['changes'] if c['action'] == 'remove']
        self.assertEqual(removed, [('aws_s3_bucket.others', 'aws_s3_bucket'),
                                   *((f'module.more["a.b"].aws_sqs_queue.orders["{k}"]', 'aws_sqs_queue') for k in 'xy')])
        del queue['instances'][0]['index_key']
        within = resources.pop()
        shown = {'format_version': '1.0', 'terraform_version': '1.9.0', 'values': {'root_module': {'resources': [
            {'address': f"{r['type']}.{r['name']}", 'mode': 'managed', 'type': r['type'], 'name': r['name'],
             'values': r['instances'][0]['attributes']} for r in resources],
            'child_modules': [{'address': within['module'], 'resources': [
                {'address': f"{within['module']}.aws_sqs_queue.orders[\"{k}\"]", 'mode': 'managed', 'type': 'aws_sqs_queue', 'values': {}} for k in 'xy']}]}}}
        (self.folder / 'show.json').write_text(json.dumps(shown))
        self.assertEqual(virga('drift', 'app', '-t', 'aws.terraform', '--deployed', 'show.json', cwd=self.folder).stdout, drift.stdout)
        again = [(c['address'], c['type']) for c in json.loads(self.plan('-t', 'aws.terraform', '--deployed', 'show.json', '--json').stdout)['stacks'][0]['changes'] if c['action'] == 'remove']
        self.assertEqual(again, removed)

    def test_script(self):
        self.write(APP.replace('queue orders { }', 'queue orders { visibility = 2m }'))
        self.assertEqual(self.plan('--base', 'HEAD', '--script', 'deploy.sh').returncode, 0)
        script = (self.folder / 'deploy.sh').read_text()
        self.assertIn('sam deploy --template-file out/aws.sam/template.yaml --stack-name shop-default', script)
        self.assertIn('terraform -chdir=out/aws.terraform apply', script)
        self.assertEqual(subprocess.run(['sh', '-n', self.folder / 'deploy.sh']).returncode, 0)

    def test_policies(self):
        done = self.plan('--policy', 'policy')
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn('`*` stands for the account', done.stderr)
        self.assertEqual(sorted(p.name for p in (self.folder / 'policy').iterdir()), ['aws.sam.json', 'aws.terraform.json'])
        document = json.loads((self.folder / 'policy/aws.sam.json').read_text())
        self.assertEqual(document['Version'], '2012-10-17')
        self.assertIn('sqs:CreateQueue', [a for s in document['Statement'] for a in s['Action']])
        (self.folder / 'policy/aws.sam.2.json').write_text('{}')
        self.assertIn('`aws.sam.2.json` in `policy` is of another plan', self.plan('--policy', 'policy').stderr)
        nothing = self.plan('--base', 'HEAD', '--policy', 'none')
        self.assertEqual(nothing.returncode, 0, nothing.stderr)
        self.assertIn('nothing is deployed', nothing.stderr)
        self.assertFalse((self.folder / 'none').exists())

    def test_the_job_for_pull_requests(self):
        for name in ('github-actions.yml', 'gitlab-ci.yml'):
            job = yaml.safe_load((ROOT / 'docs/ci' / name).read_text())
            self.assertIn('plan-comment', json.dumps(job), name)
        path = {**os.environ, 'PATH': f'{pathlib.Path(VIRGA).parent}:{os.environ["PATH"]}'}

        def comment():
            return subprocess.run([ROOT / 'docs/ci/plan-comment', 'app', 'main'], cwd=self.folder, env=path, capture_output=True, text=True)

        quiet = comment()
        self.assertEqual(quiet.returncode, 0, quiet.stderr)
        self.assertIn('nothing changes', quiet.stdout)
        self.write(APP.replace('orders', 'purchases'))
        losing = comment()
        self.assertEqual(losing.returncode, 5, losing.stderr)
        self.assertIn('data lost', (self.folder / 'virga-out/plan.md').read_text())
        self.assertIn('virga plan --accept', (self.folder / 'virga-out/plan.html').read_text())
        self.write(APP + 'wrong')
        self.assertEqual(comment().returncode, 1)
        self.assertIn('has errors', (self.folder / 'virga-out/plan.md').read_text())


if __name__ == '__main__':
    parser = argparse.ArgumentParser()
    parser.add_argument('--virga', required=True)
    given, rest = parser.parse_known_args()
    VIRGA = os.path.abspath(given.virga)
    unittest.main(argv=[sys.argv[0], *rest], verbosity=1)
