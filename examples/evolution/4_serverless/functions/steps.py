"""The steps of the saga. A step may run twice, so each is written so that twice is once: what it does carries the order's number.
A row holds texts and numbers, because that is what both clouds' tables have."""

import json

import news
import virga


def reserve(document, context=None):
    order = virga._parse(document)["input"]
    for item in sorted(set(order["items"])):
        row = _row(item)
        if order["order"] in row["held"]:
            continue
        left = row["left"] - order["items"].count(item)
        if left < 0:
            raise RuntimeError(f"no {item} is left")
        virga.Table("products").put({"product": item}, _shelf(left, [*row["held"][-99:], order["order"]]))
    return {"order": order["order"]}


def release(document, context=None):
    """Gives back what is held for the order, which may be a part of it, or nothing."""
    order = virga._parse(document)["input"]
    for item in sorted(set(order["items"])):
        row = _row(item)
        if order["order"] in row["held"]:
            held = [other for other in row["held"] if other != order["order"]]
            virga.Table("products").put({"product": item}, _shelf(row["left"] + order["items"].count(item), held))
    return {"order": order["order"]}


def _row(item):
    row = virga.Table("products").get({"product": item}) or {}
    return {"left": int(row.get("left", 0)), "held": json.loads(row.get("held", "[]"))}


def _shelf(left, held):
    return {"left": left, "held": json.dumps(held)}


def ask(document, context=None):
    """Only asks: the step ends when the bank's answer comes back with the token."""
    document = virga._parse(document)
    order = document["input"]
    virga.fetch("bank", "/payments", "POST", {"order": order["order"], "amount": order["total"], "token": document["token"]})
    return {"asked": order["total"]}


def ship(document, context=None):
    document = virga._parse(document)
    order = document["input"]
    virga.Table("ledger").put({"order": order["order"]}, {"items": json.dumps(order["items"]), "total": order["total"],
                                                          "payment": document["pay"].get("reference", "")})
    news.tell("shipped", order)
    return {"parcel": "parcel-" + order["order"]}
