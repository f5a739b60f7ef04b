"""The steps of the saga. Each gets the whole document: `input` is the order, and under a step's name stands what it gave.

A step may run twice, so each is written so that twice is once: what it does carries the number of the order.
"""

import virga


def reserve(document, context=None):
    document = virga._parse(document)
    return {"order": document["input"]["order"], "reserved": len(document["input"]["items"])}


def release(document, context=None):
    document = virga._parse(document)
    return {"order": document["input"]["order"], "released": document["reserve"]["reserved"]}


def ask(document, context=None):
    """Only asks: the step ends when the bank's answer comes back with the token."""
    document = virga._parse(document)
    total = sum(item["price"] * item.get("count", 1) for item in document["input"]["items"])
    virga.fetch("bank", "/payments", "POST", {"order": document["input"]["order"], "amount": total, "token": document["token"]})
    return {"asked": total}


def refund(document, context=None):
    """Undoes a payment that came in: only when the bank said yes does a later step fail."""
    document = virga._parse(document)
    reference = document["pay"].get("reference", "")
    virga.fetch("bank", "/refunds", "POST", {"order": document["input"]["order"], "reference": reference})
    return {"refunded": reference}


def ship(document, context=None):
    document = virga._parse(document)
    return {"parcel": "parcel-" + document["input"]["order"], "payment": document["pay"].get("reference", "")}


def tell(document, context=None):
    document = virga._parse(document)
    print(f"order {document['input']['order']}: {document['error'].get('Cause', '')}")
    return {}
