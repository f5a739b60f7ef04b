import json
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "functions"))
import page
import services
import virga


class Page(unittest.TestCase):
    def setUp(self):
        virga.local.reset()
        virga.local.functions.update({"prices": services.prices, "stock": services.stock})

    def test_two_answers_become_one(self):
        answer = page.handler({"rawPath": "/products/cup"})
        self.assertEqual(json.loads(answer["body"]), {"product": "cup", "price": 3, "soon": False})
        self.assertTrue(json.loads(page.handler({"rawPath": "/products/pot"})["body"])["soon"])

    def test_anything_else_is_not_there(self):
        self.assertEqual(page.handler({"rawPath": "/"})["statusCode"], 404)


if __name__ == "__main__":
    unittest.main()
