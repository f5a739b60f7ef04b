import base64
import json
import os
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

    def test_news_reads_alike_on_both_clouds(self):
        event = {"specversion": "1.0", "source": "shop", "type": "shipped", "data": ORDER}
        text = base64.b64encode(json.dumps(event).encode()).decode()
        letter = json.dumps([{"specversion": "1.0", "data": {"messageBody": text}}]).encode()
        with unittest.mock.patch("builtins.print") as said:
            self.assertIsNone(news.write(letter))
            news.count(json.dumps({"TopicName": "news", "Message": text}).encode())
        self.assertEqual([call.args[0] for call in said.call_args_list],
                         ["order 7 is on its way: cup, cup, tea", '{"news": "shipped", "order": "7"}'])

    def test_news_goes_to_the_bus_of_the_account(self):
        there = {"FC_FUNCTION_NAME": "depot", "FC_ACCOUNT_ID": "1", "FC_REGION": "cn-hangzhou", "NEWS_BUS_NAME": "serverless-news",
                 "ALIBABA_CLOUD_ACCESS_KEY_ID": "k", "ALIBABA_CLOUD_ACCESS_KEY_SECRET": "s", "ALIBABA_CLOUD_SECURITY_TOKEN": "t"}
        for answer, refused in ((b'{"FailedEntryCount": 0}', False), (b'{"FailedEntryCount": 1, "EntryList": []}', True)):
            with unittest.mock.patch.dict(os.environ, there), \
                 unittest.mock.patch.object(virga, "_https", return_value=answer) as https:
                if refused:
                    self.assertRaisesRegex(RuntimeError, "the bus refused", news.tell, "shipped", ORDER)
                else:
                    news.tell("shipped", ORDER)
            method, url, headers, body = https.call_args.args
            self.assertEqual((method, url), ("POST", "https://1.eventbridge.cn-hangzhou.aliyuncs.com/openapi/putEvents"))
            self.assertRegex(headers["authorization"], r"^acs:k:[A-Za-z0-9+/]{27}=$")
            [event] = json.loads(body)
            self.assertEqual((event["aliyuneventbusname"], event["type"], event["data"]), ("serverless-news", "shipped", ORDER))


if __name__ == "__main__":
    unittest.main()
