import json
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "functions"))
import intake
import virga
import worker


class Orders(unittest.TestCase):
    def setUp(self):
        virga.local.reset()

    def test_an_order_waits_and_is_worked_on(self):
        answer = intake.handler({"body": json.dumps({"order": "7", "items": [{"price": 3, "count": 2}]})})
        self.assertEqual(answer["statusCode"], 202)
        (node, message), = virga.local.sent
        self.assertEqual(node, "orders.work")
        worker.handler({"Records": [{"body": json.dumps(message)}]})
        self.assertEqual(virga.Table("ledger").get({"order": "7"})["total"], "6")

    def test_an_order_without_items_is_refused(self):
        self.assertEqual(intake.handler({"body": "{}"})["statusCode"], 400)
        self.assertEqual(virga.local.sent, [])


if __name__ == "__main__":
    unittest.main()
