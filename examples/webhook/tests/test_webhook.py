import json
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "functions"))
import record
import virga


class Record(unittest.TestCase):
    def setUp(self):
        virga.local.reset()

    def event(self, **message):
        return {"Records": [{"body": json.dumps(message)}]}

    def test_a_push_is_kept_once(self):
        push = self.event(event="push", payload={"after": "c1", "ref": "refs/heads/main"})
        self.assertEqual(record.handler(push), "c1")
        self.assertEqual(record.handler(push), "c1")
        self.assertEqual(list(virga.local.rows.values()), [{"commit": "c1", "branch": "main"}])

    def test_other_events_are_passed_over(self):
        self.assertIsNone(record.handler(self.event(event="star", payload={})))
        self.assertEqual(virga.local.rows, {})


if __name__ == "__main__":
    unittest.main()
