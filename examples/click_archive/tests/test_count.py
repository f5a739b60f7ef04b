import contextlib
import io
import json
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "functions"))
import count


class ClickArchive(unittest.TestCase):
    def click(self, body):
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            answer = count.handler({"body": json.dumps(body)})
        return answer["statusCode"], printed.getvalue()

    def test_a_click_is_one_line(self):
        status, line = self.click({"page": "/cups", "what": "buy", "visitor": "v1", "more": "left out"})
        self.assertEqual(status, 204)
        self.assertEqual(line.count("\n"), 1)
        kept = json.loads(line)
        self.assertEqual((kept["page"], kept["what"]), ("/cups", "buy"))
        self.assertNotIn("more", kept)

    def test_what_is_no_click_leaves_no_line(self):
        self.assertEqual(self.click({"what": "buy"}), (400, ""))
        self.assertEqual(self.click([1]), (400, ""))


if __name__ == "__main__":
    unittest.main()
