"""Writes down how a build ended."""

import time

import virga

KEPT = 365 * 86400  # seconds, as `history` says


@virga.task
def handler(message):
    end = virga.outcome(message)
    push = end["request"]["payload"]
    state = "succeeded" if end["ok"] else f"failed: {end['condition']}"
    artifact = (end["result"] or {}).get("artifact", "") if end["ok"] else ""
    virga.Table("history").put({"repository": push["repository"]["full_name"], "commit": push["after"]},
                               {"state": state, "artifact": artifact, "expires_at": int(time.time()) + KEPT})
