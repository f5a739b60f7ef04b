import json
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "functions"))
import ask
import report
import virga


class Reports(unittest.TestCase):
    def setUp(self):
        virga.local.reset()

    def test_a_wish_is_answered_at_once(self):
        self.assertEqual(ask.handler({"body": json.dumps({"month": "2026-10"})})["statusCode"], 202)
        (node, wish), = virga.local.sent
        self.assertEqual(node, "report.worker")
        self.assertEqual(report.handler(wish), {"key": "2026-10.txt"})
        self.assertEqual(virga.local.objects["reports", "2026-10.txt"], b"Report of 2026-10\n")

    def test_a_wish_without_a_month_is_refused(self):
        self.assertEqual(ask.handler({"body": "{}"})["statusCode"], 400)


if __name__ == "__main__":
    unittest.main()
