"""Drives boto3 for the compatibility tests: one JSON call a line on stdin, one JSON answer a line on stdout.

A call is {"operation": "PutRecord", "parameters": {...}}; blobs are Base64 and times ISO 8601, in both directions.
An answer is {"result": {...}} or {"failure": {"type", "code", "message", "status"}}, type being the class of the exception.
"""

import base64
import datetime
import json
import os
import sys

import boto3
import botocore.auth
import botocore.config
import botocore.exceptions
from botocore import xform_name


def to_boto(value, name=None):
    if isinstance(value, dict):
        return {key: to_boto(item, key) for key, item in value.items()}
    if isinstance(value, list):
        return [to_boto(item, name) for item in value]
    if name == "Data":
        return base64.b64decode(value)
    if name in ("Timestamp", "StreamCreationTimestamp"):
        return datetime.datetime.fromisoformat(value.replace("Z", "+00:00"))
    return value


def from_boto(value):
    if isinstance(value, dict):
        return {key: from_boto(item) for key, item in value.items() if key != "ResponseMetadata"}
    if isinstance(value, list):
        return [from_boto(item) for item in value]
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, datetime.datetime):
        return value.isoformat()
    return value


def skew_clock(offset):
    if offset:
        true_clock = botocore.auth.get_current_datetime
        botocore.auth.get_current_datetime = lambda *arguments, **named: true_clock(
            *arguments, **named
        ) + datetime.timedelta(seconds=offset)


def subscribe(client, parameters):
    """Reads a subscription to its end; gives all records, and the children that the last event names."""
    records, children = [], []
    for event in client.subscribe_to_shard(**to_boto(parameters))["EventStream"]:
        records += event["SubscribeToShardEvent"]["Records"]
        children = event["SubscribeToShardEvent"].get("ChildShards", [])
    return {"Records": records, "ChildShards": children}


def call(client, operation, parameters):
    try:
        if operation == "SubscribeToShard":
            return {"result": from_boto(subscribe(client, parameters))}
        return {"result": from_boto(getattr(client, xform_name(operation))(**to_boto(parameters)))}
    except botocore.exceptions.ClientError as failure:
        return {
            "failure": {
                "type": type(failure).__name__,
                "code": failure.response["Error"]["Code"],
                "message": failure.response["Error"]["Message"],
                "status": failure.response["ResponseMetadata"]["HTTPStatusCode"],
            }
        }
    except Exception as failure:
        return {"failure": {"type": type(failure).__name__, "code": "", "message": str(failure), "status": 0}}


def main():
    skew_clock(float(os.environ["CLOCK_OFFSET_SECONDS"]))
    client = boto3.client(
        os.environ["SERVICE"],
        config=botocore.config.Config(
            retries={"mode": "standard", "total_max_attempts": int(os.environ["ATTEMPTS"])}
        ),
    )
    for line in sys.stdin:
        request = json.loads(line)
        print(json.dumps(call(client, request["operation"], request["parameters"])), flush=True)


main()
