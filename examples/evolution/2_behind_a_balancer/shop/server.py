"""HTTP around the shop. Who has no session gets one."""

import http.cookies
import http.server
import json
import os
import uuid

import baskets
import ledger
import shop

the_shop = shop.Shop(ledger.Ledger(), baskets.Baskets())


class Door(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        cookie = http.cookies.SimpleCookie(self.headers.get("Cookie", ""))
        session = cookie["session"].value if "session" in cookie else str(uuid.uuid4())
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        status, answer = the_shop.answer(self.command, self.path, session, body)
        told = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(told)))
        self.send_header("Set-Cookie", f"session={session}; Path=/; HttpOnly; SameSite=Lax")
        self.end_headers()
        self.wfile.write(told)

    do_POST = do_GET

    def log_message(self, form, *values):
        print(form % values, flush=True)


if __name__ == "__main__":
    http.server.ThreadingHTTPServer(("", int(os.environ.get("PORT", "8080"))), Door).serve_forever()
