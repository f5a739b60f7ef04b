"""Takes an order and tells everybody."""

import virga


@virga.http
def handler(request):
    order = request.json()
    if not isinstance(order, dict) or not order.get("order"):
        return 400, {"error": "an order has a number"}
    virga.send("orders.news", order)
    return 202, {"order": order["order"]}
