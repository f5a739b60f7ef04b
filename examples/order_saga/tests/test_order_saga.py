import json
import pathlib
import sys
import unittest
import unittest.mock

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "functions"))
import door
import steps
import virga

ORDER = {"order": "7", "items": [{"price": 3, "count": 2}, {"price": 4}]}


class Saga(unittest.TestCase):
    def setUp(self):
        virga.local.reset()

    def test_an_order_starts_an_execution(self):
        self.assertEqual(door.orders({"body": json.dumps(ORDER)})["statusCode"], 202)
        self.assertEqual(virga.local.sent, [("orders.flow", ORDER)])

    def test_an_order_without_items_is_refused(self):
        self.assertEqual(door.orders({"body": "{}"})["statusCode"], 400)
        self.assertEqual(virga.local.sent, [])

    def test_what_was_reserved_is_released(self):
        document = {"input": ORDER, "reserve": {}}
        document["reserve"] = steps.reserve(document)
        self.assertEqual(document["reserve"], {"order": "7", "reserved": 2})
        self.assertEqual(steps.release(document), {"order": "7", "released": 2})

    def test_what_was_paid_is_paid_back(self):
        with unittest.mock.patch.object(virga, "fetch") as fetch:
            self.assertEqual(steps.refund({"input": ORDER, "pay": {"reference": "b"}}), {"refunded": "b"})
        self.assertEqual(fetch.call_args.args[3], {"order": "7", "reference": "b"})

    def test_the_bank_gets_the_token_and_gives_it_back(self):
        with unittest.mock.patch.object(virga, "fetch") as fetch:
            steps.ask({"input": ORDER, "reserve": {}, "token": "t-1"})
        self.assertEqual(fetch.call_args.args[3], {"order": "7", "amount": 10, "token": "t-1"})
        self.assertEqual(door.payments({"body": json.dumps({"token": "t-1", "paid": True, "reference": "b"})})["statusCode"], 204)
        self.assertEqual(virga.local.sent, [("t-1", {"reference": "b"})])

    def test_a_bank_that_says_no_fails_the_step(self):
        door.payments({"body": json.dumps({"token": "t-1", "paid": False})})
        self.assertEqual(virga.local.sent, [("t-1", "Declined")])

    def test_an_answer_without_a_token_is_refused(self):
        self.assertEqual(door.payments({"body": "{}"})["statusCode"], 400)

    def test_a_parcel_carries_the_payment(self):
        self.assertEqual(steps.ship({"input": ORDER, "pay": {"reference": "b"}}), {"parcel": "parcel-7", "payment": "b"})


if __name__ == "__main__":
    unittest.main()
