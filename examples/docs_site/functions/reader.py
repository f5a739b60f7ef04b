"""Serves a page of the site."""

import virga

HTML = {"content-type": "text/html; charset=utf-8"}


@virga.http
def handler(request):
    found = request.match("/docs/{page*}")
    if found is None or ".." in found["page"]:
        return 404, "no such page", {"content-type": "text/plain"}
    name = found["page"].rstrip("/")
    keys = [name] if name.endswith(".html") else [f"{name}/index.html", f"{name}.html"]
    for key in keys:
        body = virga.Bucket("pages").get(key)
        if body is not None:
            return 200, body.decode(), HTML
    return 404, "no such page", {"content-type": "text/plain"}
