import io
import json
import pathlib
import sys
import unittest
import zipfile
from unittest import mock

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "functions"))
import build
import record
import status
import virga

PUSH = {"event": "push", "payload": {"repository": {"full_name": "a/b"}, "after": "c0ffee"}}


def archive(plan):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as zipped:
        zipped.writestr("b-c0ffee/build.json", json.dumps(plan))
    return data.getvalue()


class Builds(unittest.TestCase):
    def setUp(self):
        virga.local.reset()

    def run_with(self, plan):
        with mock.patch.object(build, "fetch", return_value=archive(plan)), mock.patch("builtins.print"):
            return build.handler(json.dumps(PUSH).encode())

    def test_a_build_keeps_what_it_made(self):
        result = self.run_with({"steps": [[sys.executable, "-c", "open('out.txt', 'w').write('made')"]],
                                "artifact": "out.txt"})
        self.assertEqual(result["artifact"], "a/b/c0ffee/out.txt")
        self.assertEqual(virga.local.objects["builds.artifacts", "a/b/c0ffee/out.txt"], b"made")

    def test_a_step_that_fails_fails_the_build(self):
        with self.assertRaisesRegex(RuntimeError, "gave 3"):
            self.run_with({"steps": [[sys.executable, "-c", "raise SystemExit(3)"]], "artifact": "out.txt"})

    def test_an_artifact_from_elsewhere_is_refused(self):
        with self.assertRaisesRegex(ValueError, "outside"):
            self.run_with({"steps": [], "artifact": "../../../etc/passwd"})

    def test_the_end_is_written_down_and_told(self):
        record.handler({"TopicName": "failed", "Message": json.dumps(
            {"requestContext": {"condition": "RetriesExhausted"}, "requestPayload": PUSH,
             "responsePayload": {"errorMessage": "x"}})})
        answer = status.handler({"rawPath": "/builds/a/b/c0ffee"})
        self.assertEqual(json.loads(answer["body"])["state"], "failed: RetriesExhausted")
        self.assertEqual(status.handler({"rawPath": "/builds/a/b/1"})["statusCode"], 404)


if __name__ == "__main__":
    unittest.main()
