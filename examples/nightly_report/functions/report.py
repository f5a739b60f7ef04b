"""Yesterday's numbers, one line per product."""

import datetime
import json

import virga


@virga.task
def handler(order):
    day = order.get("day") or (datetime.date.today() - datetime.timedelta(days=1)).isoformat()
    low = json.loads(virga.config("limits"))["low"]
    lines = [line(virga.Table("sales"), day, product, low) for product in order.get("products", [])]
    virga.send("letters.sender", {"text": "\n".join([f"Sales of {day}"] + lines)})
    return len(lines)


def line(sales, day, product, low):
    row = sales.get({"day": day, "product": product}) or {}
    count = int(row.get("count", 0))
    return f"{product}: {count}{' (low)' if count < low else ''}"
