import json
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "functions"))
import orders
import virga


class PricedOrders(unittest.TestCase):
    def setUp(self):
        virga.local.reset()

    def test_an_order_waits_in_the_queue(self):
        self.assertEqual(orders.take({"body": json.dumps({"order": "7", "state": "paid", "items": ["cup"]})})["statusCode"], 202)
        self.assertEqual(virga.local.sent[0][0], "orders")
        self.assertEqual(orders.take({"body": "{}"})["statusCode"], 400)

    def test_each_of_a_batch_gets_its_price(self):
        batch = [json.dumps({"order": "7", "items": ["cup", "pot"]}), {"order": "8", "items": ["kiln"]}]
        self.assertEqual([o["total"] for o in orders.prices(batch)], [23, 1200])

    def test_what_nobody_sells_comes_again_and_is_put_aside(self):
        with self.assertRaises(ValueError):
            orders.prices([{"order": "9", "items": ["moon"]}])

    def test_who_works_on_it(self):
        event = {"detail": {"order": "8", "total": 1200}}
        self.assertEqual(orders.pack(event)["label"], "S-8")
        self.assertIn("1200", orders.check(event)["ask"])


if __name__ == "__main__":
    unittest.main()
