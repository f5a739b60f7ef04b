#!/usr/bin/env python3
"""Golden imports: each folder of tests/import/golden holds a template and the program that is made of it.

    tests/import/golden.py --virga build/virga [--accept] [NAME …]

Of each the program must be the one in `expect.virga`, with the files in `expect/` beside it, and its report the one in
`expect.json`; compiled for the same format it must give a template of which a second import makes the same program. Accepting
is reading the difference. Each folder of examples/migrations and tests/import/moves is moved to another cloud, and all that is made stands
beside its template.
"""
import argparse
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent / "golden"
MIGRATIONS = HERE.parents[2] / "examples" / "migrations"
MOVES = HERE.parent / "moves"


def run(arguments):
    done = subprocess.run([str(a) for a in arguments], capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


def imported(virga, template, folder, app):
    """What an import of `template` gives: its report, and path → text of what it wrote into `folder`."""
    code, out, err = run([virga, "import", template, "-o", folder, "--app", app, "--json"])
    report = json.loads(out) if out else {}
    report.pop("template", None)
    report["exit"] = code
    files = {str(p.relative_to(folder)): p.read_text() for p in sorted(folder.rglob("*")) if p.is_file()}
    return report, files, err


def template_of(case):
    names = ("template.yaml", "template.yml", "s.yaml", "s.yml", "serverless.yml", "main.tf", "main.tf.json", "terraform.tfstate", "shown.json")
    return next(case / name for name in names if (case / name).is_file())


def check(virga, case, accept):
    problems = []
    template = template_of(case)
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch) / "program"
        folder.mkdir()
        given = [p.relative_to(case) for p in sorted(case.rglob("*")) if p.is_file() and not p.relative_to(case).parts[0].startswith("expect")]
        for part in given:
            (folder / part).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(case / part, folder / part)  # where it lies the paths in it need no way from elsewhere
        report, files, err = imported(virga, folder / template.name, folder, case.name)
        for part in given:
            files.pop(str(part))
        made = {"expect.json": json.dumps(report, indent=2, ensure_ascii=False) + "\n"}
        for path, text in files.items():
            made["expect.virga" if path == case.name + ".virga" else "expect/" + path] = text
        if accept:
            for path, text in made.items():
                (case / path).parent.mkdir(parents=True, exist_ok=True)
                (case / path).write_text(text)
        for path, text in made.items():
            expected = case / path
            if not expected.is_file() or expected.read_text() != text:
                problems.append(f"{case.name}: {path} is another one now")
        for path in sorted(case.rglob("*")):
            name = str(path.relative_to(case))
            if path.is_file() and name.startswith("expect") and name not in made:
                problems.append(f"{case.name}: {name} is not made any more")
        if report["exit"] != 0:
            return problems
        target = report["from"]
        out = pathlib.Path(scratch) / "out"
        code, _, err = run([virga, "compile", folder, "--target", target, "-o", out])
        if code != 0:
            problems.append(f"{case.name}: what was imported does not compile: {err}")
            return problems
        again = template_of(out / target)
        second = pathlib.Path(scratch) / "second"
        second.mkdir()
        place = second / again.name
        for part in [p for p in again.parent.iterdir() if p.is_file() and p.suffix == again.suffix]:
            (second / part.name).write_text(re.sub(r"(\.\./)+program/", "", part.read_text()))
        for part in [p for p in given if len(p.parts) > 1]:  # what the template names by a path
            (second / part).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(case / part, second / part)
        _, twice, _ = imported(virga, place, second, case.name)
        # Code lies elsewhere seen from there, and the program that names it; what stands in the engine's words may stand in
        # another order. All else is the same.
        plain = lambda text: sorted(re.sub(r"(\.\./)+program/", "", text).replace('"./', '"').replace("/\"", '"').split())
        if plain(twice[case.name + ".virga"]) != plain(files[case.name + ".virga"]):
            problems.append(f"{case.name}: a second import makes another program of it")
    return problems


def moved(virga, case, accept):
    """A migration: all that is made stands beside the template, but the zips. A file in `loads/` says how much comes."""
    problems = []
    template = template_of(case)
    target = "aliyun.ros" if template.name == "template.yaml" else "aws.sam"
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch) / case.name
        given = [template.name, *([d for d in ("src", "code", "statemachine", "api", "loads", "parts") if (case / d).is_dir()])]
        folder.mkdir()
        for name in given:
            source = case / name
            (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
        loads = [part for path in folder.glob("loads/*.virga") for part in ("--loads", path)]
        code, _, err = run([virga, "migrate", folder / template.name, "--to", target, "-o", folder, *loads])
        if code != 0:
            problems.append(f"{case.name}: exit code {code}: {err}")
        made = {str(p.relative_to(folder)): p.read_text() for p in sorted(folder.rglob("*"))
                if p.is_file() and p.suffix != ".zip" and p.relative_to(folder).parts[0] not in given}
        # The program that it leaves behind is one: it compiles for both clouds.
        code, _, err = run([virga, "compile", folder, "-o", pathlib.Path(scratch) / "out"])
        if code != 0:
            problems.append(f"{case.name}: the program does not compile: {err}")
    if not any(path.startswith(target + "/") for path in made):
        problems.append(f"{case.name}: no template was made")
    for path, text in made.items():
        expected = case / path
        if accept:
            expected.parent.mkdir(parents=True, exist_ok=True)
            expected.write_text(text)
        if not expected.is_file() or expected.read_text() != text:
            problems.append(f"{case.name}: {path} is another one now")
    for path in sorted(case.rglob("*")):
        name = path.relative_to(case)
        if path.is_file() and name.parts[0] not in given and str(name) not in made:
            problems.append(f"{case.name}: {name} is not made any more")
    return problems


def blocked(virga, name, target, expected):
    """What cannot arrive is said, blocks, and leaves no template. Gives the problems, and the rows by id and property."""
    template = template_of(HERE / name)
    with tempfile.TemporaryDirectory() as scratch:
        code, out, _ = run([virga, "migrate", template, "--to", target, "-o", scratch, "--form", "json"])
        report = json.loads(out)
        made = [p for p in pathlib.Path(scratch).rglob("*") if target in str(p)]
    rows = [row["id"] for row in report["rows"] if row.get("blocking")]
    problems = []
    if code != 1 or report["made"] or made or not expected <= set(rows) or report["blocking"] != len(rows):
        problems.append(f"{name}: exit code {code}, made {made}, blocking {sorted(rows)}")
    return problems, {(row["id"], row.get("property", "")): row for row in report["rows"]}


def left_behind(virga):
    """What only one cloud has, stands beside a function, and what is made up for the other one: each is told."""
    problems, _ = blocked(virga, "cfn_sections", "aliyun.ros", {"Group"})
    more, rows = blocked(virga, "serverless_devs_triggers", "aws.sam", {"tracking.rehearsal", "tracking.blocked"})
    told = {("tracking.open", ""): "exact", ("tracking.rehearsal", ""): "impossible", ("tracking_domain", ""): "degraded",
            ("archive", ""): "emulated", ("listener", "runtime"): "code", ("states", ""): "degraded"}
    for place, fate in told.items():
        if rows.get(place, {}).get("fate") != fate:
            more.append(f"serverless_devs_triggers: {place} is {rows.get(place)}, and not {fate}")
    if "is made up" not in rows[("states", "")].get("says", ""):
        more.append("serverless_devs_triggers: nobody says that the key of `states` is made up")
    return problems + more


def unread(virga):
    """What of a template cannot be read cannot move either: the rest is no whole."""
    with tempfile.TemporaryDirectory() as scratch:
        template = pathlib.Path(scratch) / "template.json"
        template.write_text(json.dumps({"Resources": {"Q": {"Type": "AWS::SQS::Queue"}, "Broken": {"Properties": {}},
                                                      "Pay": {"Type": "AWS::Serverless::StateMachine", "Properties": {"DefinitionUri": "pay.asl.json"}}},
                                        "Transform": "AWS::Serverless-2016-10-31"}))
        code, out, _ = run([virga, "migrate", template, "--to", "aliyun.ros", "-o", scratch + "/out", "--form", "json"])
        report = json.loads(out)
        made = [p for p in pathlib.Path(scratch).rglob("*") if "aliyun.ros" in str(p)]
    rows = {row["id"]: row["says"] for row in report["rows"] if row.get("blocking")}
    # The steps of a flow that nobody says are asked for where the flow is.
    if code != 1 or report["made"] or made or "Broken" not in rows.get("", "") or "no steps" not in rows.get("Pay", ""):
        return [f"an unread resource: exit code {code}, made {made}, blocking {rows}"]
    return []


def in_between(virga):
    """A pipe that has something called in between would bring something else without it."""
    with tempfile.TemporaryDirectory() as scratch:
        case = HERE / "sam_site_pipes"
        code, out, _ = run([virga, "migrate", case / "template.yaml", "--to", "aliyun.ros", "-o", scratch + "/out", "--form", "json"])
    report = json.loads(out)
    says = {(row["id"], row.get("property", "")): row["says"] for row in report["rows"] if row.get("blocking")}
    if code != 1 or report["made"] or "in between" not in says.get(("OrdersToNews", "Enrichment"), ""):
        return [f"an enrichment: exit code {code}, blocking {says}"]
    return []


def closed(virga):
    """Routes of single resources that would be open to everybody, or lead to no function, keep the gateway from arriving."""
    method = {"RestApiId": {"Ref": "Api"}, "ResourceId": {"Fn::GetAtt": ["Api", "RootResourceId"]}}
    uri = {"Fn::Sub": "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${F.Arn}/invocations"}
    asked = {"Signed": {"HttpMethod": "GET", "AuthorizationType": "AWS_IAM", "Integration": {"Type": "AWS_PROXY", "Uri": uri}},
             "Keyed": {"HttpMethod": "PUT", "ApiKeyRequired": True, "Integration": {"Type": "AWS_PROXY", "Uri": uri}},
             "Queue": {"HttpMethod": "POST", "Integration": {"Type": "AWS", "Uri": "arn:aws:apigateway:eu-west-1:sqs:path/1234/q"}},
             "Round": {"HttpMethod": "GET", "ResourceId": {"Ref": "Circle"}, "Integration": {"Type": "AWS_PROXY", "Uri": uri}}}
    resources = {"F": {"Type": "AWS::Serverless::Function", "Properties": {"CodeUri": "src", "Handler": "a.b", "Runtime": "python3.12"}},
                 "Api": {"Type": "AWS::ApiGateway::RestApi", "Properties": {"Name": "api"}},
                 "Circle": {"Type": "AWS::ApiGateway::Resource",
                            "Properties": {"RestApiId": {"Ref": "Api"}, "ParentId": {"Ref": "Circle"}, "PathPart": "x"}}}
    resources |= {name: {"Type": "AWS::ApiGateway::Method", "Properties": method | said} for name, said in asked.items()}
    with tempfile.TemporaryDirectory() as scratch:
        template = pathlib.Path(scratch) / "template.json"
        template.write_text(json.dumps({"Transform": "AWS::Serverless-2016-10-31", "Resources": resources}))
        code, out, _ = run([virga, "migrate", template, "--to", "aliyun.ros", "-o", scratch + "/out", "--form", "json"])
    says = " | ".join(row["says"] for row in json.loads(out)["rows"] if row.get("blocking"))
    wanted = ["who may call it only the template says", "`POST /`: it asks a service", "`GET `: its path is none of the language"]
    missing = [w for w in wanted if w not in says]
    return [f"routes of single resources: exit code {code}, {missing} not in {says}"] if code != 1 or missing else []


def many(virga):
    """A role that hundreds share and that allows hundreds of things: so many edges are said, and of the rest a report tells."""
    table = {"Type": "AWS::DynamoDB::Table", "Properties": {"BillingMode": "PAY_PER_REQUEST",
             "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}], "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}]}}
    function = {"Type": "AWS::Serverless::Function", "Properties": {"CodeUri": "src", "Handler": "a.b", "Runtime": "python3.12",
                "Role": {"Fn::GetAtt": ["Role", "Arn"]}}}
    statements = [{"Effect": "Allow", "Action": "dynamodb:GetItem", "Resource": {"Fn::GetAtt": [f"T{i}", "Arn"]}} for i in range(60)]
    resources = {"Role": {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": {}, "Policies": [
        {"PolicyName": "p", "PolicyDocument": {"Statement": statements}}]}}}
    resources |= {f"T{i}": table for i in range(60)} | {f"F{i}": function for i in range(60)}
    with tempfile.TemporaryDirectory() as scratch:
        template = pathlib.Path(scratch) / "template.json"
        template.write_text(json.dumps({"Transform": "AWS::Serverless-2016-10-31", "Resources": resources}))
        _, out, _ = run([virga, "migrate", template, "--to", "aliyun.ros", "-o", scratch + "/out", "--form", "json"])
    rows = json.loads(out)["rows"]
    edges = sum(":Statement" in row["type"] for row in rows)
    told = sum("3000 edges are said already" in row.get("says", "") for row in rows)
    return [] if edges == 3000 and told == 10 else [f"a role of sixty functions: {edges} edges, {told} statements that are told of"]


def nested(virga):
    """What passes between a template and one that it names keeps the outer one from arriving; the inner one arrives."""
    with tempfile.TemporaryDirectory() as scratch:
        case = pathlib.Path(scratch) / "sam_nested"
        shutil.copytree(HERE / "sam_nested", case)
        (case / "orders" / "src").mkdir()
        (case / "orders" / "src" / "app.py").write_text("def handler(event, context):\n    return event\n")
        code, out, _ = run([virga, "migrate", case / "template.yaml", "--to", "aliyun.ros", "-o", scratch + "/out", "--form", "json"])
        made = sorted(str(p.relative_to(scratch + "/out")) for p in pathlib.Path(scratch + "/out").rglob("template.yaml"))
    report = json.loads(out)
    says = {row["id"]: row["says"] for row in report["rows"] if row.get("blocking")}
    inner = report.get("nested", [{}])[0]
    fine = code == 1 and not report["made"] and inner.get("made") and made == ["orders/aliyun.ros/template.yaml"]
    if not fine or "`TableName`, `Outputs.QueueUrl`" not in says.get("Orders", "") or "is not here" not in says.get("Stock", ""):
        return [f"nested templates: exit code {code}, made {made}, blocking {says}"]
    return []


def deep(virga):
    """Templates that are nested without end in other files are left out from some depth on, and that is told."""
    with tempfile.TemporaryDirectory() as scratch:
        for n in range(60):
            (pathlib.Path(scratch) / f"t{n}.json").write_text(json.dumps({"AWSTemplateFormatVersion": "2010-09-09", "Resources": {
                "Q": {"Type": "AWS::SQS::Queue"}, "Next": {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": f"t{n + 1}.json"}}}}))
        problems = []
        for command in (["import"], ["migrate", "--to", "aliyun.ros"]):
            code, _, err = run([virga, command[0], pathlib.Path(scratch) / "t0.json", *command[1:], "-o", scratch + "/" + command[0]])
            made = len(list(pathlib.Path(scratch + "/" + command[0]).rglob("*.virga")))
            if code != 1 or made != 50 or "nested more than 50 deep" not in err:
                problems.append(f"deep nesting: {command[0]} gives {made} programs, exit code {code}")
    return problems


def cost_before(virga):
    """Of an app that cannot arrive what it costs where it stands is told, and why no more."""
    with tempfile.TemporaryDirectory() as scratch:
        template, loads = pathlib.Path(scratch) / "template.json", pathlib.Path(scratch) / "loads.virga"
        template.write_text(json.dumps({"Resources": {
            "Orders": {"Type": "AWS::SQS::Queue"}, "Told": {"Type": "AWS::SNS::Topic"}, "Fleet": {"Type": "AWS::GameLift::Fleet"},
            "Both": {"Type": "AWS::SNS::Subscription", "Properties": {
                "Protocol": "sqs", "TopicArn": {"Ref": "Told"}, "Endpoint": {"Fn::GetAtt": ["Orders", "Arn"]}}}}}))
        loads.write_text("told ~> orders { load = 5rps  payload = 2KB }\n")
        asked = [virga, "migrate", template, "--from", "aws.sam", "--to", "aliyun.ros"]
        code, out, _ = run([*asked, "--loads", loads, "--form", "json"])
        report = json.loads(out)
        _, without, _ = run([*asked, "--form", "json"])
        beside, _, said = run([*asked, "--loads", loads, "-o", scratch])
    costs = report["costs"] or {}
    problems = []
    if code != 1 or not costs.get("before") or costs.get("after") or "one thing blocks" not in costs.get("missing", ""):
        problems.append(f"what cannot arrive: exit code {code}, {report['cost']}")
    if json.loads(without)["costs"] is not None or "`told ~> orders { load = 5rps }`" not in json.loads(without)["cost"]:
        problems.append(f"without loads: {json.loads(without)['cost']}")
    if beside != 3 or "another folder" not in said:
        problems.append(f"loads beside the program that is written: exit code {beside}: {said}")
    return problems


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--virga", required=True, type=pathlib.Path)
    parser.add_argument("--accept", action="store_true")
    parser.add_argument("names", nargs="*")
    asked = parser.parse_args()
    cases = [c for c in sorted(HERE.iterdir()) if c.is_dir() and (not asked.names or c.name in asked.names)]
    virga = asked.virga.resolve()
    problems = [p for case in cases for p in check(virga, case, asked.accept)]
    moves = [c for folder in (MIGRATIONS, MOVES) for c in sorted(folder.iterdir()) if c.is_dir()]
    for case in moves:
        if not asked.names or case.name in asked.names:
            problems += moved(virga, case, asked.accept)
    problems += left_behind(virga) + unread(virga) + in_between(virga) + closed(virga) + many(virga) + nested(virga) + deep(virga) + cost_before(virga)
    for problem in problems:
        print(problem)
    print(f"imports and migrations: {len(cases)} imported, {len(moves)} moved, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
