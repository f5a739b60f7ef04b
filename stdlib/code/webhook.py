"""What `std.webhook` runs: checks who sent the request, answers at once, hands the rest over."""

import hashlib
import hmac
import os

import virga


def genuine(body, given, key, algorithm):
    """Whether `given` (`sha256=<hex>` or plain hex) is the HMAC of the body. Takes the same time either way."""
    expected = hmac.new(key.encode(), body, getattr(hashlib, algorithm)).hexdigest()
    return hmac.compare_digest(expected, (given or "").rsplit("=", 1)[-1].strip().lower())


@virga.http
def handler(request):
    given = request.headers.get(os.environ.get("SIGNATURE_HEADER", "x-hub-signature-256").lower())
    if not genuine(request.body, given, virga.secret("signing"), os.environ.get("SIGNATURE_ALGORITHM", "sha256")):
        return 401, {"error": "the signature does not fit the body"}
    try:
        payload = request.json()
    except ValueError:
        return 400, {"error": "the body is not JSON"}
    header = os.environ.get("EVENT_HEADER", "x-github-event").lower()
    virga.send_to_all({"event": request.headers.get(header, ""), "payload": payload})
    return 202, {"accepted": True}
