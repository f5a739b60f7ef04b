#!/usr/bin/env python3
"""test_normalise.py: pairs that must be the same and pairs that must not (cases.yaml), and the parts around them."""
import pathlib
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
import applications  # noqa: E402
import documents  # noqa: E402
import mutants  # noqa: E402
import normalise  # noqa: E402
import sam  # noqa: E402
import schemas  # noqa: E402
import shares  # noqa: E402
import terraform  # noqa: E402
from compare import Comparer, metadata  # noqa: E402
from differences import differences, group, line, pair_conditions, pair_hashed  # noqa: E402

CASES = documents.load(HERE / 'cases.yaml')


def found(case, a, b):
    if 'document' in case:
        a, b = normalise.document(a), normalise.document(b)
        return differences(a, pair_conditions(a, b))
    if 'application' in case:
        return differences(applications.document(a), applications.document(b))
    n = normalise.Normaliser(None)
    if 'type' in case:
        return differences(*(normalise.properties_of(case['type'], x, n) for x in (a, b)))
    if 'resource' in case:
        return differences(*(normalise.resource(x, n) for x in (a, b)))
    return differences(n.value(a), n.value(b))


class Cases(unittest.TestCase):
    def test_all(self):
        for case in CASES:
            typed = case.get('type') or case.get('application')
            if typed and not schemas.FOLDER.is_dir():
                continue   # without the schemas no property has a type
            with self.subTest(case['what']):
                same = 'same' in case
                for a, b in (case['same' if same else 'not'], reversed(case['same' if same else 'not'])):
                    told = [line(d) for d in found(case, a, b)]
                    self.assertEqual(not told, same, told)

    def test_there_are_both(self):
        self.assertGreater(sum('same' in c for c in CASES), 40)
        self.assertGreater(sum('not' in c for c in CASES), 30)


class Told(unittest.TestCase):
    def test_where_and_what(self):
        a = normalise.document({'Resources': {'Q': {'Type': 'AWS::SQS::Queue', 'Properties': {'QueueName': {'Fn::Sub': '${App}-q'}, 'KmsMasterKeyId': 'k'}}}})
        b = normalise.document({'Resources': {'Q': {'Type': 'AWS::SQS::Queue', 'Properties': {'QueueName': 'q'}}}})
        told = differences(a, b)
        self.assertEqual([line(d) for d in told], ['Resources.Q.Properties.QueueName: "${App}-q" ≠ "q"', 'Resources.Q.Properties.KmsMasterKeyId: "k" ≠ nothing'])
        self.assertEqual([group(d, a, b) for d in told], ['AWS::SQS::Queue.QueueName', 'AWS::SQS::Queue.KmsMasterKeyId'])

    def test_lost_and_added(self):
        a = {'Resources': {'Q': {'Type': 'AWS::SQS::Queue'}}}
        self.assertEqual([group(d, a, {}) for d in differences(a, {'Resources': {}})], ['AWS::SQS::Queue (lost)'])
        self.assertEqual([group(d, {}, a) for d in differences({'Resources': {}}, a)], ['AWS::SQS::Queue (added)'])


class Hashes(unittest.TestCase):
    def template(self, digits, path):
        return {'Resources': {'Api': {'Type': 'AWS::ApiGateway::RestApi', 'Properties': {'Name': path}},
                              f'ApiDeployment{digits}': {'Type': 'AWS::ApiGateway::Deployment', 'Properties': {
                                  'Description': f'RestApi deployment id: {digits * 4}', 'RestApiId': {'Ref': 'Api'}}},
                              'Stage': {'Type': 'AWS::ApiGateway::Stage', 'Properties': {'DeploymentId': {'Ref': f'ApiDeployment{digits}'}}}}}

    def test_a_hash_is_told_by_what_it_is_of(self):
        a, b = self.template('0123456789', 'a'), self.template('abcdefabcd', 'b')
        b, pairs = pair_hashed(a, b)
        self.assertEqual([line(d) for d in differences(a, b)], ['Resources.Api.Properties.Name: "a" ≠ "b"'])
        self.assertEqual(pairs, [('ApiDeployment0123456789', 'ApiDeploymentabcdefabcd')])

    def test_only_hashes_of_the_same(self):
        a, b = self.template('0123456789', 'a'), self.template('abcdefabcd', 'a')
        b['Resources']['OtherDeploymentabcdefabcd'] = b['Resources'].pop('ApiDeploymentabcdefabcd')
        self.assertEqual(pair_hashed(a, b)[1], [])


class Sam(unittest.TestCase):
    def test_globals_where_they_hold(self):
        given = {'Globals': {'Function': {'Timeout': 5, 'Environment': {'Variables': {'A': '1', 'B': '2'}}, 'Layers': ['a']}},
                 'Resources': {'F': {'Type': 'AWS::Serverless::Function', 'Properties': {'Environment': {'Variables': {'B': '3'}}, 'Layers': ['b']}}}}
        self.assertEqual(sam.fold_globals(given)['Resources']['F']['Properties'],
                         {'Timeout': 5, 'Environment': {'Variables': {'A': '1', 'B': '3'}}, 'Layers': ['a', 'b']})

    def test_texts_for_the_translator(self):
        for given, wanted in (
                ({'Fn::Join': ['', ['a', {'Ref': 'B'}]]}, {'Fn::Sub': 'a${B}'}),
                ({'Fn::Sub': ['${X}${!Y}', {'X': {'Fn::GetAtt': ['A', 'Arn']}}]}, {'Fn::Sub': '${A.Arn}${!Y}'}),
                ({'Fn::Sub': 'plain'}, 'plain'), ({'Fn::Sub': '${A}'}, {'Ref': 'A'}),
                ({'Fn::Join': ['', ['a', {'Fn::If': ['C', {'Fn::Sub': 'x${D}'}, 'b']}]]}, {'Fn::Join': ['', ['a', {'Fn::If': ['C', {'Fn::Sub': 'x${D}'}, 'b']}]]}),
                ({'Fn::GetAtt': 'A.B.C'}, {'Fn::GetAtt': ['A', 'B.C']})):
            with self.subTest(given):
                self.assertEqual(sam.plain_texts(given), wanted)

    def test_values_of_parameters(self):
        given = {'Parameters': {'A': {'Type': 'String', 'Default': 'x'}, 'B': {'Type': 'Number'}, 'C': {'Type': 'String', 'AllowedValues': ['y']}, 'D': {'Type': 'String'}}}
        self.assertEqual(sam.parameter_values(given), {'B': '1', 'C': 'y', 'D': 'value'})

    def test_what_the_translator_leaves_out(self):
        a = {'Resources': {'F': {'Type': 'AWS::Serverless::Function', 'Metadata': {'BuildMethod': 'makefile'}}}}
        b = {'Resources': {'F': {'Type': 'AWS::Serverless::Function'}}}
        self.assertEqual([line(d) for d in metadata(a, b, set())], ['Resources.F.Metadata.BuildMethod: "makefile" ≠ nothing'])
        self.assertEqual(metadata(a, a, set()), [])


class Code(unittest.TestCase):
    def template(self, uri):
        return {'Resources': {'F': {'Type': 'AWS::Serverless::Function', 'Properties': {'CodeUri': uri, 'Handler': 'app.main'}}}}

    def test_packed_code_is_known_by_where_it_stood(self):
        import shutil
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            (root / 'app').mkdir()
            given = self.template('./src/one/')
            documents.stage(given, root / 'app', root)
            self.assertTrue((root / 'app/src/one/app.py').is_file())
            (root / 'out').mkdir()
            packed = shutil.make_archive(str(root / 'out/f-0123'), 'zip', root / 'app/src/one')
            compiled = self.template(pathlib.Path(packed).name)
            uri = [documents.name_code(t, where, root, root / 'app')['Resources']['F']['Properties']['CodeUri'] for t, where in ((given, root / 'app'), (compiled, root / 'out'))]
            self.assertEqual(uri, ['s3://code/src/one'] * 2)

    def test_nothing_is_made_elsewhere(self):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder) / 'root'
            (root / 'app').mkdir(parents=True)
            documents.stage(self.template('../../../outside'), root / 'app', root)
            self.assertEqual([p.name for p in pathlib.Path(folder).iterdir()], ['root'])


class Comparison(unittest.TestCase):
    TEMPLATE = {'Parameters': {'P': {'Type': 'String'}}, 'Conditions': {'C': {'Fn::Equals': [{'Ref': 'P'}, 'x']}},
                'Mappings': {'M': {'a': {'b': 'c'}}}, 'Outputs': {'O': {'Value': {'Ref': 'Q'}}},
                'Resources': {'Q': {'Type': 'AWS::SQS::Queue', 'Properties': {'VisibilityTimeout': 29, 'Tags': [{'Key': 'a', 'Value': 'b'}]}},
                              'T': {'Type': 'AWS::SNS::Topic', 'DependsOn': 'Q'}}}

    def test_mutants_are_seen(self):
        count, idle, wrong = mutants.blind(Comparer('sam', self.TEMPLATE))
        self.assertGreater(count, 7)
        self.assertEqual((idle, wrong), (0, []))

    def test_one_that_sees_nothing_is_found_out(self):
        class Blind(Comparer):
            def compare(self, compiled):
                return super().compare(self.source)
        self.assertGreater(len(mutants.blind(Blind('sam', self.TEMPLATE))[2]), 7)


class Shares(unittest.TestCase):
    RESULTS = [{'import': 'imported', 'resources': [('AWS::SQS::Queue', 'raised'), ('AWS::X::Y', 'raw')]},
               {'import': 'imported', 'resources': [('AWS::SQS::Queue', 'raised'), ('AWS::SQS::Queue', 'raw')]},
               {'import': 'imported', 'resources': [('AWS::SQS::Queue', 'raised'), ('AWS::SQS::QueuePolicy', 'beside')]},
               {'import': 'refused', 'resources': []}]

    def test_table(self):
        text = '\n'.join(shares.table('sam', self.RESULTS))
        self.assertIn('| `AWS::SQS::Queue` | 3 | 4 | 3 |  | 75.0 % |', text)
        self.assertIn('| `AWS::SQS::QueuePolicy` | 1 | 1 | 1 | 1 | 100.0 % |', text)
        self.assertIn('| all | 3 | 6 | 4 | 1 | 66.7 % |', text)
        self.assertIn('3 of 4 templates are imported; 1 of 3 with resources are raised as a whole (33.3 %).', text)

    def test_written_between_the_marks(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / 'page.md'
            path.write_text(f'before\n\n{shares.BEGIN}\nold\n{shares.END}\nafter\n')
            shares.write(path, ['new', ''])
            self.assertEqual(path.read_text(), f'before\n\n{shares.BEGIN}\n\nnew\n\n{shares.END}\nafter\n')
            path.write_text('no marks')
            with self.assertRaises(SystemExit):
                shares.write(path, [])


class Applications(unittest.TestCase):
    def same(self, a, b):
        a, b = (applications.document({'resources': {'f': {'component': 'fc3', 'props': p}}}) for p in (a, b))
        return not list(differences(a, b))

    def test_one_sort_of_number(self):
        self.assertTrue(self.same({'x': 2.0}, {'x': 2}))
        self.assertFalse(self.same({'x': 2.0}, {'x': '2'}))

    def test_triggers_are_known_by_their_names(self):
        one, two = {'triggerName': 'a', 'triggerType': 'http'}, {'triggerName': 'b', 'triggerType': 'timer'}
        self.assertTrue(self.same({'triggers': [one, two]}, {'triggers': [two, one]}))
        self.assertFalse(self.same({'triggers': [one, two]}, {'triggers': [two, two]}))

    def test_so_are_those_of_the_component_before_it(self):
        one, two = {'name': 'a', 'type': 'http'}, {'name': 'b', 'type': 'timer'}
        a, b = (applications.document({'resources': {'f': {'component': 'fc', 'props': {'triggers': t}}}})
                for t in ([one, two], [two, one]))
        self.assertFalse(list(differences(a, b)))

    def test_names_to_be_filled_in_need_no_quotes(self):
        self.assertEqual(documents.parse('a: {{ b }}\n{{c}}: 1\n'), documents.parse('a: "{{ b }}"\n"{{c}}": 1\n'))
        self.assertEqual(documents.parse('a: {b: 1}\n'), {'a': {'b': 1}})


class Terraform(unittest.TestCase):
    """As HashiCorp's reader gives files: blocks as lists, expressions between `${` and `}`."""

    def same(self, a, b):
        return not differences(*(terraform.normal({'resource': {'t': {'n': [{'x': v}]}}}) for v in (a, b)))

    def test_layout_does_not_count(self):
        self.assertTrue(self.same('${merge(var.a, { b = 1 })}', '${merge(var.a,{\n  "b" : 1,\n})}'))
        self.assertTrue(self.same('${aws_x.y[0].id}', '${aws_x.y.0.id}'))
        self.assertTrue(self.same('${jsonencode({ A = ["x"], B = "y" })}', '${jsonencode({ B = "y", A = "x" })}'))
        self.assertTrue(self.same('a-${ var.b }', 'a-${var.b}'))
        self.assertTrue(self.same(5, 5))

    def test_what_is_said_counts(self):
        for a, b in (('${var.a}', '${var.b}'), ('a-${var.b}', 'b-${var.b}'), ('${f("a b")}', '${f("ab")}'), (5, 6), (True, False),
                     ('$${x}', '${x}'), ('${aws_x.y["a"].id}', '${aws_x.y.a.id}'), ('${a ? b : c}', '${a ? c : b}'),
                     ('${jsonencode({ A = "x", B = "y" })}', '${jsonencode({ A = "y", B = "x" })}'),
                     ('${jsonencode({ A = ["x"] })}', '${jsonencode({ A = ["x", "z"] })}'), ({'a': 1}, [{'a': 1}])):
            self.assertFalse(self.same(a, b), (a, b))

    def test_blocks_of_several_files(self):
        files = [{'resource': {'t': {'a': [{'x': 1}]}}}, {'resource': {'t': {'b': [{}]}}}, {'locals': [{'c': 1}]}, {'locals': [{'d': 2}]}]
        one = [{'resource': {'t': {'a': [{'x': 1}], 'b': [{}]}}, 'locals': [{'d': 2, 'c': 1}]}]
        self.assertEqual(terraform.normal(terraform.merged(files)), terraform.normal(terraform.merged(one)))
        self.assertTrue(differences(terraform.normal(terraform.merged(files)), terraform.normal(terraform.merged(files[:3]))))


class Data(unittest.TestCase):
    def test_each_default_has_a_source(self):
        text = (HERE / 'defaults.yaml').read_text()
        for row in text.splitlines():
            if row.startswith('  ') and not row.strip().startswith('#'):
                self.assertRegex(row, r'\S+: .+#\s*\S+', row)

    @unittest.skipUnless(schemas.FOLDER.is_dir(), 'the schemas are not here')
    def test_each_default_is_of_a_property(self):
        for kind, rows in normalise.table('defaults.yaml').items():
            for path, value in rows.items():
                node = schemas.fc3() if kind == 'fc3' else schemas.of(kind)
                for name in path.split('.'):
                    node = node.child(name)
                self.assertTrue(node.schemas, f'{kind}.{path}')
                self.assertEqual(normalise.typed(value, node), value, f'{kind}.{path}: not in its type')

    @unittest.skipUnless(schemas.FOLDER.is_dir(), 'the schemas are not here')
    def test_each_text_of_json_is_a_property(self):
        for kind, paths in normalise.table('json-texts.yaml').items():
            for path in paths:
                node = schemas.of(kind)
                for name in path.split('.'):
                    node = node.item() if name == '*' else node.child(name)
                self.assertTrue(node.schemas, f'{kind}.{path}')


if __name__ == '__main__':
    unittest.main()
