"""Baskets in a cache that all copies ask, in the protocol of Redis. A basket that nobody touches for a day is forgotten."""

import os
import socket
import ssl
import urllib.parse

DAY = 24 * 60 * 60


class Baskets:
    def __init__(self, address=None):
        self.address = urllib.parse.urlparse(address or os.environ.get("SESSIONS_URL", "redis://127.0.0.1:6379"))

    def of(self, session):
        return [item.decode() for item in self._ask("LRANGE", "basket:" + session, 0, -1)]

    def add(self, session, product):
        self._ask("RPUSH", "basket:" + session, product)
        self._ask("EXPIRE", "basket:" + session, DAY)
        return self.of(session)

    def clear(self, session):
        self._ask("DEL", "basket:" + session)

    def _ask(self, *words):
        with socket.create_connection((self.address.hostname, self.address.port or 6379), timeout=2) as way:
            if self.address.scheme == "rediss":  # encrypted on the way
                way = ssl.create_default_context().wrap_socket(way, server_hostname=self.address.hostname)
            parts = [str(word).encode() for word in words]
            way.sendall(b"*%d\r\n" % len(parts) + b"".join(b"$%d\r\n%s\r\n" % (len(p), p) for p in parts))
            with way.makefile("rb") as answer:
                return _read(answer)


def _read(answer):
    line = answer.readline().rstrip(b"\r\n")
    sort, rest = line[:1], line[1:]
    if sort == b"-" or not sort:
        raise OSError("the cache says: " + rest.decode())
    if sort == b":":
        return int(rest)
    if sort == b"$":
        return None if rest == b"-1" else answer.read(int(rest) + 2)[:-2]
    if sort == b"*":
        return [_read(answer) for _ in range(int(rest))]
    return rest
