#!/usr/bin/env python3
"""Compares the stack that the reader of serverless.yml makes with the template that the framework's own `package` makes.

    serverless_package.py CORPUS --serverless NODE_MODULES/serverless/bin/serverless.js --work FOLDER (--reader READER | --virga VIRGA)

CORPUS is a folder with an INDEX.tsv (file, group, form, n, kinds, repo, path). READER is `virga_read_serverless`, which gives
what is read. With VIRGA the whole way is walked: the file is imported, and the program compiled again. What the
framework gave is kept in FOLDER and not made again. Needs Node.js with serverless@3; nothing reaches the network.

Before the framework sees a file it loses what would keep it from packaging anything: the version of the framework,
plugins, the dashboard's `org` and `app`, and the wish that unknown settings or old ones be errors; artifacts, layers and
handlers that are missing are empty files. Variables of the environment have a recognisable text as their value. Which
files it refuses all the same, and why, is printed.
"""

import argparse
import collections
import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

import documents

ENV_TEXT = "env-{}-env"
DROPPED = ["frameworkVersion", "plugins", "org", "app", "tenant", "configValidationMode", "deprecationNotificationMode"]


def rows(corpus, form):
    with open(corpus / "INDEX.tsv", encoding="utf-8") as index:
        names = index.readline().rstrip("\n").split("\t")
        for line in index:
            row = dict(zip(names, line.rstrip("\n").split("\t")))
            if row["form"] == form:
                yield row


def without_sections(text, sections):
    """`text` without the top-level keys `sections`, whatever stands below them."""
    out, skipping = [], False
    for line in text.split("\n"):
        if re.match(r"[A-Za-z_'\"]", line):
            skipping = bool(re.match(r"['\"]?(" + "|".join(sections) + r")['\"]?\s*:", line))
        elif line.startswith("-") and skipping:
            pass  # a list that is not indented
        if not skipping:
            out.append(line)
    return "\n".join(out)


def lay_out(corpus, row, all_rows, work):
    """The file, and what else the corpus has of its repository, where they stood in it."""
    root = work / "trees" / row["file"].replace("/", "__").replace(".yml", "")
    shutil.rmtree(root, ignore_errors=True)
    for other in all_rows:
        if other["repo"] != row["repo"]:
            continue
        at = root / other["path"]
        at.parent.mkdir(parents=True, exist_ok=True)
        text = (corpus / other["file"]).read_text(encoding="utf-8", errors="replace")
        at.write_text(without_sections(text, DROPPED), encoding="utf-8")
    main = root / row["path"]
    return main


def lay_stand_ins(main):
    """Empty files where packaging looks for those that the corpus does not have."""
    text = main.read_text(encoding="utf-8")
    folder = main.parent
    made = ["handler.js"]
    made += re.findall(r"artifact:\s*['\"]?([^'\"\s$]+)", text)
    made += [p.rstrip("/") + "/stand-in.txt" for p in re.findall(r"^\s+path:\s*['\"]?([^'\"\s/${][^'\"\s${]*)['\"]?\s*(?:#.*)?$", text, re.M)]
    made += re.findall(r"schema(?:s)?:\s*\$\{file\(([^)]+)\)\}", text)
    made += re.findall(r"^\s+handler:\s*['\"]?([\w./-]+)", text, re.M)
    made += [p + "/stand-in.txt" for p in re.findall(r"^\s+-\s*['\"]?(?:\./)?([\w/.-]+)/\*\*", text, re.M)]
    made += re.findall(r"^\s+-\s*['\"]?(?:\./)?([\w-]+(?:\.\w+)?)['\"]?\s*$", text, re.M)
    for name in made:
        at = (folder / name).resolve()
        if main.parent.resolve() in at.parents and not at.exists():
            try:
                at.parent.mkdir(parents=True, exist_ok=True)
                at.write_text("{}" if name.endswith(".json") else "")
            except OSError:
                pass


def offline_hook(args):
    """The framework asks CloudFormation whether a layer stands already: here none does."""
    hook = args.work / "offline.js"
    layers = args.serverless.resolve().parent.parent / "lib/plugins/aws/package/compile/layers.js"
    hook.write_text(f"require({json.dumps(str(layers))}).prototype.compareWithLastLayer = async () => {{}};\n")
    return f"--require {hook}"


def package(row, corpus, all_rows, args):
    kept = args.work / "templates" / (row["file"].replace("/", "__") + ".json")
    if kept.exists():
        return json.loads(kept.read_text())
    if args.kept:
        return {"refused": "not packaged yet"}
    main = lay_out(corpus, row, all_rows, args.work)
    lay_stand_ins(main)
    text = main.read_text(encoding="utf-8")
    env = {"PATH": os.environ["PATH"], "HOME": str(args.work), "CI": "1", "SLS_TELEMETRY_DISABLED": "1",
           "SLS_NOTIFICATIONS_MODE": "off", "AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x",
           "AWS_EC2_METADATA_DISABLED": "true", "NODE_OPTIONS": offline_hook(args)}
    for name in re.findall(r"\$\{env:([A-Za-z_0-9]+)\}", text):
        env.setdefault(name, ENV_TEXT.format(name))
    result = None
    for options in ([], ["--stage", "dev"], ["--stage", "dev", "--region", "us-east-1"]):
        command = ["node", str(args.serverless), "package", "--config", main.name, *options]
        try:
            ran = subprocess.run(command, cwd=main.parent, env=env, capture_output=True, text=True, timeout=90)
        except subprocess.TimeoutExpired:
            result = {"refused": "no answer in 90 s"}
            break
        template = main.parent / ".serverless" / "cloudformation-template-update-stack.json"
        if ran.returncode == 0 and template.exists():
            result = {"template": json.loads(template.read_text()), "options": options}
            break
        said = re.sub(r"\x1b\[[0-9;]*m", "", ran.stderr + ran.stdout)
        found = re.search(r"Error:?\s*\n(.*?)(\n\n|$)", said, re.S)
        result = {"refused": (found.group(1) if found else said.strip())[:400]}
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps(result))
    return result


# What cannot be the same, or says the same in other words.

def without_hashes(name):
    name = re.sub(r"(LambdaVersion)[0-9A-Za-z]{20,}$", r"\1", name)
    name = re.sub(r"(ApiGatewayDeployment)\d+$", r"\1", name)
    name = re.sub(r"(LambdaLayer(?:Permission)?)[0-9a-f]{40}$", r"\1", name)
    return re.sub(r"(WebsocketsDeployment)[0-9A-Za-z]{20,}$", r"\1", name)


def joined(parts):
    """Fn::Join over "" and Fn::Sub alike: a list of texts and references, neighbouring texts put together."""
    out = []
    for part in parts:
        if isinstance(part, dict) and set(part) == {"parts"}:
            inner = part["parts"]
        else:
            inner = [part]
        for one in inner:
            if isinstance(one, (int, float)) and not isinstance(one, bool):
                one = str(one)
            if isinstance(one, str) and out and isinstance(out[-1], str):
                out[-1] += one
            elif one != "":
                out.append(one)
    if len(out) == 1:
        return out[0]
    return {"parts": out} if out else ""


def sub_parts(text, given):
    parts = []
    for piece in re.split(r"(\$\{[^}]*\})", text):
        if not piece.startswith("${"):
            parts.append(piece)
        elif piece.startswith("${!"):
            parts.append("${" + piece[3:])
        else:
            name = piece[2:-1].strip()
            if name in given:
                parts.append(given[name])
            elif "." in name:
                parts.append({"Fn::GetAtt": name.split(".", 1)})
            else:
                parts.append({"Ref": name})
    return parts


def normal(value, env, region):
    again = lambda v: normal(v, env, region)
    if isinstance(value, dict):
        if set(value) == {"Ref"} and isinstance(value["Ref"], str):
            if value["Ref"] in env:
                return ENV_TEXT.format(env[value["Ref"]])
            if value["Ref"] == "AWS::Region":
                return region
            return {"Ref": without_hashes(value["Ref"])}
        if set(value) == {"Fn::GetAtt"}:
            at = value["Fn::GetAtt"]
            at = at.split(".", 1) if isinstance(at, str) else list(at)
            return {"Fn::GetAtt": [without_hashes(str(at[0]))] + [again(a) for a in at[1:]]}
        if set(value) == {"Fn::Sub"}:
            said = value["Fn::Sub"]
            text, given = (said, {}) if isinstance(said, str) else (said[0], said[1] if len(said) > 1 else {})
            if isinstance(text, str):
                return joined([again(p) for p in sub_parts(text, given)])
        if set(value) == {"Fn::Join"} and isinstance(value["Fn::Join"], list) and len(value["Fn::Join"]) == 2:
            by, parts = value["Fn::Join"]
            if isinstance(parts, list):
                out = []
                for i, part in enumerate(parts):
                    if i and by:
                        out.append(by)
                    out.append(again(part))
                return joined(out)
        out = {}
        for key, inner in value.items():
            if inner is not None:
                out[without_hashes(key)] = again(inner)
        if "S3Key" in out and "S3Bucket" in out:
            out["S3Key"] = "code"
        out.pop("CodeSha256", None)
        if out.get("Effect") in ("Allow", "Deny"):  # a list of one says the same as its item
            principals = out.get("Principal") if isinstance(out.get("Principal"), dict) else {}
            for holder, keys in ((out, ("Action", "NotAction", "Resource", "NotResource")), (principals, list(principals))):
                for key in keys:
                    if isinstance(holder.get(key), list) and len(holder[key]) == 1:
                        holder[key] = holder[key][0]
        if isinstance(out.get("Statement"), list):  # their order means nothing, and hangs on how fast files are read
            out["Statement"] = sorted(out["Statement"], key=lambda s: json.dumps(s, sort_keys=True))
        if "Version" in out and isinstance(out["Version"], str) and out["Version"].startswith("2012-10-17"):
            out["Version"] = "2012-10-17"
        return out
    if isinstance(value, list):
        return [again(v) for v in value]
    if isinstance(value, bool):
        return "true" if value else "false"  # CloudFormation takes either
    if isinstance(value, (int, float)):
        return str(int(value)) if float(value).is_integer() else str(value)
    return value


def normal_template(template, region):
    env = {name: said["Description"].split("`")[1] for name, said in template.get("Parameters", {}).items()
           if isinstance(said, dict) and str(said.get("Description", "")).startswith("environment variable `")}
    out = {}
    for section in ("Resources", "Outputs", "Conditions", "Mappings"):
        out[section] = {without_hashes(k): normal(v, env, region) for k, v in (template.get(section) or {}).items()}
    out["Parameters"] = {k: normal(v, {}, region) for k, v in (template.get("Parameters") or {}).items() if k not in env}
    for resource in out["Resources"].values():
        if isinstance(resource, dict):
            waits = resource.pop("DependsOn", [])
            waits = [waits] if isinstance(waits, str) else waits
            waits = sorted(set(without_hashes(w) for w in waits if isinstance(w, str)))
            if waits:
                resource["DependsOn"] = waits
            resource.pop("Version", None)  # of a custom resource: a stack holds none
            if not resource.get("Properties"):
                resource.pop("Properties", None)
    # The hash of a layer is known only where it is packaged.
    out["Outputs"] = {k: v for k, v in out["Outputs"].items() if not k.endswith("LambdaLayerHash")}
    for name, output in out["Outputs"].items():
        if name.endswith("LambdaLayerS3Key"):
            output["Value"] = "code"
    return out


def differences(want, have, at=""):
    if type(want) is not type(have):
        yield at, want, have
    elif isinstance(want, dict):
        for key in list(want) + [k for k in have if k not in want]:
            if key not in have:
                yield f"{at}/{key}", want[key], None
            elif key not in want:
                yield f"{at}/{key}", None, have[key]
            else:
                yield from differences(want[key], have[key], f"{at}/{key}")
    elif isinstance(want, list):
        if len(want) != len(have):
            yield at, want, have
        else:
            for i, (w, h) in enumerate(zip(want, have)):
                yield from differences(w, h, f"{at}[{i}]")
    elif want != have:
        yield at, want, have


def read(row, corpus, args, options, tree=True):
    main = args.work / "trees" / row["file"].replace("/", "__").replace(".yml", "") / row["path"]
    command = [str(args.reader), str(main) if tree and main.exists() else str(corpus / row["file"])]
    command += options
    begun = time.monotonic()
    try:
        ran = subprocess.run(command, capture_output=True, text=True, timeout=30)
    except subprocess.TimeoutExpired:
        return None, "no answer in 30 s", 30.0
    spent = time.monotonic() - begun
    if ran.returncode not in (0, 1):
        return None, f"exit {ran.returncode}: {ran.stderr[-300:]}", spent
    return (json.loads(ran.stdout) if ran.stdout.strip() else {}), ran.stderr, spent


def there_and_back(row, corpus, args, options, tree=True):
    """What the program that is imported compiles to."""
    if options:
        return {}, "the framework wants options that an import does not have", 0.0
    main = args.work / "trees" / row["file"].replace("/", "__").replace(".yml", "") / row["path"]
    source = main if tree and main.exists() else corpus / row["file"]
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(dir=args.work) as scratch:
        program, out = pathlib.Path(scratch) / "program", pathlib.Path(scratch) / "out"
        for command in (["import", source, "-o", program], ["compile", program, "-t", "aws.sam", "-o", out]):
            try:
                ran = subprocess.run([str(args.virga), *map(str, command)], capture_output=True, text=True, timeout=30)
            except subprocess.TimeoutExpired:
                return None, "no answer in 30 s", 30.0
            if ran.returncode not in (0, 1):
                return None, f"{command[0]}: exit {ran.returncode}: {ran.stderr[-300:]}", time.monotonic() - begun
        made = list(out.glob("aws.sam/template.yaml"))
        return (documents.load(made[0]) if made else {}), ran.stdout + ran.stderr, time.monotonic() - begun


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("corpus", type=pathlib.Path)
    parser.add_argument("--serverless", type=pathlib.Path, required=True)
    parser.add_argument("--reader", type=pathlib.Path)
    parser.add_argument("--virga", type=pathlib.Path)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--only", help="a part of the file's name")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--kept", action="store_true", help="packages nothing, and compares with what was packaged before")
    parser.add_argument("--all", action="store_true", help="print every difference of every file")
    args = parser.parse_args()
    args.work = args.work.resolve()
    everything = [r for r in rows(args.corpus, "aws")]
    with open(args.corpus / "INDEX.tsv", encoding="utf-8") as index:
        names = index.readline().rstrip("\n").split("\t")
        whole = [dict(zip(names, line.rstrip("\n").split("\t"))) for line in index]
    chosen = [r for r in everything if not args.only or args.only in r["file"]]
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        packed = list(pool.map(lambda r: package(r, args.corpus, whole, args), chosen))
    refused = [(r, p) for r, p in zip(chosen, packed) if "refused" in p]
    print(f"{len(chosen)} files, {len(chosen) - len(refused)} packaged by the framework")
    reasons = collections.Counter(re.sub(r"\"[^\"]*\"|'[^']*'|\S*/\S*", "…", p["refused"].strip().split("\n")[0])[:110] for _, p in refused)
    for reason, n in reasons.most_common():
        print(f"  refused {n:3}  {reason}")
    if not args.reader and not args.virga:
        return 0
    made = there_and_back if args.virga else read
    equal, slow, crashed, slowest = 0, [], [], 0.0
    by_kind = collections.Counter()
    example = {}
    resources_equal = resources_all = 0
    for row, pack in zip(chosen, packed):
        have, said, spent = made(row, args.corpus, args, pack.get("options", []))
        slowest = max(slowest, spent)
        if spent >= 2:
            slow.append(row["file"])
        if have is None:
            crashed.append((row["file"], said))
            continue
        if "refused" in pack:
            continue
        region = next((s for s in re.findall(r"\"([a-z]{2}-[a-z]+-\d)\"", json.dumps(have.get("Metadata", {})))), "us-east-1")
        want_n, have_n = normal_template(pack["template"], region), normal_template(have, region)
        found = list(differences(want_n, have_n))
        for name, resource in want_n["Resources"].items():
            resources_all += 1
            resources_equal += resource == have_n["Resources"].get(name)
        if not found:
            equal += 1
            continue
        print(f"- {row['file']}: {len(found)}")
        seen = set()
        for at, want, got in found:
            parts = at.split("/")
            named = want_n["Resources"].get(parts[2]) if parts[1] == "Resources" else None
            named = named or (have_n["Resources"].get(parts[2]) if parts[1] == "Resources" else None)
            kind = named.get("Type") if isinstance(named, dict) else parts[2] if len(parts) > 2 else ""
            what = "missing" if got is None else "too many" if want is None else "differs"
            key = f"{what:8} {kind} /" + "/".join(re.sub(r"\[\d+\]", "[]", p) for p in parts[3:])
            if key not in seen:
                by_kind[key] += 1
                seen.add(key)
            example.setdefault(key, (row["file"], at, want, got))
            if args.all:
                print(f"    {at}\n      want {json.dumps(want)[:600]}\n      have {json.dumps(got)[:600]}")
    total = len(chosen) - len(refused)
    print(f"\nequal: {equal} of {total} ({100 * equal / max(total, 1):.1f}%); resources {resources_equal} of {resources_all}")
    print(f"slowest {slowest:.2f} s, over 2 s: {slow}, crashed: {crashed}")
    for key, n in by_kind.most_common(60):
        file, at, want, got = example[key]
        print(f"{n:4}  {key}\n        {file} {at}\n        want {json.dumps(want)[:200]}\n        have {json.dumps(got)[:200]}")
    return 0 if not crashed else 1


if __name__ == "__main__":
    sys.exit(main())
