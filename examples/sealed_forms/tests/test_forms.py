import json
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "functions"))
import forms
import virga


class SealedForms(unittest.TestCase):
    def setUp(self):
        virga.local.reset()

    def test_what_is_sent_in_can_be_opened(self):
        answer = forms.take({"body": json.dumps({"name": "Ann", "wish": "quiet"})})
        self.assertEqual(answer["statusCode"], 201)
        name = json.loads(answer["body"])["id"]
        found = forms.open({"rawPath": f"/forms/{name}"})
        self.assertEqual(json.loads(found["body"])["wish"], "quiet")

    def test_no_other_object_is_reached(self):
        virga.local.objects["forms", "../secret.json"] = b"{}"
        self.assertEqual(forms.open({"rawPath": "/forms/..%2Fsecret"})["statusCode"], 404)
        self.assertEqual(forms.open({"rawPath": "/forms/" + "0" * 32})["statusCode"], 404)

    def test_an_empty_form_is_refused(self):
        self.assertEqual(forms.take({"body": "{}"})["statusCode"], 400)


if __name__ == "__main__":
    unittest.main()
