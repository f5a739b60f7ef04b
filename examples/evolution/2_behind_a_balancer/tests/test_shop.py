import pathlib
import socketserver
import sys
import threading
import unittest

for module in ("shop", "ledger", "baskets", "server"):
    sys.modules.pop(module, None)
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "shop"))
import baskets
import ledger
import shop


class Cache(socketserver.StreamRequestHandler):
    """As much of the protocol of Redis as the shop speaks."""

    held = {}

    def handle(self):
        words = []
        for _ in range(int(self.rfile.readline()[1:])):
            words.append(self.rfile.read(int(self.rfile.readline()[1:]) + 2)[:-2].decode())
        name, key, rest = words[0], words[1], words[2:]
        items = self.held.get(key, [])
        if name == "LRANGE":
            self.wfile.write(b"*%d\r\n" % len(items) + b"".join(b"$%d\r\n%s\r\n" % (len(i), i.encode()) for i in items))
        elif name == "RPUSH":
            self.held[key] = items + rest
            self.wfile.write(b":%d\r\n" % len(self.held[key]))
        elif name in ("DEL", "EXPIRE"):
            if name == "DEL":
                self.held.pop(key, None)
            self.wfile.write(b":1\r\n")
        else:
            self.wfile.write(b"-ERR unknown command\r\n")


class Shop(unittest.TestCase):
    def setUp(self):
        Cache.held = {}
        self.cache = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Cache)
        threading.Thread(target=self.cache.serve_forever, daemon=True).start()
        self.address = f"redis://127.0.0.1:{self.cache.server_address[1]}"
        self.rows = ledger.Ledger()

    def tearDown(self):
        self.cache.shutdown()
        self.cache.server_close()

    def copy(self):
        return shop.Shop(self.rows, baskets.Baskets(self.address))

    def test_any_copy_knows_the_basket(self):
        self.copy().answer("POST", "/basket", "ann", b'{"product": "cup"}')
        self.copy().answer("POST", "/basket", "ann", b'{"product": "tea"}')
        self.assertEqual(self.copy().answer("GET", "/basket", "ann", b""), (200, ["cup", "tea"]))
        self.assertEqual(self.copy().answer("GET", "/basket", "bob", b""), (200, []))

    def test_an_order_empties_the_basket(self):
        self.copy().answer("POST", "/basket", "ann", b'{"product": "cup"}')
        status, made = self.copy().answer("POST", "/orders", "ann", b"")
        self.assertEqual(status, 201)
        self.assertEqual(self.copy().answer("GET", "/orders/" + made["order"], "ann", b"")[1]["items"], ["cup"])
        self.assertEqual(self.copy().answer("POST", "/orders", "ann", b"")[0], 409)

    def test_a_refusal_of_the_cache_is_told(self):
        with self.assertRaisesRegex(OSError, "unknown command"):
            baskets.Baskets(self.address)._ask("FLUSHALL", "x")


if __name__ == "__main__":
    unittest.main()
