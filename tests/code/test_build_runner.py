"""A build of CodeBuild that stands in for a function: its commands are run here, with the two clouds' tools made up."""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import textwrap
import unittest
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
TEMPLATES = {
    "python": ROOT / "tests/golden/examples/cd_builds/expect.aws.sam/template.yaml",
    "node": ROOT / "tests/golden/aws/build/expect.aws.sam/template.yaml",
}

PYTHON = """
def handler(event, context):
    assert context.get_remaining_time_in_millis() > 0
    return {"got": event, "name": context.function_name}

def fails(event, context):
    raise RuntimeError("no")

def talks(event, context):
    return "x" * 20000
"""
NODE = """
exports.handler = async (event, context) => {
  if (!(context.getRemainingTimeInMillis() > 0)) throw new Error("no time");
  return { got: event, name: context.functionName };
};
exports.calls = (event, context, callback) => setTimeout(() => callback(null, { got: event, name: "called back" }), 1);
exports.fails = async () => { throw new Error("no"); };
exports.talks = () => "x".repeat(20000);
"""
AWS = """#!/bin/sh
case "$1 $2" in
  "lambda get-layer-version-by-arn") [ "$4" = the-layer ] && echo https://code.example.com/code.zip;;
  "stepfunctions describe-execution") [ "$4" = arn:of:the:execution:e1 ] && cat "$EVENT";;
  *) exit 9;;
esac
"""
CURL = """#!/bin/sh
[ "$3" = https://code.example.com/code.zip ] && cp "$CODE" "$2"
"""
UNZIP = """#!/bin/sh
exec python3 -m zipfile -e "$2" "$4"
"""


def commands(template):
    """The commands of the first build spec, each as one text."""
    text = template.read_text()
    spec = text[text.index("BuildSpec: |\n") + len("BuildSpec: |\n"):]
    lines = []
    for line in spec.splitlines():
        if line.strip() and not line.startswith(" " * 10):
            break
        lines.append(line[10:])
    body = "\n".join(lines).split("\n    commands:\n")[1]
    return [textwrap.dedent(part).strip("\n") for part in ("\n" + body).split("\n      - |\n") if part.strip()]


class Build:
    """What one run of a build left behind."""

    def __init__(self, template, code, handler, event, keep=None):
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            for name, text in (("aws", AWS), ("curl", CURL), ("unzip", UNZIP)):
                (folder / name).write_text(text)
                (folder / name).chmod(0o755)
            if not shutil.which("python"):
                (folder / "python").symlink_to(shutil.which("python3"))
            (folder / "event").write_text(json.dumps(event))
            with zipfile.ZipFile(folder / "code.zip", "w") as zipped:
                zipped.writestr(*code)
            # boto3 is not there; that it would be fetched is of no interest here
            script = "\n".join(f"{c}\n[ $? = 0 ] || exit 1" for c in commands(template) if "boto3" not in c)
            done = subprocess.run(["bash", "-c", script + '\nprintf %s "$VIRGA_ANSWER" > "$ANSWER"'], text=True,
                                  capture_output=True, env={
                "PATH": f"{folder}:{os.environ['PATH']}", "TMPDIR": str(folder), "EVENT": str(folder / "event"),
                "CODE": str(folder / "code.zip"), "ANSWER": str(folder / "answer.json"), "VIRGA_CODE": "the-layer",
                "VIRGA_EXECUTION_ARN": "arn:of:the:execution:e1", "VIRGA_HANDLER": handler, "VIRGA_TIMEOUT": "60",
                "VIRGA_ANSWER_MAX": "16384", "AWS_LAMBDA_FUNCTION_NAME": "jobs-default-build"})
            self.code, self.log = done.returncode, done.stdout + done.stderr
            answer = folder / "answer.json"
            self.answer = json.loads(answer.read_text()) if answer.exists() else None


class Runner(unittest.TestCase):
    EVENT = {"text": "ä \"quoted\" 'twice' $HOME\nline", "list": [1, 2.5, None]}

    def check(self, program, code):
        template = TEMPLATES[program]
        build = Build(template, code, "main.handler", self.EVENT)
        self.assertEqual(build.code, 0, build.log)
        self.assertEqual(build.answer, {"got": self.EVENT, "name": "jobs-default-build"})
        failed = Build(template, code, "main.fails", self.EVENT)
        self.assertEqual((failed.code, failed.answer), (1, None), failed.log)
        self.assertEqual(Build(template, code, "main.nobody", self.EVENT).code, 1)
        long = Build(template, code, "main.talks", self.EVENT)
        self.assertEqual((long.code, long.answer), (0, {"left_out": 20002}), long.log)

    def test_python(self):
        self.check("python", ("main.py", PYTHON))

    @unittest.skipUnless(shutil.which("node"), "no node here")
    def test_node(self):
        self.check("node", ("main.js", NODE))
        build = Build(TEMPLATES["node"], ("main.js", NODE), "main.calls", self.EVENT)
        self.assertEqual(build.answer, {"got": self.EVENT, "name": "called back"})
        module = Build(TEMPLATES["node"], ("main.mjs", NODE.replace("exports.handler =", "export const handler =").split("exports.")[0]),
                       "main.handler", self.EVENT)
        self.assertEqual(module.answer, {"got": self.EVENT, "name": "jobs-default-build"}, module.log)


if __name__ == "__main__":
    unittest.main()
