"""What stands behind the door: orders come in, and the bank's answers."""

import uuid

import virga
import workflows


@virga.http
def orders(request):
    order = request.json()
    if not isinstance(order, dict) or not order.get("items"):
        return 400, {"error": "an order has items"}
    number = order.get("order") or uuid.uuid4().hex
    workflows.start("orders.flow", {**order, "order": number})
    return 202, {"order": number}


@virga.http
def payments(request):
    said = request.json()
    if not isinstance(said, dict) or not said.get("token"):
        return 400, {"error": "an answer has the token that came with the question"}
    if said.get("paid"):
        workflows.call_back("orders.flow", said["token"], {"reference": str(said.get("reference", ""))})
    else:
        workflows.call_back_failed("orders.flow", said["token"], "Declined", "the bank said no")
    return 204, ""
