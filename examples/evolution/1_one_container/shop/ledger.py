"""Orders as rows. Where the database is, the environment says; without one they lie in memory, for tests."""

import json
import os
import sqlite3
import uuid


class Ledger:
    def __init__(self, connection=None):
        self.rows, self.mark = connection or _connect()
        self._do("create table if not exists orders (id varchar(40) primary key, buyer text, items text, total integer)")

    def add(self, buyer, items, total):
        order = str(uuid.uuid4())
        self._do("insert into orders values (?, ?, ?, ?)", order, buyer, json.dumps(items), total)
        return order

    def find(self, order):
        row = self._do("select items, total from orders where id = ?", order).fetchone()
        return {"order": order, "items": json.loads(row[0]), "total": row[1]} if row else None

    def _do(self, sql, *values):
        cursor = self.rows.cursor()
        cursor.execute(sql.replace("?", self.mark), values)
        self.rows.commit()
        return cursor


def _connect():
    if "LEDGER_ADDRESS" not in os.environ:
        return sqlite3.connect(":memory:", check_same_thread=False), "?"
    import psycopg  # in the image alone

    owner = json.loads(_secret(os.environ["LEDGER_SECRET_NAME"]))
    return psycopg.connect(host=os.environ["LEDGER_ADDRESS"], port=os.environ["LEDGER_PORT"],
                           dbname=os.environ["LEDGER_DATABASE"], user=owner["username"], password=owner["password"]), "%s"


def _secret(name):
    """On both clouds the same JSON, read by the role of the container."""
    if name.startswith("arn:"):
        import boto3

        return boto3.client("secretsmanager").get_secret_value(SecretId=name)["SecretString"]
    from alibabacloud_oos20190601.client import Client  # the image for Alibaba Cloud installs it instead of boto3
    from alibabacloud_oos20190601.models import GetSecretParameterRequest
    from alibabacloud_credentials.client import Client as Credentials
    from alibabacloud_tea_openapi.models import Config

    region = os.environ["FC_REGION"]
    client = Client(Config(credential=Credentials(), endpoint=f"oos.{region}.aliyuncs.com"))
    request = GetSecretParameterRequest(region_id=region, name=name, with_decryption=True)
    return client.get_secret_parameter(request).body.parameter.value
