"""Who is connected, and what they tell each other.

A row under `person:ann` holds Ann's connection, a row under `connection:abc=` whose that is. An empty value is nobody's: a
connection that went may be told of after its owner has come back, so only the row that names it is emptied."""

import hmac
import json
import os

import virga


def _row(kind, name, field):
    row = virga.Table("people").get({"key": f"{kind}:{name}"})
    return (row or {}).get(field) or None


def _keep(kind, name, **fields):
    virga.Table("people").put({"key": f"{kind}:{name}"}, fields)


def _connection(event):
    return event["requestContext"]["connectionId"]


def enter(event, context=None):
    asked = event.get("queryStringParameters") or {}
    name = asked.get("name", "")
    if not name or not hmac.compare_digest(asked.get("invitation", "").encode(), virga.secret("invitation").encode()):
        return {"statusCode": 403}
    _keep("connection", _connection(event), person=name)
    _keep("person", name, connection=_connection(event))
    return {"statusCode": 200}


def leave(event, context=None):
    connection = _connection(event)
    name = _row("connection", connection, "person")
    if name and _row("person", name, "connection") == connection:
        _keep("person", name, connection="")
    _keep("connection", connection, person="")


def who(event, context=None):
    name = json.loads(event["body"]).get("name", "")
    return {"statusCode": 200, "body": json.dumps({"name": name, "online": _row("person", name, "connection") is not None})}


def say(event, context=None):
    message = json.loads(event["body"])
    sender = _row("connection", _connection(event), "person")
    to = _row("person", message.get("to", ""), "connection")
    if sender is None:
        return
    if to is None:
        send(_connection(event), {"error": f"{message.get('to')} is not here"})
        return
    send(to, {"from": sender, "text": message.get("text", "")})


def send(connection, message):
    """`say -> door.send`: to somebody who may have gone meanwhile, which is no mistake."""
    if virga.cloud() == "local":
        virga.local.sent.append((connection, message))
        return
    import boto3
    door = boto3.client("apigatewaymanagementapi", endpoint_url=os.environ["DOOR_ENDPOINT"])
    try:
        door.post_to_connection(ConnectionId=connection, Data=json.dumps(message).encode())
    except door.exceptions.GoneException:
        pass
