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
    workflows.start("orders", {**order, "order": number})
    return 202, {"order": number}


@virga.http
def payments(request):
    said = request.json()
    if not isinstance(said, dict) or not said.get("token"):
        return 400, {"error": "an answer has the token that came with the question"}
    workflows.call_back("orders", said["token"], {"paid": bool(said.get("paid")), "reference": str(said.get("reference", ""))})
    return 204, ""
