# Calls a handler once, as AWS Lambda would: run.py EVENT RESULT. The code is the current folder.
import importlib
import json
import os
import sys
import time

started = time.time()


class Context:
    function_name = os.environ["AWS_LAMBDA_FUNCTION_NAME"]
    function_version = "$LATEST"
    invoked_function_arn = os.environ.get("CODEBUILD_BUILD_ARN", "")
    aws_request_id = os.environ.get("VIRGA_EXECUTION_ARN", "").rsplit(":", 1)[-1]
    memory_limit_in_mb = os.environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "")

    @staticmethod
    def get_remaining_time_in_millis():
        return max(0, int(1000 * (started + int(os.environ["VIRGA_TIMEOUT"]) - time.time())))


sys.path.insert(0, os.getcwd())
module, _, name = os.environ["VIRGA_HANDLER"].rpartition(".")
handler = getattr(importlib.import_module(module.replace("/", ".")), name)
with open(sys.argv[1], encoding="utf-8") as event:
    answer = json.dumps(handler(json.load(event), Context()))
if len(answer) > int(os.environ["VIRGA_ANSWER_MAX"]):
    print(f"the answer has {len(answer)} characters and is left out of the record")
    answer = json.dumps({"left_out": len(answer)})
with open(sys.argv[2], "w", encoding="utf-8") as result:
    result.write(answer)
