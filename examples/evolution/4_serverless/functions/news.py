"""News of the shop: who tells of something knows nobody who listens."""

import base64
import email.utils
import hashlib
import hmac
import json
import os
import uuid

import virga


def tell(what, data):
    """`a -> news`: an event on the bus."""
    if virga.cloud() == "local":
        virga.local.sent.append(("news", {"type": what, **data}))
    elif virga.cloud() == "aliyun":
        _put_on_aliyun({"id": uuid.uuid4().hex, "source": "shop", "type": what, "specversion": "1.0", "data": data,
                        "datacontenttype": "application/json", "aliyuneventbusname": os.environ["NEWS_BUS_NAME"]})
    else:
        _taken(virga._boto("events").put_events(Entries=[{"EventBusName": os.environ["NEWS_BUS_NAME"], "Source": "shop",
                                                          "DetailType": what, "Detail": json.dumps(data)}]))


def _taken(answer):
    if answer.get("FailedEntryCount"):
        raise RuntimeError(f"the bus refused: {answer.get('Entries') or answer.get('EntryList')}")


def _put_on_aliyun(event):
    """EventBridge has an address for each account, and a signature of its own: over the head and the path, not over the events."""
    key_id, key_secret, token = virga._credentials()
    signed = {"x-acs-accesskey-id": key_id, "x-acs-security-token": token, "x-acs-signature-method": "HMAC-SHA1",
              "x-acs-signature-nonce": uuid.uuid4().hex, "x-acs-signature-version": "1.0"}
    kind, date, path = "application/cloudevents-batch+json; charset=utf-8", email.utils.formatdate(usegmt=True), "/openapi/putEvents"
    text = "\n".join(["POST", "", kind, date, *(f"{k}:{v}" for k, v in sorted(signed.items())), path])
    signature = base64.b64encode(hmac.new(key_secret.encode(), text.encode(), hashlib.sha1).digest()).decode()
    region = virga.variable("news", "REGION") or os.environ["FC_REGION"]
    answer = virga._https("POST", f"https://{os.environ['FC_ACCOUNT_ID']}.eventbridge.{region}.aliyuncs.com{path}",
                          {**signed, "content-type": kind, "date": date, "accept": "application/json",
                           "x-eventbridge-version": "2015-06-06", "authorization": f"acs:{key_id}:{signature}"},
                          json.dumps([event], ensure_ascii=False).encode())
    _taken(json.loads(answer or b"{}"))


def _told(event):
    """What happened, and to what, as either cloud's bus tells it."""
    return (event["type"], event["data"]) if "specversion" in event else (event.get("detail-type"), event["detail"])


def write(event, context=None):
    """A letter for each order that was shipped. What could not be written comes again: on AWS only that."""
    event = virga._parse(event)
    if "Records" not in event:
        for letter in virga.messages(event):
            _write(letter)
        return None
    failed = []
    for record in event["Records"]:
        try:
            _write(json.loads(record["body"]))
        except (KeyError, TypeError, ValueError) as error:
            print(f"no letter for {record['messageId']}: {error!r}")
            failed.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failed}


def _write(letter):
    _, order = _told(letter)
    print(f"order {order['order']} is on its way: {', '.join(order['items'])}")


def count(event, context=None):
    """One line for each piece of news, which the log counts."""
    for piece in virga.messages(event):
        what, data = _told(piece)
        print(json.dumps({"news": what, "order": data.get("order")}))
