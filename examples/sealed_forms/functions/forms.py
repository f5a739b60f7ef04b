"""Takes forms and gives them out again. The code knows nothing of keys: the cloud encrypts what is put and decrypts what is read,
and the edges let the one function do the one and the other the other."""

import re
import uuid

import virga

ID = re.compile("[0-9a-f]{32}")


@virga.http
def take(request):
    form = request.json()
    if not isinstance(form, dict) or not form:
        return 400, {"error": "a form has fields"}
    name = uuid.uuid4().hex
    virga.Bucket("forms").put(f"{name}.json", request.body, "application/json")
    return 201, {"id": name}


@virga.http
def open(request):
    name = (request.match("/forms/{id}") or {}).get("id", "")
    found = virga.Bucket("forms").get(f"{name}.json") if ID.fullmatch(name) else None
    if found is None:
        return 404, {"error": "there is no such form"}
    return 200, found.decode(), {"content-type": "application/json"}
