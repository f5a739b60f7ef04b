"""A click becomes a line of the log. The log leads into a delivery, and that into the bucket."""

import datetime
import json

import virga

FIELDS = ("page", "what", "visitor")


@virga.http
def handler(request):
    click = request.json()
    if not isinstance(click, dict) or not isinstance(click.get("page"), str):
        return 400, {"error": "a click is of a page"}
    line = {name: click[name] for name in FIELDS if isinstance(click.get(name), str)}
    line["at"] = datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds")
    print(json.dumps(line, ensure_ascii=False))
    return 204, ""
