"""What stands behind the door."""

import json
import uuid

import virga
import workflows

PRICES = {"tea": 4, "cup": 9, "pot": 25}


@virga.http
def products(request):
    shelves = virga.Table("products")
    return [{"product": name, "price": price, "left": int((shelves.get({"product": name}) or {}).get("left", 0))}
            for name, price in PRICES.items()]


@virga.http
def orders(request):
    asked = request.json()
    items = asked.get("items") if isinstance(asked, dict) else None
    if not items or any(item not in PRICES for item in items):
        return 400, {"error": "an order has items that are sold"}
    number = uuid.uuid4().hex
    workflows.start("checkout", {"order": number, "items": items, "total": sum(PRICES[item] for item in items)})
    return 202, {"order": number}


@virga.http
def order(request):
    found = request.match("/orders/{order}")
    row = virga.Table("ledger").get(found) if found else None
    return (200, {**row, "items": json.loads(row["items"])}) if row else (404, {"error": "there is no such order, or it is on its way"})


@virga.http
def payments(request):
    said = request.json()
    if not isinstance(said, dict) or not said.get("token"):
        return 400, {"error": "an answer has the token that came with the question"}
    workflows.call_back("checkout", said["token"], {"paid": bool(said.get("paid")), "reference": str(said.get("reference", ""))})
    return 204, ""
