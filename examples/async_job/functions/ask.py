"""Takes the wish for a report and answers at once."""

import virga


@virga.http
def handler(request):
    wish = request.json()
    if not isinstance(wish, dict) or not wish.get("month"):
        return 400, {"error": "a report is of a month"}
    virga.send("report.worker", {"month": wish["month"]})
    return 202, {"month": wish["month"]}
