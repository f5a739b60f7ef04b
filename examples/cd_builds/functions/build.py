"""One build: fetches a commit, runs the steps that the repository asks for, keeps what it made.

The repository says what to do in `build.json`: `{"steps": [["make", "dist"]], "artifact": "dist.zip"}`. The same request
may come again after a failure, so everything is keyed by the commit.
"""

import json
import pathlib
import subprocess
import tempfile
import zipfile

import virga

ARCHIVE = "https://codeload.github.com/{repository}/zip/{commit}"


@virga.task
def handler(message):
    push = message["payload"]
    return build(push["repository"]["full_name"], push["after"])


def build(repository, commit):
    with tempfile.TemporaryDirectory() as folder:
        source = unpack(fetch(ARCHIVE.format(repository=repository, commit=commit)), pathlib.Path(folder))
        plan = json.loads((source / "build.json").read_text())
        for step in plan["steps"]:
            done = subprocess.run(step, cwd=source, capture_output=True, text=True)
            print(done.stdout, done.stderr, sep="")
            if done.returncode:
                raise RuntimeError(f"`{' '.join(step)}` gave {done.returncode}: {done.stderr[-500:]}")
        artifact = (source / plan["artifact"]).resolve()
        if source.resolve() not in artifact.parents:
            raise ValueError(f"the artifact {plan['artifact']} lies outside the repository")
        key = f"{repository}/{commit}/{artifact.name}"
        virga.Bucket("builds.artifacts").put(key, artifact.read_bytes())
    return {"repository": repository, "commit": commit, "artifact": key}


def fetch(url):
    return virga._https("GET", url, {})


def unpack(archive, folder):
    """The folder with the source; the archive wraps one around everything."""
    file = folder / "source.zip"
    file.write_bytes(archive)
    with zipfile.ZipFile(file) as zipped:
        zipped.extractall(folder / "source")
    return next((folder / "source").iterdir())
