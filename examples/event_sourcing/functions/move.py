"""Writes one movement down. The caller says which version it follows, so that nothing is written twice."""

import virga


@virga.http
def handler(request):
    movement = request.json()
    account = request.path.split("/")[2] if request.path.count("/") > 2 else ""
    if not account or not isinstance(movement.get("amount"), int) or not isinstance(movement.get("version"), int):
        return 400, {"error": "a movement has an amount and a version"}
    virga.Table("accounts.events").put({"stream": account, "version": movement["version"]}, {"amount": str(movement["amount"])})
    return 202, {"account": account, "version": movement["version"]}
