"""Movements → balances. Called with the changes of the table of events, in order for each account."""

import virga


@virga.task
def handler(change):
    row = change.get("new", change)
    views = virga.Table("accounts.views")
    account, version = row["stream"], int(row["version"])
    view = views.get({"id": account}) or {"balance": "0", "version": "0"}
    if version <= int(view["version"]):
        return view  # seen before: a change may come twice
    view = {"balance": str(int(view["balance"]) + int(row["amount"])), "version": str(version)}
    views.put({"id": account}, view)
    return view
