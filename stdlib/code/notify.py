"""What `std.notify` runs: one handler per channel. Each message becomes one short text.

`CHANNEL_SECRET_NAME` and `SIGN_SECRET_NAME` name secrets (the pattern's own edges allow the reading), `PREFIX` stands
before every text, `MAIL_*` are the settings of a mail account.
"""

import base64
import email.message
import hashlib
import hmac
import json
import os
import smtplib
import time
import urllib.parse

import virga


def text_of(message):
    """A line or two that a person can read: of an outcome, of a text, of anything else."""
    prefix = os.environ.get("PREFIX", "")
    outcome = virga.outcome(message)
    if outcome:
        state = "succeeded" if outcome["ok"] else f"failed ({outcome['condition'] or 'error'})"
        text = f"{state}: {short(outcome['request'])}\n{short(outcome['result'])}".rstrip()
    elif isinstance(message, dict) and "text" in message:
        text = str(message["text"])
    else:
        text = short(message)
    return f"{prefix}: {text}" if prefix else text


def short(value, most=1000):
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= most else text[: most - 1] + "…"


def post(url, body):
    answer = virga._https("POST", url, {"content-type": "application/json"}, json.dumps(body).encode())
    return answer.decode()


def sign(key, now):
    """DingTalk's signature of a robot with a signing key."""
    digest = hmac.new(key.encode(), f"{now}\n{key}".encode(), hashlib.sha256).digest()
    return urllib.parse.quote_plus(base64.b64encode(digest))


@virga.task
def dingtalk(message):
    url = "https://oapi.dingtalk.com/robot/send?access_token=" + virga.secret("channel")
    if os.environ.get("SIGN_SECRET_NAME"):
        now = round(time.time() * 1000)
        url += f"&timestamp={now}&sign={sign(virga.secret('sign'), now)}"
    answer = json.loads(post(url, {"msgtype": "text", "text": {"content": text_of(message)}}))
    if answer.get("errcode"):
        raise RuntimeError(f"DingTalk refused the message: {answer}")


@virga.task
def slack(message):
    post(virga.secret("channel"), {"text": text_of(message)})


@virga.task
def mail(message):
    settings = os.environ
    letter = email.message.EmailMessage()
    text = text_of(message)
    letter["Subject"] = text.split("\n", 1)[0][:120]
    letter["From"], letter["To"] = settings["MAIL_FROM"], settings["MAIL_TO"]
    letter.set_content(text)
    with smtplib.SMTP_SSL(settings["MAIL_SERVER"], int(settings["MAIL_PORT"]), timeout=20) as server:
        server.login(settings["MAIL_USER"], virga.secret("channel"))
        server.send_message(letter)
