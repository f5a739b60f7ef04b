"""What each department does with an order. A message may come twice, so each answers the same for the same order."""

import virga


@virga.task
def billing(order):
    return {"order": order["order"], "invoice": f"I-{order['order']}", "amount": sum(i["price"] for i in order.get("items", []))}


@virga.task
def stock(order):
    return {"order": order["order"], "reserved": [i["name"] for i in order.get("items", [])]}


@virga.task
def shipping(order):
    return {"order": order["order"], "label": f"S-{order['order']}"}
