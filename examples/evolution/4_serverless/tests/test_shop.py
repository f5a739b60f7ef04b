import json
import pathlib
import sys
import unittest
import unittest.mock

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "functions"))
import door
import news
import steps
import virga

ORDER = {"order": "7", "items": ["cup", "cup", "tea"], "total": 22}


class Shop(unittest.TestCase):
    def setUp(self):
        virga.local.reset()
        for product in ("cup", "tea"):
            virga.Table("products").put({"product": product}, {"left": 2})

    def left(self, product):
        return virga.Table("products").get({"product": product})["left"]

    def test_an_order_starts_the_saga(self):
        answer = door.orders({"body": json.dumps({"items": ["cup", "cup", "tea"]})})
        self.assertEqual(answer["statusCode"], 202)
        node, document = virga.local.sent[0]
        self.assertEqual((node, document["total"]), ("checkout", 22))

    def test_what_is_not_sold_starts_nothing(self):
        for body in ("{}", '{"items": ["gold"]}', "[]", "null"):
            self.assertEqual(door.orders({"body": body})["statusCode"], 400)
        self.assertEqual(virga.local.sent, [])

    def test_a_step_that_runs_twice_does_it_once(self):
        for _ in range(2):
            steps.reserve({"input": ORDER})
            self.assertEqual((self.left("cup"), self.left("tea")), (0, 1))
        for _ in range(2):
            steps.release({"input": ORDER})
            self.assertEqual((self.left("cup"), self.left("tea")), (2, 2))

    def test_what_was_reserved_in_part_is_released(self):
        order = {**ORDER, "items": ["cup", "tea", "tea", "tea"]}
        with self.assertRaisesRegex(RuntimeError, "no tea is left"):
            steps.reserve({"input": order})
        self.assertEqual((self.left("cup"), self.left("tea")), (1, 2))
        steps.release({"input": order})
        self.assertEqual((self.left("cup"), self.left("tea")), (2, 2))

    def test_the_bank_gets_the_token_and_gives_it_back(self):
        with unittest.mock.patch.object(virga, "fetch") as fetch:
            steps.ask({"input": ORDER, "token": "t-1"})
        self.assertEqual(fetch.call_args.args[3], {"order": "7", "amount": 22, "token": "t-1"})
        door.payments({"body": json.dumps({"token": "t-1", "paid": True, "reference": "b"})})
        self.assertEqual(virga.local.sent, [("t-1", {"paid": True, "reference": "b"})])

    def test_what_was_shipped_is_kept_and_told(self):
        steps.ship({"input": ORDER, "pay": {"reference": "b"}})
        self.assertEqual(virga.local.sent, [("news", {"type": "shipped", **ORDER})])
        found = door.order({"rawPath": "/orders/7"})
        self.assertEqual((found["statusCode"], json.loads(found["body"])["payment"]), (200, "b"))
        self.assertEqual(door.order({"rawPath": "/orders/8"})["statusCode"], 404)

    def test_a_letter_that_fails_comes_again_alone(self):
        good = {"messageId": "1", "body": json.dumps({"detail": ORDER})}
        bad = {"messageId": "2", "body": "{}"}
        with unittest.mock.patch("builtins.print"):
            self.assertEqual(news.write({"Records": [good, bad]}), {"batchItemFailures": [{"itemIdentifier": "2"}]})
            news.count({"detail-type": "shipped", "detail": ORDER})


if __name__ == "__main__":
    unittest.main()
