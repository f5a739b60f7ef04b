import json
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "functions"))
import people
import virga


def event(connection, body=None, **query):
    return {"requestContext": {"connectionId": connection}, "queryStringParameters": query or None, "body": json.dumps(body)}


class Chat(unittest.TestCase):
    def setUp(self):
        virga.local.reset()
        virga.local.secrets["invitation"] = "open sesame"

    def enter(self, name, connection):
        return people.enter(event(connection, name=name, invitation="open sesame"))["statusCode"]

    def online(self, name):
        return json.loads(people.who(event("x", {"action": "who", "name": name}))["body"])["online"]

    def test_who_brings_the_word_comes_in(self):
        self.assertEqual(people.enter(event("c1", name="ann", invitation="please"))["statusCode"], 403)
        self.assertEqual(people.enter(event("c1"))["statusCode"], 403)
        self.assertEqual(self.enter("ann", "c1"), 200)
        self.assertTrue(self.online("ann"))

    def test_a_message_reaches_the_other_one(self):
        self.enter("ann", "c1")
        self.enter("bob", "c2")
        people.say(event("c1", {"action": "say", "to": "bob", "text": "hello"}))
        self.assertEqual(virga.local.sent, [("c2", {"from": "ann", "text": "hello"})])

    def test_who_is_not_here_gets_nothing(self):
        self.enter("ann", "c1")
        people.say(event("c1", {"action": "say", "to": "bob", "text": "hello"}))
        self.assertEqual(virga.local.sent, [("c1", {"error": "bob is not here"})])
        people.say(event("stranger", {"action": "say", "to": "ann", "text": "hello"}))
        self.assertEqual(len(virga.local.sent), 1)

    def test_a_late_farewell_does_not_take_a_new_connection(self):
        self.enter("ann", "c1")
        self.enter("ann", "c2")
        people.leave(event("c1"))
        self.assertTrue(self.online("ann"))
        people.leave(event("c2"))
        self.assertFalse(self.online("ann"))


if __name__ == "__main__":
    unittest.main()
