"""The steps of the saga. A step may run twice, so each is written so that twice is once: what it does carries the order's number."""

import news
import virga


def stock(document, context=None):
    """Reserves; once something was reserved, releases it."""
    order = document["input"]
    change = 1 if document.get("reserve") else -1
    shelves = virga.Table("products")
    for item in sorted(set(order["items"])):
        row = shelves.get({"product": item}) or {}
        done = list(row.get("done", []))
        mark = f"{order['order']}{change:+d}"
        if mark in done:
            continue
        left = int(row.get("left", 0)) + change * order["items"].count(item)
        if left < 0:
            raise RuntimeError(f"no {item} is left")
        shelves.put({"product": item}, {"left": left, "done": [*done[-99:], mark]})
    return {"order": order["order"], "reserved": change < 0}


def ask(document, context=None):
    """Only asks: the step ends when the bank's answer comes back with the token."""
    order = document["input"]
    virga.fetch("bank", "/payments", "POST", {"order": order["order"], "amount": order["total"], "token": document["token"]})
    return {"asked": order["total"]}


def ship(document, context=None):
    order = document["input"]
    virga.Table("ledger").put({"order": order["order"]}, {"items": order["items"], "total": order["total"],
                                                          "payment": document["pay"].get("reference", "")})
    news.tell("shipped", order)
    return {"parcel": "parcel-" + order["order"]}
