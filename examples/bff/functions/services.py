"""What stands behind every page."""

import virga

PRICES, STOCK = {"cup": 3, "pot": 20}, {"cup": 12}


def prices(event, context=None):
    return {"price": PRICES.get(virga._parse(event)["product"])}


def stock(event, context=None):
    return {"count": STOCK.get(virga._parse(event)["product"], 0)}
