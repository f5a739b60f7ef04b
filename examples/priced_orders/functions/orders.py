"""Takes orders, prices them, and works on them. What lies between is the pipe's and the bus's affair."""

import json

import virga

PRICES = {"cup": 3, "pot": 20, "kiln": 1200}


@virga.http
def take(request):
    order = request.json()
    if not isinstance(order, dict) or not order.get("order"):
        return 400, {"error": "an order has a number"}
    virga.send("orders", order)
    return 202, {"order": order["order"]}


def prices(event, context=None):
    """The pipe asks with a list of what came together, and goes on with the list that it gets: one for each, in order."""
    return [priced(json.loads(item) if isinstance(item, str) else item) for item in event]


def priced(order):
    unknown = [name for name in order.get("items", []) if name not in PRICES]
    if unknown:
        raise ValueError(f"order {order['order']} wants what nobody sells: {', '.join(unknown)}")
    return {**order, "total": sum(PRICES[name] for name in order.get("items", []))}


def pack(event, context=None):
    """An event of the bus: what the pipe sent stands in `detail`."""
    return {"order": event["detail"]["order"], "label": f"S-{event['detail']['order']}"}


def check(event, context=None):
    return {"order": event["detail"]["order"], "ask": f"{event['detail']['total']} is a lot"}
