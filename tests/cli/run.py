#!/usr/bin/env python3
"""run.py --virga VIRGA: what only the command line can show. Output that is the same from two folders and under two locales,
exit codes, colours, JSON and SARIF that keep to their schemas, templates read back."""
import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
TARGETS = ('aws.sam', 'aliyun.ros')
VIRGA = ''
WRONG = 'app wrong { }\nfunction f { code = "./code"  runtime = python312  timeout = 30 }\nfunctoin g { }\n'


def virga(*args, env=None, cwd=None):
    return subprocess.run([VIRGA, *map(str, args)], capture_output=True, text=True, env={**os.environ, **(env or {})}, cwd=cwd, timeout=120)


def tree(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob('*')) if p.is_file()}


def foreign_locale(folder):
    """A locale with a decimal comma and an order of its own, made here; none where Debian's sources of locales are missing."""
    place = folder / 'locales'
    place.mkdir()
    done = None
    if shutil.which('localedef'):
        done = subprocess.run(['localedef', '-i', 'de_DE', '-f', 'UTF-8', str(place / 'de_DE.UTF-8')], capture_output=True)
    if done is None or not (place / 'de_DE.UTF-8').exists():
        return None
    return {'LOCPATH': str(place), 'LC_ALL': 'de_DE.UTF-8', 'LANG': 'de_DE.UTF-8', 'TZ': 'Asia/Kathmandu'}


class CommandLine(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        (self.folder / 'wrong').mkdir()
        (self.folder / 'wrong/main.virga').write_text(WRONG)

    def workspace(self, **changed):
        files = {
            'workspace.virga': 'workspace shop { apps = ["./web", "./orders"] }\n',
            'orders/main.virga': 'app orders { }\nqueue taken { }\noutput url = taken.url { export = true }\n',
            'web/main.virga': 'app web { }\nuse "../orders"\nfunction page { code = "./code"  runtime = nodejs20  environment = { ORDERS = orders.url } }\n',
            'web/code/index.js': 'exports.handler = async () => ({});\n',
        }
        place = self.folder / 'workspace'
        for name, text in {**files, **changed}.items():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_text(text)
        return place

    def test_workspace(self):
        place = self.workspace()
        out = self.folder / 'made'
        done = virga('compile', place, '-o', out)
        self.assertEqual((done.returncode, done.stderr), (0, ''))
        self.assertLess(done.stdout.index('orders'), done.stdout.index('web'), 'not in an order in which they can be deployed')
        exported = (out / 'orders/aws.sam/template.yaml').read_text()
        self.assertIn('Name: orders:default:url', exported)
        self.assertIn('!ImportValue orders:default:url', (out / 'web/aws.sam/template.yaml').read_text())
        self.assertIn('OrdersUrl', (out / 'web/aliyun.ros/template.yaml').read_text())
        told = json.loads(virga('compile', place, '-o', out, '--json').stdout)
        self.assertEqual([app['app'] for app in told['apps']], ['orders', 'web'])
        self.assertEqual(told['apps'][1]['imports'], [{'app': 'orders', 'output': 'url', 'parameter': 'OrdersUrl'}])
        # One of its apps from within, and alone: the same bytes.
        alone = self.folder / 'alone'
        done = virga('compile', '-o', alone, cwd=place / 'web')
        self.assertEqual((done.returncode, done.stderr), (0, ''))
        self.assertEqual(tree(alone), tree(out / 'web'))

    def test_workspace_with_mistakes(self):
        place = self.workspace(**{'web/main.virga': 'app web { }\nuse "../orders"\nfunctoin g { }\n'})
        out = self.folder / 'made'
        done = virga('compile', 'workspace', '-o', out, cwd=self.folder)
        self.assertEqual(done.returncode, 1)
        self.assertIn('workspace/web/main.virga:3:1', done.stderr)
        self.assertFalse(out.exists(), 'half of a workspace was written')
        self.assertIn('main.virga:3:1', virga('check', '.', cwd=place / 'web').stderr)
        self.assertEqual(virga('check', place).returncode, 1)
        self.assertIn('is a workspace', virga('graph', place).stderr)

    def test_package(self):
        one, two = self.folder / 'one', self.folder / 'two'
        for out in (one, two):
            done = virga('package', ROOT / 'examples/docs_site', '-o', out)
            self.assertEqual(done.returncode, 0, done.stderr)
        self.assertTrue(any(name.endswith('.zip') for name in tree(one)))
        self.assertEqual(tree(one), tree(two))
        told = json.loads(virga('package', ROOT / 'examples/docs_site', '--json', '-o', one).stdout)['packages']
        for package in told:
            self.assertEqual((pathlib.Path(package['file'])).stat().st_size, package['bytes'])
        done = virga('compile', ROOT / 'examples/docs_site', '-o', two)
        self.assertEqual(done.returncode, 0, done.stderr)
        for name, content in tree(one).items():
            for target in TARGETS:
                self.assertEqual((two / target / name).read_bytes(), content, name)

    def test_same_bytes_from_two_folders_and_two_locales(self):
        there = foreign_locale(self.folder)
        for example in sorted({path.parent for path in (ROOT / 'examples').rglob('*.virga') if path.parent.name != 'loads'}):
            name = example.relative_to(ROOT / 'examples')
            with self.subTest(example=str(name)):
                one, other = self.folder / 'one' / name, self.folder / 'an other place' / 'deep' / name
                done = virga('compile', example.relative_to(ROOT), '-o', one, cwd=ROOT, env={'LC_ALL': 'C'})
                self.assertEqual(done.returncode, 0, done.stderr)
                copy = self.folder / 'copy' / name
                shutil.copytree(example, copy, ignore=shutil.ignore_patterns('__pycache__'))
                shutil.rmtree(one.parent / 'nothing', ignore_errors=True)
                done = virga('compile', '.', '-o', other, cwd=copy, env=there or {'LC_ALL': 'C.UTF-8', 'TZ': 'Asia/Kathmandu'})
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertEqual(tree(one), tree(other))
        if there is None:
            print('  no sources of locales here: C and C.UTF-8 were compared')

    def test_templates_read_back(self):
        for example in ('hello', 'queue_worker'):
            for target in TARGETS:
                out = self.folder / 'out'
                self.assertEqual(virga('compile', ROOT / 'examples' / example, '--target', target, '-o', out).returncode, 0)
                printed = virga('compile', ROOT / 'examples' / example, '--target', target, '--print', 'stack')
                read = virga('read', '--target', target, out / target / 'template.yaml')
                self.assertEqual(read.returncode, 0, read.stderr)
                self.assertTrue(read.stdout and printed.stdout)

    def test_a_template_of_several_files_reads_back(self):
        for target in ('aws.terraform', 'aliyun.terraform'):
            out = self.folder / 'several'
            self.assertEqual(virga('compile', ROOT / 'examples/hello', '--target', target, '-o', out).returncode, 0)
            whole = virga('read', '--target', target, out / target)
            self.assertEqual(whole.returncode, 0, whole.stderr)
            for part in ('parameter Greeted', 'resource Greeter', 'output Url'):
                self.assertIn(part, whole.stdout)
            one = virga('read', '--target', target, out / target / 'variables.tf')
            self.assertIn('parameter Greeted', one.stdout)
            self.assertNotIn('resource ', one.stdout)
            self.assertEqual(virga('read', '--target', target, out / target / 'code').returncode, 4)

    def test_templates_as_json(self):
        out = self.folder / 'json'
        self.assertEqual(virga('compile', ROOT / 'examples/hello', '--target', 'aws.terraform', '--as-json', '-o', out).returncode, 0)
        made = json.loads((out / 'aws.terraform/main.tf.json').read_text())
        self.assertIn('greeter', made['resource']['aws_lambda_function'])
        self.assertFalse((out / 'aws.terraform/main.tf').exists())
        all_json = self.folder / 'all-json'
        done = virga('compile', ROOT / 'examples/hello', '--target', 'aws.terraform', '--format', 'json', '-o', all_json)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(str(all_json / 'aws.terraform/main.tf.json'), json.loads(done.stdout)['made'][0]['files'])
        self.assertEqual((all_json / 'aws.terraform/main.tf.json').read_text(), (out / 'aws.terraform/main.tf.json').read_text())
        found = virga('compile', ROOT / 'examples/hello', '--target', 'aws.terraform', '--json', '-o', self.folder / 'found')
        self.assertIn(str(self.folder / 'found/aws.terraform/main.tf'), json.loads(found.stdout)['made'][0]['files'])

    def test_fmt_check(self):
        files = sorted(map(str, (ROOT / 'examples').rglob('*.virga'))) + sorted(map(str, (ROOT / 'stdlib').rglob('*.virga')))
        done = virga('fmt', '--check', *files)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_exit_codes(self):
        self.assertEqual(virga('check', ROOT / 'examples/hello').returncode, 0)
        self.assertEqual(virga('check', self.folder / 'wrong').returncode, 1)
        self.assertEqual(virga('frobnicate').returncode, 3)
        self.assertEqual(virga('compile', ROOT / 'examples/hello', '--target', 'moon.rock', '-o', self.folder / 'x').returncode, 3)
        self.assertEqual(virga('check', self.folder / 'missing').returncode, 4)
        (self.folder / 'file').write_text('')
        self.assertEqual(virga('compile', ROOT / 'examples/hello', '-o', self.folder / 'file/below').returncode, 4)

    def test_nothing_is_written_after_errors(self):
        out = self.folder / 'out'
        self.assertEqual(virga('compile', self.folder / 'wrong', '-o', out).returncode, 1)
        self.assertFalse(out.exists())

    def test_check_looks_at_every_stage(self):
        (self.folder / 'staged').mkdir()
        (self.folder / 'staged/main.virga').write_text(
            'app staged { }\nqueue q { }\nstage beta { q { visibility = 1m } }\n'
            'stage prod {\n  q { visibility = 30 }\n  q { dealy = 1s }\n}\n')
        done = virga('check', self.folder / 'staged')
        self.assertEqual(done.returncode, 1, done.stderr)
        for part in ('error[value/type]', 'error[kind/attribute]', 'note: in stage `prod`', '2 errors'):
            self.assertIn(part, done.stderr)
        self.assertNotIn('beta', done.stderr)
        self.assertEqual(virga('check', self.folder / 'staged', '--stage', 'beta').returncode, 0)
        self.assertEqual(virga('compile', self.folder / 'staged', '-o', self.folder / 'out').returncode, 0)

    def test_findings_in_every_form(self):
        text = virga('check', self.folder / 'wrong')
        self.assertIn('error[value/type]', text.stderr)
        self.assertIn('error[kind/unknown]', text.stderr)
        self.assertNotIn('\033', text.stderr)   # not a terminal
        form = virga('check', self.folder / 'wrong', '--format', 'json')
        findings = json.loads(form.stdout)
        sarif = json.loads(virga('check', self.folder / 'wrong', '--format', 'sarif').stdout)
        self.assertEqual(sarif['version'], '2.1.0')
        self.assertEqual(sorted(r['ruleId'] for r in sarif['runs'][0]['results']), ['kind/unknown', 'value/type'])
        try:
            import jsonschema
        except ImportError:
            print('  no python3-jsonschema here: the schema of findings was not asked')
            return
        jsonschema.validate(findings, json.loads((ROOT / 'docs/schema/diagnostics.schema.json').read_text()))

    def project(self, text, name='main.virga'):
        place = self.folder / 'project'
        (place / 'code').mkdir(parents=True, exist_ok=True)
        (place / 'code/index.py').write_text('def handler(event, context):\n    return {}\n')
        (place / name).write_bytes(text.encode())
        return place

    NEWS = ('app shop { targets = [aws.sam] }\ntopic news { }\n'
            'function worker { code = "./code"  runtime = python312  timeout = 30s  idempotent = true }\n')

    def test_what_is_allowed_in_every_form(self):
        """Not shown to people, counted for them, and whole for programs."""
        place = self.project(self.NEWS + 'news ~> worker {\n  allow "path/lost" because "the \\"nightly\\" run" until 2027-01-01\n}\n')
        for command in (['check'], ['compile', '-o', self.folder / 'made'], ['compile', '--print', 'stack']):
            text = virga(*command, place)
            self.assertEqual((text.returncode, text.stderr), (0, '1 allowed\n'), command)
        late = virga('check', place, '--as-of', '2027-01-02')
        self.assertIn('warning[path/lost]', late.stderr)
        self.assertIn('warning[allow/expired]', late.stderr)
        self.assertTrue(late.stderr.endswith('\n2 warnings\n'), late.stderr)
        told = json.loads(virga('check', place, '--json').stdout)
        self.assertEqual(told['summary'], {'errors': 0, 'warnings': 0, 'notes': 0, 'allowed': 1})
        [finding] = told['diagnostics']
        self.assertEqual((finding['code'], finding['severity']), ('path/lost', 'warning'))
        allowed = finding['allowed']
        self.assertEqual((allowed['because'], allowed['until'], allowed['place']['begin']['line']), ('the "nightly" run', '2027-01-01', 5))
        made = json.loads(virga('compile', place, '-o', self.folder / 'made', '--json').stdout)
        self.assertEqual(made['diagnostics'], told['diagnostics'])
        sarif = json.loads(virga('check', place, '--format', 'sarif').stdout)
        [result] = sarif['runs'][0]['results']
        [suppression] = result['suppressions']
        self.assertEqual((result['ruleId'], suppression['kind'], suppression['justification'], suppression['properties']),
                         ('path/lost', 'inSource', 'the "nightly" run', {'until': '2027-01-01'}))
        self.assertEqual(suppression['location']['physicalLocation']['region']['startLine'], 5)
        try:
            import jsonschema
        except ImportError:
            return
        jsonschema.validate(told, json.loads((ROOT / 'docs/schema/diagnostics.schema.json').read_text()))

    def test_fix(self):
        """What is certain is written, once more looked at, and said; what is left is told."""
        wrong = '\ufeff# by hand\r\n' + self.NEWS + (
            'queue lost { retention = 14d };\nalarm filled { of = lost  metric = depth  above = 0 }\n'
            'queue orders { visibility = 40s  dead ~> lost }\norders ~> worker\nnews ~> worker\n')
        place = self.project(wrong)
        (place / 'code/notes.txt').write_text('not a program;\n')
        before = tree(place)
        dry = virga('check', place, '--fix', '--dry-run')
        self.assertIn('would fix ', dry.stdout)
        self.assertEqual(tree(place), before)
        done = virga('check', place, '--fix')
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stdout.replace('fixed', 'would fix'), dry.stdout)
        self.assertEqual([line.split(': ', 1)[1] for line in done.stdout.splitlines()],
                         ['write `//`', 'leave the `;` out', 'hide them for 3m'])
        self.assertIn('project/main.virga:1:1: ', done.stdout)
        self.assertIn('warning[path/lost]', done.stderr)
        self.assertTrue(done.stderr.endswith('\n1 warning\n'), done.stderr)
        right = wrong.replace('# by hand', '// by hand').replace('14d };', '14d }').replace('40s', '3m')
        self.assertEqual((place / 'main.virga').read_bytes().decode(), right)
        self.assertEqual({**tree(place), 'main.virga': b''}, {**before, 'main.virga': b''})
        again = virga('check', place, '--fix')
        self.assertEqual((again.returncode, again.stdout), (0, ''))
        self.assertEqual((place / 'main.virga').read_bytes().decode(), right)

    def test_fix_takes_away_what_allows_nothing(self):
        place = self.project(self.NEWS + 'news ~> worker {\n  allow "path/lost" because "old" until 2026-12-31\n}\n'
                             'allow "path/unwatched" because "nobody looks"\nallow "path/lost" because "new"\n')
        done = virga('check', place, '--fix', '--as-of', '2027-01-01', '--json')
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(len(done.stderr.splitlines()), 2, done.stderr)
        self.assertEqual(json.loads(done.stdout)['summary'], {'errors': 0, 'warnings': 0, 'notes': 0, 'allowed': 1})
        self.assertEqual((place / 'main.virga').read_text(), self.NEWS + 'news ~> worker {\n}\nallow "path/lost" because "new"\n')

    def test_fix_of_a_workspace_and_of_modules(self):
        place = self.workspace(**{'shared.virga': 'kind spare {\n  queue inner { };\n}\n',
                                  'orders/main.virga': 'app orders { };\nuse "../shared.virga"\nshared.spare one { }\nqueue taken { }\n'
                                                       'function f { code = "./code"  runtime = nodejs20 }\n'
                                                       'output url = taken.url { export = true }\nstage prod { }\n',
                                  'orders/code/index.js': 'exports.handler = async () => ({});\n'})
        done = virga('check', '--fix', cwd=place)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual(sorted(line.split(': ')[0] for line in done.stdout.splitlines()),
                         ['fixed orders/main.virga:1:15', 'fixed shared.virga:2:18'])
        self.assertNotIn(';', (place / 'shared.virga').read_text() + (place / 'orders/main.virga').read_text())

    def test_fix_breaks_nothing(self):
        place = self.project(WRONG)
        done = virga('check', place, '--fix')
        self.assertEqual((done.returncode, done.stdout), (1, ''))
        self.assertEqual((place / 'main.virga').read_text(), WRONG)
        self.assertEqual(virga('check', place, '--dry-run').returncode, 3)
        self.assertEqual(virga('check', self.folder / 'missing', '--fix').returncode, 4)

    def test_portability_knows_what_a_format_lacks(self):
        place = self.folder / 'raw'
        place.mkdir()
        (place / 'code').mkdir()
        (place / 'code/index.py').write_text('def handler(event, context):\n    return {}\n')
        raw = '"ALIYUN::FC3::Function" = { DisableOndemand = false }'
        (place / 'main.virga').write_text(
            'app raw { }\nfunction f { code = "./code"  runtime = python312  on aliyun { raw = { ' + raw + ' } } }\n'
            'resource aliyun "ALIYUN::CMS::MonitorGroup" g { GroupName = "x"  ContactGroups = ["y"] }\n')
        told = json.loads(virga('check', place, '--portability', '--json').stdout)
        verdicts = {target: {row['subject']: row for row in rows} for target, rows in told.items()}
        self.assertEqual(verdicts['aliyun.ros']['function f']['verdict'], 'exact')
        refused = verdicts['aliyun.terraform']
        self.assertEqual({s: row['verdict'] for s, row in refused.items()},
                         {'function f': 'impossible', 'resource g': 'impossible'})
        self.assertIn('DisableOndemand', refused['function f']['why'])
        self.assertIn('ALIYUN::CMS::MonitorGroup', refused['resource g']['why'])

    def test_read_takes_both_syntaxes_of_terraform(self):
        stacks = []
        for flag in ([], ['--as-json']):
            out = self.folder / ('out' + ''.join(flag))
            self.assertEqual(virga('compile', ROOT / 'examples/docs_site', '-t', 'aws.terraform', '-o', out, *flag).returncode, 0)
            done = virga('read', out / 'aws.terraform', '-t', 'aws.terraform')
            self.assertEqual((done.returncode, done.stderr), (0, ''))
            stacks.append(sorted(line for line in done.stdout.splitlines()))
        self.assertEqual(stacks[0], stacks[1])

    def test_facts(self):
        """What is believed is listed whole, with its sources; the user's numbers stand in place of the vendors'."""
        told = json.loads(virga('facts', '--json', '--prices', '--bounds').stdout)
        self.assertGreaterEqual(len(told['facts']), 600)
        self.assertTrue(all(f['source'] and f['as_of'] for f in told['facts'] + told['prices']))
        self.assertGreaterEqual(len(told['prices']), 100)
        self.assertTrue(any(p['price'] is None for p in told['prices']), 'an unknown price is none')
        by_id = {(f['cloud'], f['id']): f for f in told['facts']}
        self.assertEqual(by_id['aws', 'lambda.timeout.max']['value'], 900)
        self.assertEqual(by_id['aws', 'scheduler.invocation_rate']['value'], {'us-east-1': 1000, 'others': 500})
        one = virga('facts', 'lambda', 'TIMEOUT.MAX')
        self.assertRegex(one.stdout, r'lambda.timeout.max +900 seconds +hard +2026-')
        self.assertTrue(one.stdout.endswith('1 fact\n'), one.stdout)
        self.assertNotIn('source', one.stdout)
        self.assertIn('= source: botocore', virga('facts', 'lambda.timeout.max', '--long').stdout)
        only = json.loads(virga('facts', '--cloud', 'aws', '--service', 'sqs', '--kind', 'adjustable-quota', '--json').stdout)
        self.assertEqual({(f['cloud'], f['service'], f['kind']) for f in only['facts']}, {('aws', 'sqs', 'adjustable-quota')})
        self.assertTrue(all(not f['verified'] for f in json.loads(virga('facts', '--unverified', '--json').stdout)['facts']))
        old = json.loads(virga('facts', '--older-than', '2026-05-01', '--as-of', '2026-11-28', '--json').stdout)['facts']
        self.assertTrue(old and all(f['as_of'] < '2026-05-01' and f['age_days'] > 200 for f in old))
        self.assertIn('days)', virga('facts', 'lambda.timeout.max', '--as-of', '2026-11-28').stdout)
        self.assertEqual(virga('facts', '--as-of', '2026-02-30').returncode, 3)
        self.assertEqual(virga('facts', '--cloud', 'awz').returncode, 3)
        mine = self.folder / 'mine.yaml'
        mine.write_text('aws:\n  lambda.concurrency.account.default: 5000\n')
        told_mine = virga('facts', 'concurrency.account', '--long', '--quotas', mine).stdout
        self.assertIn('5000 concurrent executions', told_mine)
        self.assertIn('your mine.yaml:2, instead of 1000 concurrent executions (AWS docs', told_mine)
        mine.write_text('aws:\n  lambda.timeout.max: plenty\n')
        wrong = virga('facts', '--quotas', mine)
        self.assertEqual(wrong.returncode, 1)
        self.assertIn('quotas/form', wrong.stderr)
        self.assertIn('mine.yaml:2:23', wrong.stderr)
        self.assertEqual(virga('facts', '--quotas', self.folder / 'none.yaml').returncode, 4)
        limits = virga('kinds', 'function', '--limits').stdout
        self.assertIn('lambda.timeout.max', limits)
        self.assertIn('fc3.timeout.range', limits)
        self.assertIn('= source: ', limits)
        self.assertIn('cfn.resources.max', virga('kinds', '--limits').stdout)
        try:
            import jsonschema
        except ImportError:
            return
        jsonschema.validate(told, json.loads((ROOT / 'docs/schema/facts.schema.json').read_text()))

    def test_numbers_of_an_account(self):
        """A file beside the app, the app itself, a file named by hand: the later one holds, and a finding says whose it is."""
        place = self.folder / 'mine'
        (place / 'code').mkdir(parents=True)
        (place / 'code/index.py').write_text('def handler(event, context):\n    return {}\n')
        app = 'app shop { targets = [aws.sam] %s }\nfunction crowd { code = "./code"  runtime = python312  concurrency = 3000 }\n'
        (place / 'main.virga').write_text(app % '')
        told = virga('check', place)
        self.assertEqual(told.returncode, 0, told.stderr)
        self.assertIn('needs an increase of the account\'s quota `lambda.concurrency.account.default`', told.stderr)
        (place / 'quotas.yaml').write_text('aws:\n  lambda.concurrency.account.default: 2000\n')
        told = virga('check', place).stderr
        self.assertIn('but AWS Lambda runs at most 2000', told)
        self.assertIn('= source: your quotas.yaml:2, instead of 1000 concurrent executions (AWS docs', told)
        (place / 'main.virga').write_text(app % 'quotas = { aws = { "lambda.concurrency.account.default" = 2500 } }')
        self.assertIn('= source: your main.virga:1, instead of 1000', virga('check', place).stderr)
        by_hand = self.folder / 'by_hand.yaml'
        by_hand.write_text('{"aws": {"lambda.concurrency.account.default": 4000}}')
        self.assertEqual(virga('check', place, '--quotas', by_hand).stderr, '')

    def test_cost(self):
        """A total without load has the fixed parts alone; targets, stages and price lists are chosen as elsewhere."""
        place = self.folder / 'paid'
        (place / 'code').mkdir(parents=True)
        (place / 'code/index.py').write_text('def handler(event, context):\n    return {}\n')
        (place / 'main.virga').write_text(
            'app paid { regions = [ap_southeast_1] }\ngateway door { GET "/" -> f }\nqueue q { }\nsecret s { value = p }\nparam p: secret\n'
            'function f { code = "./code"  runtime = python310 }\nf -> q\nf -> s.read\nstage busy { f { takes = 20ms } }\n')
        done = virga('cost', place, '-t', 'aws.sam')
        self.assertEqual((done.returncode, done.stderr), (0, ''))
        self.assertRegex(done.stdout, r'in all +USD 0.40 \+ by load')
        self.assertIn('`door GET "/"`', done.stdout)
        self.assertIn('prices of a region that the app does not name\n  us-east-1', done.stdout)
        told = json.loads(virga('cost', place, '-t', 'aliyun.ros', '-t', 'aws.sam', '--stage', 'busy', '--json').stdout)
        self.assertEqual(told['stage'], 'busy')
        self.assertEqual([e['targets'] for e in told['estimates']], [['aliyun.ros'], ['aws.sam']])
        self.assertEqual({e['region'] for e in told['estimates']}, {'ap-southeast-1'})
        queue = [line for line in told['estimates'][0]['lines'] if line['price'].startswith('price.smq.queue_day')]
        self.assertEqual([line['price'] for line in queue], ['price.smq.queue_day.elsewhere'], 'the price of the region')
        self.assertIn('price.smq.requests', virga('cost', place, '-t', 'aliyun.ros', '--long').stdout)
        listed = json.loads(virga('cost', place, '-t', 'aliyun.ros', '--price-list', 'cn', '--json').stdout)
        self.assertIn('price.apigateway.calls.cn.tier1', {line['price'] for line in listed['estimates'][0]['lines']})
        self.assertEqual(virga('cost', place, '-t', 'aws.sma').returncode, 3)
        self.assertEqual(virga('cost', place, '--price-list', 'mars').returncode, 3)
        self.assertEqual(virga('cost', place, '--region', 'mars').returncode, 1)
        self.assertEqual(virga('cost', self.folder / 'wrong').returncode, 1)
        self.assertEqual(virga('cost', self.folder / 'nowhere').returncode, 4)

    def test_graph_explain_kinds_targets(self):
        for form, start in (('dot', 'digraph'), ('mermaid', ''), ('json', '{')):
            done = virga('graph', ROOT / 'examples/hello', '--as', form)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertTrue(done.stdout.startswith(start))
        self.assertIn('value/type', virga('explain', 'value/type').stdout)
        # A grant stands under the name of what gets it, which need not be the function's own code.
        explained = virga('explain', 'builds.build.worker', ROOT / 'examples/cd_builds').stdout
        self.assertIn('the state machine of `builds.build.worker` may sns:Publish\n', explained)
        self.assertIn('    `builds.build.worker` may s3:GetObject\n', explained)
        self.assertIn('function', virga('kinds').stdout)
        for target in TARGETS:
            self.assertIn(target, virga('targets').stdout)


if __name__ == '__main__':
    parser = argparse.ArgumentParser()
    parser.add_argument('--virga', required=True)
    given, rest = parser.parse_known_args()
    VIRGA = os.path.abspath(given.virga)
    unittest.main(argv=[sys.argv[0], *rest], verbosity=1)
