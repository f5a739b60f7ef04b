"""What an edge to a workflow allows: to start an execution, and to say how a step ended that waits for a callback."""

import json
import os
import urllib.parse

import virga


def _cloudflow(action, query, **form):
    host = f"{os.environ['FC_REGION']}.fnf.aliyuncs.com"
    return virga._acs(action, "2019-03-15", host, "/", query, urllib.parse.urlencode(form).encode(),
                      "application/x-www-form-urlencoded", {"accept": "application/json"})


def start(node, document):
    """`a ~> node`: starts an execution with this input."""
    kind, value = virga.address(node, "WORKFLOW_ARN", "WORKFLOW_NAME")
    if kind == "LOCAL":
        virga.local.sent.append((node, document))
    elif kind == "WORKFLOW_ARN":
        virga._boto("stepfunctions").start_execution(stateMachineArn=value, input=json.dumps(document))
    else:
        _cloudflow("StartExecution", {}, FlowName=value, Input=json.dumps(document))


def call_back(node, token, result):
    """`a ~> node.callback`: the step ended well, and this is its result."""
    kind, _ = virga.address(node, "WORKFLOW_ARN", "WORKFLOW_NAME")
    if kind == "LOCAL":
        virga.local.sent.append((token, result))
    elif kind == "WORKFLOW_ARN":
        virga._boto("stepfunctions").send_task_success(taskToken=token, output=json.dumps(result))
    else:
        _cloudflow("ReportTaskSucceeded", {"TaskToken": token}, Output=json.dumps(result))
