"""Answers from the views alone."""

import virga


@virga.http
def handler(request):
    account = request.path.split("/")[2] if request.path.count("/") > 1 else ""
    view = virga.Table("accounts.views").get({"id": account})
    return (200, {"account": account, "balance": int(view["balance"])}) if view else (404, {"error": "no such account"})
