"""The shop: what is sold, what is in whose basket, who ordered what."""

import json

PRODUCTS = {"tea": 4, "cup": 9, "pot": 25}


class Shop:
    def __init__(self, ledger, baskets):
        self.ledger, self.baskets = ledger, baskets

    def answer(self, method, path, session, body):
        """(status, what is answered) of one request."""
        if path == "/health":
            return 200, {"well": True}
        if (method, path) == ("GET", "/products"):
            return 200, PRODUCTS
        if (method, path) == ("GET", "/basket"):
            return 200, self.baskets.of(session)
        if (method, path) == ("POST", "/basket"):
            product = _field(body, "product")
            if product not in PRODUCTS:
                return 404, {"error": "there is no such product"}
            return 200, self.baskets.add(session, product)
        if (method, path) == ("POST", "/orders"):
            basket = self.baskets.of(session)
            if not basket:
                return 409, {"error": "the basket is empty"}
            order = self.ledger.add(session, basket, sum(PRODUCTS[p] for p in basket))
            self.baskets.clear(session)
            return 201, {"order": order}
        if method == "GET" and path.startswith("/orders/"):
            order = self.ledger.find(path.removeprefix("/orders/"))
            return (200, order) if order else (404, {"error": "there is no such order"})
        return 404, {"error": "there is nothing here"}


def _field(body, name):
    try:
        return json.loads(body or "{}").get(name)
    except (ValueError, AttributeError):
        return None
