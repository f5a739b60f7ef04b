import json
import pathlib
import sys
import threading
import unittest
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "shop"))
import baskets
import http.server
import ledger
import server
import shop


class Shop(unittest.TestCase):
    def setUp(self):
        self.shop = shop.Shop(ledger.Ledger(), baskets.Baskets())

    def test_a_basket_becomes_an_order(self):
        self.shop.answer("POST", "/basket", "ann", b'{"product": "tea"}')
        self.shop.answer("POST", "/basket", "ann", b'{"product": "pot"}')
        status, made = self.shop.answer("POST", "/orders", "ann", b"")
        self.assertEqual(status, 201)
        self.assertEqual(self.shop.answer("GET", "/orders/" + made["order"], "ann", b"")[1]["total"], 29)
        self.assertEqual(self.shop.answer("GET", "/basket", "ann", b""), (200, []))

    def test_what_is_not_sold_is_not_put_in(self):
        self.assertEqual(self.shop.answer("POST", "/basket", "ann", b'{"product": "gold"}')[0], 404)
        self.assertEqual(self.shop.answer("POST", "/basket", "ann", b"no JSON")[0], 404)
        self.assertEqual(self.shop.answer("POST", "/orders", "ann", b"")[0], 409)

    def test_a_second_container_knows_no_basket_of_the_first(self):
        self.shop.answer("POST", "/basket", "ann", b'{"product": "tea"}')
        second = shop.Shop(self.shop.ledger, baskets.Baskets())
        self.assertEqual(second.answer("GET", "/basket", "ann", b""), (200, []))

    def test_over_http(self):
        door = http.server.ThreadingHTTPServer(("127.0.0.1", 0), server.Door)
        server.Door.log_message = lambda *_: None
        threading.Thread(target=door.serve_forever, daemon=True).start()
        with urllib.request.urlopen(f"http://127.0.0.1:{door.server_port}/products") as answer:
            self.assertEqual(json.load(answer)["cup"], 9)
            self.assertIn("session=", answer.headers["Set-Cookie"])
        door.shutdown()
        door.server_close()


if __name__ == "__main__":
    unittest.main()
