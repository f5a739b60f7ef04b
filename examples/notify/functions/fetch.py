"""Fetches what came in; fails when it has no source, and somebody hears of it."""

import virga


@virga.task
def handler(message):
    if not message.get("source"):
        raise ValueError("an import has a source")
    return {"imported": message["source"]}
