"""Takes an order, checks its shape, puts it into the queue."""

import uuid

import virga


@virga.http
def handler(request):
    try:
        order = request.json()
    except ValueError:
        return 400, {"error": "the body is not JSON"}
    if not isinstance(order, dict) or not order.get("items"):
        return 400, {"error": "an order has items"}
    number = order.get("order") or uuid.uuid4().hex
    virga.send("orders.work", {**order, "order": number})
    return 202, {"order": number}
