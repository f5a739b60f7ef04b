import json
import os

import boto3

QUEUE = boto3.client("sqs")


def handler(event, context):
    feedback = json.loads(event["body"])
    QUEUE.send_message(QueueUrl=os.environ["QUEUE_URL"], MessageBody=json.dumps(feedback))
    return {"statusCode": 202}
