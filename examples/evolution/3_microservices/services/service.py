"""What every service is made of: routes, JSON, and questions to the others."""

import http.server
import json
import os
import re
import urllib.error
import urllib.request


class Refused(Exception):
    """What is answered instead of a result."""

    def __init__(self, status, why):
        super().__init__(why)
        self.status = status


class Service:
    def __init__(self):
        self.routes = [("GET", re.compile("/health"), lambda _: {"well": True})]

    def on(self, method, path):
        def register(act):
            self.routes.append((method, re.compile(path), act))
            return act
        return register

    def answer(self, method, path, body=b""):
        for wanted, pattern, act in self.routes:
            found = pattern.fullmatch(path)
            if wanted == method and found:
                try:
                    return 200, act(json.loads(body) if body else {}, *found.groups())
                except Refused as refused:
                    return refused.status, {"error": str(refused)}
                except ValueError:
                    return 400, {"error": "that is no JSON"}
        return 404, {"error": "there is nothing here"}

    def serve(self):
        service = self

        class Door(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                status, answer = service.answer(self.command, self.path, body)
                told = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(told)))
                self.end_headers()
                self.wfile.write(told)

            do_POST = do_GET

        http.server.ThreadingHTTPServer(("", int(os.environ.get("PORT", "8080"))), Door).serve_forever()


def ask(other, path, given=None):
    """Another service's answer. Its address stands in the environment, because an edge leads to it."""
    request = urllib.request.Request(os.environ[other.upper() + "_URL"].rstrip("/") + path,
                                     json.dumps(given).encode() if given is not None else None,
                                     {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        raise Refused(error.code, f"{other} refused") from None
    except OSError:
        raise Refused(503, f"{other} cannot be reached") from None
