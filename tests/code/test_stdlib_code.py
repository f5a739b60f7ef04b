"""Tests of the code that the standard patterns ship."""

import base64
import hashlib
import hmac
import json
import os
import pathlib
import sys
import unittest
from unittest import mock

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "stdlib" / "code"))

import notify
import virga
import webhook


class Events(unittest.TestCase):
    def test_every_shape_gives_the_message(self):
        wanted = {"n": 1}
        text = json.dumps(wanted)
        encoded = base64.b64encode(text.encode()).decode()
        for event in [
            wanted,
            text.encode(),
            {"Records": [{"eventSource": "aws:sqs", "body": text}]},
            {"Records": [{"Sns": {"Message": text}}]},
            {"Records": [{"body": json.dumps({"Type": "Notification", "Message": text})}]},
            {"triggerTime": "2026-01-01T00:00:00Z", "triggerName": "t", "payload": text},
            [{"specversion": "1.0", "data": {"messageBody": text}}],
            [json.dumps({"specversion": "1.0", "data": {"messageBody": encoded}})],
            {"TopicName": "t", "Message": encoded},
        ]:
            with self.subTest(event=event):
                self.assertEqual(virga.messages(event), [wanted])

    def test_objects_of_both_clouds(self):
        s3 = {"Records": [{"eventName": "ObjectCreated:Put",
                           "s3": {"bucket": {"name": "b"}, "object": {"key": "raw/a+b.png"}}}]}
        oss = {"events": [{"eventName": "ObjectCreated:PutObject",
                           "oss": {"bucket": {"name": "b"}, "object": {"key": "raw/a b.png"}}}]}
        for event in (s3, oss):
            self.assertEqual([(m["bucket"], m["key"]) for m in virga.messages(event)], [("b", "raw/a b.png")])

    def test_requests_of_every_door(self):
        aws = {"rawPath": "/docs/x", "requestContext": {"http": {"method": "POST"}}, "body": "e30=",
               "isBase64Encoded": True, "headers": {"X-A": "1"}}
        gateway = {"path": "/docs/x", "httpMethod": "POST", "body": "{}", "headers": {"x-a": "1"}}
        for event in (aws, json.dumps(gateway).encode()):
            request = virga.Request(virga._parse(event))
            self.assertEqual((request.method, request.match("/docs/{page}"), request.json(), request.headers["x-a"]),
                             ("POST", {"page": "x"}, {}, "1"))

    def test_an_address_that_is_missing_names_the_edge(self):
        with mock.patch.dict(os.environ, {"AWS_LAMBDA_FUNCTION_NAME": "f"}):
            with self.assertRaisesRegex(KeyError, "no edge leads to `sync`"):
                virga.send("sync", {})


class Tables(unittest.TestCase):
    def test_a_package_that_was_not_packed_is_named_with_what_to_do(self):
        there = {"FC_FUNCTION_NAME": "f", "LEDGER_TABLE_NAME": "shop__default__ledger", "LEDGER_TABLE_INSTANCE": "shop--default",
                 "LEDGER_TABLE_ENDPOINT": "https://shop--default.cn-hangzhou.ots.aliyuncs.com"}
        wanted = r"`shop__default__ledger` can't be reached: .*`tablestore` has to be packed .*pip install --target FOLDER"
        with mock.patch.dict(os.environ, there), mock.patch.dict(sys.modules, {"tablestore": None}):
            for ask in (lambda: virga.Table("ledger").get({"id": "1"}), lambda: virga.Table("ledger").put({"id": "1"}, {})):
                with self.assertRaisesRegex(RuntimeError, wanted):
                    ask()


class Aliyun(unittest.TestCase):
    """What the code asks Alibaba Cloud for."""

    ACCOUNT = {"FC_FUNCTION_NAME": "f", "FC_ACCOUNT_ID": "1", "FC_REGION": "cn-hangzhou", "ALIBABA_CLOUD_ACCESS_KEY_ID": "k",
               "ALIBABA_CLOUD_ACCESS_KEY_SECRET": "s", "ALIBABA_CLOUD_SECURITY_TOKEN": "t"}

    def asked(self, environment, ask):
        with mock.patch.dict(os.environ, {**self.ACCOUNT, **environment}), \
             mock.patch.object(virga, "_https", return_value=b"{}") as https:
            ask()
        return [call.args for call in https.call_args_list]

    def test_a_message_names_its_group_where_order_counts(self):
        queue = {"ORDERS_QUEUE_URL": "http://1.mns.cn-hangzhou.aliyuncs.com/queues/orders"}
        topic = {"NEWS_TOPIC_NAME": "news"}
        for environment, more, ask in [
            (queue, "ORDERS_QUEUE_FIFO", lambda: virga.send("orders", {"n": 1})),
            (queue, "ORDERS_QUEUE_FIFO", lambda: virga.send_to_all({"n": 1})),
            (topic, "NEWS_TOPIC_FIFO", lambda: virga.send("news", {"n": 1})),
        ]:
            for value, wanted in (("true", True), (None, False)):
                [(_, url, _, body)] = self.asked({**environment, **({more: value} if value else {})}, ask)
                self.assertTrue(url.endswith("/messages"), url)
                self.assertEqual(b"<MessageGroupId>all</MessageGroupId></Message>" in body, wanted)

    def test_a_function_with_versions_is_called_by_its_alias(self):
        name = {"PRICES_FUNCTION_NAME": "prices"}
        for ask in (lambda: virga.call("prices", {}), lambda: virga.send("prices", {})):
            [(_, url, *_)] = self.asked({**name, "PRICES_FUNCTION_QUALIFIER": "live"}, ask)
            self.assertTrue(url.endswith("/functions/prices/invocations?qualifier=live"), url)
            [(_, url, *_)] = self.asked(name, ask)
            self.assertTrue(url.endswith("/functions/prices/invocations"), url)


class Webhook(unittest.TestCase):
    def setUp(self):
        virga.local.reset()
        virga.local.secrets["signing"] = "key"
        self.environment = mock.patch.dict(os.environ, {"SYNC_FUNCTION_NAME": "sync"})
        self.environment.start()
        self.addCleanup(self.environment.stop)

    def request(self, signature):
        return webhook.handler({"body": '{"ref":"main"}', "headers": {"X-Hub-Signature-256": signature,
                                                                     "X-GitHub-Event": "push"}})

    def test_a_genuine_call_is_handed_over(self):
        signature = "sha256=" + hmac.new(b"key", b'{"ref":"main"}', hashlib.sha256).hexdigest()
        self.assertEqual(self.request(signature)["statusCode"], 202)
        self.assertEqual(virga.local.sent, [("sync", {"event": "push", "payload": {"ref": "main"}})])

    def test_a_forged_call_is_refused(self):
        self.assertEqual(self.request("sha256=00")["statusCode"], 401)
        self.assertEqual(virga.local.sent, [])


class Notify(unittest.TestCase):
    def test_an_outcome_reads_well(self):
        record = {"requestContext": {"condition": "RetriesExhausted"}, "requestPayload": {"repo": "a"},
                  "responsePayload": {"errorMessage": "timed out"}}
        self.assertIn('failed (RetriesExhausted): {"repo": "a"}', notify.text_of(record))

    def test_slack_gets_the_text(self):
        with mock.patch.object(virga, "secret", return_value="https://hooks.example/x"), \
             mock.patch.object(notify, "post") as post, mock.patch.dict(os.environ, {"PREFIX": "docs"}):
            notify.slack({"text": "done"})
        post.assert_called_once_with("https://hooks.example/x", {"text": "docs: done"})


class Copies(unittest.TestCase):
    def test_every_example_carries_the_same_helper(self):
        original = (ROOT / "stdlib" / "code" / "virga.py").read_bytes()
        for copy in sorted((ROOT / "examples").rglob("virga.py")):
            self.assertEqual(copy.read_bytes(), original, copy)
        self.assertEqual((ROOT / "examples/hello/functions/virga.js").read_bytes(),
                         (ROOT / "examples/console/bff/virga.js").read_bytes())


if __name__ == "__main__":
    unittest.main()
