"""One atomic ability: what a user likes to see first. `{"user"}` reads, `{"user", "favourites"}` writes."""

import virga


def handler(event, context=None):
    order = virga.messages(event)[0]
    liked = virga.Table("liked")
    if "favourites" in order:
        liked.put({"user": order["user"]}, {"favourites": ",".join(order["favourites"])})
    row = liked.get({"user": order["user"]}) or {}
    return {"favourites": [f for f in row.get("favourites", "").split(",") if f]}
