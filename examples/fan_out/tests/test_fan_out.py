import json
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "functions"))
import departments
import take
import virga


class FanOut(unittest.TestCase):
    def setUp(self):
        virga.local.reset()

    def test_one_message_tells_everybody(self):
        answer = take.handler({"body": json.dumps({"order": "7", "items": [{"name": "cup", "price": 3}]})})
        self.assertEqual(answer["statusCode"], 202)
        (node, message), = virga.local.sent
        self.assertEqual(node, "orders.news")
        event = {"Records": [{"body": json.dumps(message)}]}
        self.assertEqual(departments.billing(event)["amount"], 3)
        self.assertEqual(departments.stock(event)["reserved"], ["cup"])
        self.assertEqual(departments.shipping(event)["label"], "S-7")

    def test_an_order_without_a_number_is_refused(self):
        self.assertEqual(take.handler({"body": "{}"})["statusCode"], 400)


if __name__ == "__main__":
    unittest.main()
