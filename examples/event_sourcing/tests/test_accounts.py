import json
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "functions"))
import balance
import move
import project
import virga


class Accounts(unittest.TestCase):
    def setUp(self):
        virga.local.reset()

    def test_a_balance_follows_from_the_movements(self):
        for version, amount in ((1, 10), (2, -3)):
            answer = move.handler({"path": "/accounts/ada/movements", "body": json.dumps({"version": version, "amount": amount})})
            self.assertEqual(answer["statusCode"], 202)
            row = virga.Table("accounts.events").get({"stream": "ada", "version": version})
            project.handler({"new": row})
            project.handler({"new": row})  # twice: the same
        self.assertEqual(json.loads(balance.handler({"path": "/accounts/ada"})["body"])["balance"], 7)

    def test_what_is_no_movement_is_refused(self):
        self.assertEqual(move.handler({"path": "/accounts/ada/movements", "body": "{}"})["statusCode"], 400)

    def test_nobody_has_no_balance(self):
        self.assertEqual(balance.handler({"path": "/accounts/bob"})["statusCode"], 404)


if __name__ == "__main__":
    unittest.main()
