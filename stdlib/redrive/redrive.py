"""Moves messages from one queue back into another, in the order in which they come. Call it again until it answers 0.

A message is removed only after it was put back, so one may stand twice and none is lost. On AWS this uses boto3, which is part of
Lambda's Python runtime; on Alibaba Cloud it signs plain HTTPS requests with the function role's temporary key."""

import base64
import email.utils
import hashlib
import hmac
import os
import urllib.error
import urllib.parse
import urllib.request
import xml.etree.ElementTree as xml
from xml.sax.saxutils import escape

AT_ONCE = 10      # what both services give at most, or more
ROUNDS = 50       # so that one call ends in time


def handler(event, context=None):
    queues = Mns if os.environ.get("FC_FUNCTION_NAME") else Sqs
    rejected, work = queues(os.environ["REJECTED_URL"]), queues(os.environ["WORK_URL"])
    return {"moved": move(rejected, work)}


def move(rejected, work):
    moved = 0
    for _ in range(ROUNDS):
        messages = rejected.take()
        if not messages:
            break
        for body, receipt in messages:
            work.send(body)
            rejected.remove(receipt)
            moved += 1
    return moved


class Sqs:
    def __init__(self, url):
        import boto3
        self.url, self.client = url, boto3.client("sqs")

    def take(self):
        answer = self.client.receive_message(QueueUrl=self.url, MaxNumberOfMessages=AT_ONCE)
        return [(m["Body"], m["ReceiptHandle"]) for m in answer.get("Messages", [])]

    def send(self, body):
        self.client.send_message(QueueUrl=self.url, MessageBody=body)

    def remove(self, receipt):
        self.client.delete_message(QueueUrl=self.url, ReceiptHandle=receipt)


class Mns:
    """A queue of Simple Message Queue; the signature covers the path with its query."""

    def __init__(self, url):
        self.url = url.rstrip("/").replace("http://", "https://", 1) + "/messages"

    def take(self):
        try:
            answer = self._call("GET", f"?numOfMessages={AT_ONCE}&waitseconds=0")
        except urllib.error.HTTPError as error:
            if error.code == 404:      # MessageNotExist: the queue is empty
                return []
            raise
        name = lambda element: element.tag.rsplit("}", 1)[-1]
        found = []
        for message in (m for m in xml.fromstring(answer).iter() if name(m) == "Message"):
            fields = {name(f): f.text or "" for f in message}
            found.append((fields["MessageBody"], fields["ReceiptHandle"]))
        return found

    def send(self, body):
        self._call("POST", "", f'<?xml version="1.0" encoding="UTF-8"?><Message xmlns="http://mns.aliyuncs.com/doc/v1/">'
                               f"<MessageBody>{escape(body)}</MessageBody></Message>".encode())

    def remove(self, receipt):
        self._call("DELETE", "?ReceiptHandle=" + urllib.parse.quote(receipt, safe=""))

    def _call(self, method, query, body=None):
        headers = {"content-type": "text/xml;charset=utf-8", "date": email.utils.formatdate(usegmt=True), "x-mns-version": "2015-06-06"}
        text = "\n".join([method, "", headers["content-type"], headers["date"], "x-mns-version:2015-06-06",
                          urllib.parse.urlsplit(self.url).path + urllib.parse.unquote(query)])
        key = os.environ["ALIBABA_CLOUD_ACCESS_KEY_SECRET"].encode()
        signature = base64.b64encode(hmac.new(key, text.encode(), hashlib.sha1).digest()).decode()
        headers["authorization"] = f"MNS {os.environ['ALIBABA_CLOUD_ACCESS_KEY_ID']}:{signature}"
        headers["security-token"] = os.environ["ALIBABA_CLOUD_SECURITY_TOKEN"]
        request = urllib.request.Request(self.url + query, data=body, method=method, headers=headers)
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.read()
