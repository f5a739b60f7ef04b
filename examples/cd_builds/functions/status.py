"""Tells how a build ended."""

import virga


@virga.http
def handler(request):
    asked = request.match("/builds/{owner}/{repository}/{commit}")
    if asked is None:
        return 404, {"error": "ask for /builds/<owner>/<repository>/<commit>"}
    build = {"repository": f"{asked['owner']}/{asked['repository']}", "commit": asked["commit"]}
    row = virga.Table("history").get(build)
    if row is None:
        return 404, {"error": "no such build, or it has not ended"}
    return {**build, "state": row["state"], "artifact": row["artifact"]}
