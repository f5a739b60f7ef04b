"""News of the shop: who tells of something knows nobody who listens."""

import json
import os

import virga


def tell(what, data):
    """`a -> news`: an event on the bus."""
    if virga.cloud() == "local":
        virga.local.sent.append(("news", {"type": what, **data}))
        return
    answer = virga._boto("events").put_events(Entries=[{"EventBusName": os.environ["NEWS_BUS_NAME"], "Source": "shop",
                                                        "DetailType": what, "Detail": json.dumps(data)}])
    if answer["FailedEntryCount"]:
        raise RuntimeError(f"the bus refused: {answer['Entries']}")


def write(event, context=None):
    """A letter for each order that was shipped. What could not be written comes again, and only that."""
    failed = []
    for record in event["Records"]:
        try:
            order = json.loads(record["body"])["detail"]
            print(f"order {order['order']} is on its way: {', '.join(order['items'])}")
        except (KeyError, TypeError, ValueError) as error:
            print(f"no letter for {record['messageId']}: {error!r}")
            failed.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failed}


def count(event, context=None):
    """One line for each piece of news, which the log counts."""
    print(json.dumps({"news": event.get("detail-type"), "order": (event.get("detail") or {}).get("order")}))
