"""Fetches the Markdown of a repository and writes one page per document."""

import html
import io
import re
import zipfile

import virga

ARCHIVE = "https://codeload.github.com/{repository}/zip/refs/heads/{branch}"


@virga.task
def handler(message):
    """A push (`{"event": "push", "payload": …}`) or the nightly run. The result is what the news will say."""
    if message.get("event") == "nightly":
        names = [(name.strip(), "main") for name in virga.config("repositories").split(",") if name.strip()]
    else:
        push = message["payload"]
        names = [(push["repository"]["full_name"], push.get("ref", "refs/heads/main").removeprefix("refs/heads/"))]
    return {"text": "; ".join(f"{name}: {publish(name, branch)} pages" for name, branch in names)}


def publish(repository, branch):
    pages = virga.Bucket("pages")
    documents = list(read(fetch(ARCHIVE.format(repository=repository, branch=branch))))
    for path, text in documents:
        pages.put(f"{repository}/{path.removesuffix('.md')}.html", page(path, text), "text/html; charset=utf-8")
    links = "\n".join(f"- [{path}]({path.removesuffix('.md')}.html)" for path, _ in documents)
    pages.put(f"{repository}/index.html", page(repository, f"# {repository}\n\n{links}"), "text/html; charset=utf-8")
    return len(documents)


def fetch(url):
    return virga._https("GET", url, {})


def read(archive):
    """(path, text) of every Markdown file below docs/, without the folder that the archive wraps around all."""
    with zipfile.ZipFile(io.BytesIO(archive)) as zipped:
        for name in sorted(zipped.namelist()):
            path = name.partition("/")[2]
            if path.startswith("docs/") and path.endswith(".md"):
                yield path.removeprefix("docs/"), zipped.read(name).decode()


def page(title, text):
    return f"<!doctype html><meta charset=utf-8><title>{html.escape(title)}</title>\n{render(text)}\n"


def render(text):
    """Headings, lists, links, code and paragraphs: enough for a hub that links to the originals."""
    parts = []
    for block in re.split(r"\n\s*\n", text.strip()):
        heading = re.match(r"(#{1,6}) (.*)", block)
        if heading:
            level = len(heading[1])
            parts.append(f"<h{level}>{inline(heading[2])}</h{level}>")
        elif block.startswith("- "):
            items = "".join(f"<li>{inline(line[2:])}</li>" for line in block.splitlines() if line.startswith("- "))
            parts.append(f"<ul>{items}</ul>")
        else:
            parts.append(f"<p>{inline(block)}</p>")
    return "\n".join(parts)


def inline(text):
    text = html.escape(text)
    text = re.sub(r"`([^`]+)`", r"<code>\1</code>", text)
    return re.sub(r"\[([^\]]+)\]\(([^)\s]+)\)", r'<a href="\2">\1</a>', text)
