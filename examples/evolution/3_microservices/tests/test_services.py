import json
import pathlib
import sys
import unittest
import unittest.mock

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "services"))
import catalog
import orders
import service
import stock


class Services(unittest.TestCase):
    """The services ask each other directly instead of over HTTP."""

    def setUp(self):
        stock.shelves.update({"tea": 100, "cup": 10, "pot": 1})
        self.bank = lambda given: {"reference": "b-1"}
        self.asked = []
        self.ask = unittest.mock.patch.object(service, "ask", self.hand_on)
        self.ask.start()
        self.addCleanup(self.ask.stop)

    def hand_on(self, other, path, given=None):
        self.asked.append(other + path)
        if other == "bank":
            return self.bank(given)
        called = {"catalog": catalog.catalog, "stock": stock.stock}[other]
        status, answer = called.answer("POST", path, json.dumps(given).encode())
        if status != 200:
            raise service.Refused(status, answer["error"])
        return answer

    def order(self, *items):
        return orders.orders.answer("POST", "/orders", json.dumps({"items": items}).encode())

    def test_an_order_asks_three_others(self):
        status, made = self.order("tea", "cup")
        self.assertEqual((status, made["total"]), (200, 13))
        self.assertEqual(self.asked, ["catalog/total", "stock/reserve", "bank/payments"])
        self.assertEqual(stock.shelves["cup"], 9)
        self.assertEqual(orders.orders.answer("GET", "/orders/" + made["order"])[1]["payment"], "b-1")

    def test_the_bank_says_no(self):
        def refuse(_):
            raise service.Refused(402, "no")
        self.bank = refuse
        self.assertEqual(self.order("cup")[0], 402)
        self.assertEqual(stock.shelves["cup"], 10)

    def test_nothing_on_the_shelf(self):
        self.assertEqual(self.order("pot", "pot")[0], 409)
        self.assertNotIn("bank/payments", self.asked)

    def test_bad_requests(self):
        self.assertEqual(self.order()[0], 400)
        self.assertEqual(orders.orders.answer("POST", "/orders", b"{")[0], 400)
        self.assertEqual(self.order("gold")[0], 404)
        self.assertEqual(catalog.catalog.answer("GET", "/health"), (200, {"well": True}))


if __name__ == "__main__":
    unittest.main()
