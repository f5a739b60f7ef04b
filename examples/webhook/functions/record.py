"""Keeps what was pushed. An event may come twice; the same commit is the same row."""

import virga


@virga.task
def handler(message):
    if message.get("event") != "push":
        return None
    push = message["payload"]
    virga.Table("pushes").put({"commit": push["after"]}, {"branch": push["ref"].removeprefix("refs/heads/")})
    return push["after"]
