"""An order asks three others and waits for each. When the bank says no, what was reserved goes back by hand."""

import uuid

import service

kept = {}
orders = service.Service()


@orders.on("POST", "/orders")
def order(asked):
    items = asked.get("items") or []
    if not items:
        raise service.Refused(400, "an order has items")
    total = service.ask("catalog", "/total", {"items": items})["total"]
    service.ask("stock", "/reserve", {"items": items})
    try:
        paid = service.ask("bank", "/payments", {"amount": total})
    except service.Refused:
        # If this call fails as well, the cups are gone from the shelf and from every book: what stage 4 mends.
        service.ask("stock", "/release", {"items": items})
        raise
    number = str(uuid.uuid4())
    kept[number] = {"order": number, "items": items, "total": total, "payment": paid.get("reference")}
    return kept[number]


@orders.on("GET", "/orders/([^/]+)")
def find(_, number):
    if number not in kept:
        raise service.Refused(404, "there is no such order")
    return kept[number]


if __name__ == "__main__":
    orders.serve()
