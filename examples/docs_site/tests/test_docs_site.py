import io
import json
import pathlib
import sys
import unittest
import zipfile
from unittest import mock

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "functions"))
import reader
import sync
import virga


def archive(files):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as zipped:
        for name, text in files.items():
            zipped.writestr("repo-main/" + name, text)
    return data.getvalue()


class DocsSite(unittest.TestCase):
    def setUp(self):
        virga.local.reset()
        files = {"docs/start.md": "# Start <now>\n\nSee [more](https://example.com/?a=1&b=2).", "README.md": "no page"}
        patch = mock.patch.object(sync, "fetch", return_value=archive(files))
        self.fetch = patch.start()
        self.addCleanup(patch.stop)

    def test_a_push_becomes_pages_that_can_be_read(self):
        push = {"event": "push", "payload": {"repository": {"full_name": "a/b"}, "ref": "refs/heads/next"}}
        result = sync.handler({"Records": [{"body": json.dumps(push)}]})
        self.assertEqual(result, {"text": "a/b: 1 pages"})
        self.fetch.assert_called_with("https://codeload.github.com/a/b/zip/refs/heads/next")
        answer = reader.handler({"rawPath": "/docs/a/b/start"})
        self.assertEqual(answer["statusCode"], 200)
        self.assertIn("<h1>Start &lt;now&gt;</h1>", answer["body"])
        self.assertIn('<a href="https://example.com/?a=1&amp;b=2">more</a>', answer["body"])
        self.assertIn("start.html", reader.handler({"rawPath": "/docs/a/b/"})["body"])

    def test_the_nightly_run_goes_through_all(self):
        virga.local.configs["repositories"] = "a/b, a/c"
        self.assertEqual(sync.handler({"event": "nightly"})["text"], "a/b: 1 pages; a/c: 1 pages")

    def test_a_page_that_is_not_there(self):
        for path in ("/docs/x", "/docs/../secret", "/else"):
            self.assertEqual(reader.handler({"rawPath": path})["statusCode"], 404)


if __name__ == "__main__":
    unittest.main()
