"""Clients of a stack that compose runs, and the load that it is restarted under. Used by verify-compose."""

import configparser
import json
import os
import threading
import time
import urllib.request
import ssl
import base64

import boto3
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.exceptions import BotoCoreError, ClientError


class Stack:
    """Where everything is: secrets' folder and ports from the environment that verify-compose sets."""

    def __init__(self):
        self.secrets = os.environ["RIACHO_SECRETS"]
        self.ca = os.path.join(self.secrets, "ca.crt")
        keys = configparser.ConfigParser()
        keys.read(os.path.join(self.secrets, "credentials"))
        self.key = keys["default"]

    def url(self, service):
        owner = {
            "kinesis": "STREAMS", "dynamodb": "STREAMS", "cloudwatch": "STREAMS", "firehose": "FIREHOSE", "glue": "FIREHOSE",
            "kinesisanalytics": "ANALYTICS", "s3": "S3",
        }.get(service, "AUTH")
        scheme = "http" if owner == "S3" else "https"
        return f"{scheme}://localhost:{os.environ[f'RIACHO_{owner}_PORT']}"

    def client(self, service, attempts=1, key=None, patience=15):
        """Patience is for an answer, in seconds."""
        key = key or self.key
        return boto3.client(
            service, endpoint_url=self.url(service), region_name="us-east-1", verify=self.ca,
            aws_access_key_id=key["aws_access_key_id"], aws_secret_access_key=key["aws_secret_access_key"],
            config=Config(retries={"total_max_attempts": attempts}, connect_timeout=5, read_timeout=patience,
                          s3={"addressing_style": "path"}, max_pool_connections=20))

    def token(self, client):
        """By client credentials, as a service gets it."""
        with open(os.path.join(self.secrets, f"{client}-client"), encoding="ascii") as file:
            basic = base64.b64encode(f"{client}:{file.read().strip()}".encode()).decode()
        request = urllib.request.Request(
            self.url("iam") + "/oauth2/token", data=b"grant_type=client_credentials", headers={"Authorization": "Basic " + basic})
        return json.load(self.open(request))["access_token"]

    def signed(self, service, path):
        """A GET of the REST API, by the root."""
        request = AWSRequest("GET", self.url(service) + path)
        SigV4Auth(Credentials(self.key["aws_access_key_id"], self.key["aws_secret_access_key"]), service, "us-east-1").add_auth(request)
        return self.open(urllib.request.Request(request.url, headers=dict(request.headers)))

    def open(self, request, certificate=None):
        """By TLS, with the certificate of a service where one is named."""
        context = ssl.create_default_context(cafile=self.ca)
        if certificate:
            context.load_cert_chain(*(os.path.join(self.secrets, f"{certificate}.{part}") for part in ("crt", "key")))
        return urllib.request.urlopen(request, context=context, timeout=15)


def wait(what, condition, seconds=180):
    """Until the condition gives something; failures on the way are those of a server that is away."""
    end = time.monotonic() + seconds
    last = None
    while time.monotonic() < end:
        try:
            found = condition()
            if found:
                return found
        except (BotoCoreError, ClientError, OSError) as failure:
            last = failure
        time.sleep(0.5)
    raise SystemExit(f"not within {seconds} s: {what} ({last})")


class Writer(threading.Thread):
    """Writes lines `NAME NUMBER` in order, each until it is acknowledged, and knows which were."""

    def __init__(self, name, put, pause=0.02):
        super().__init__(daemon=True)
        self.name, self.put, self.pause = name, put, pause
        self.acknowledged, self.failures = [], 0
        self.longest_gap, self.last = 0.0, time.monotonic()
        self.ending = threading.Event()

    def run(self):
        number = 0
        while not self.ending.is_set():
            try:
                self.acknowledged.append((f"{self.name} {number}", self.put(f"{self.name} {number}")))
                now = time.monotonic()
                self.longest_gap, self.last = max(self.longest_gap, now - self.last), now
                number += 1
                time.sleep(self.pause)
            except (BotoCoreError, ClientError, OSError):
                # Perhaps it was taken and the answer lost: then the line is there twice.
                self.failures += 1
                time.sleep(0.2)

    def end(self):
        self.ending.set()
        self.join(60)


def records(kinesis, stream):
    """Every record, as {(shard, sequence number): data}."""
    found = {}
    for shard in kinesis.list_shards(StreamName=stream)["Shards"]:
        name = shard["ShardId"]
        iterator = kinesis.get_shard_iterator(StreamName=stream, ShardId=name, ShardIteratorType="TRIM_HORIZON")["ShardIterator"]
        while iterator:
            try:
                answer = kinesis.get_records(ShardIterator=iterator, Limit=10000)
            except kinesis.exceptions.ProvisionedThroughputExceededException:
                time.sleep(0.3)
                continue
            for record in answer["Records"]:
                found[name, record["SequenceNumber"]] = record["Data"].decode()
            iterator = answer.get("NextShardIterator")
            if not answer["Records"] and answer["MillisBehindLatest"] == 0:
                break
    return found


def delivered(s3, bucket, prefix):
    """Every line of every object."""
    lines = []
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix):
        for item in page.get("Contents", []):
            lines += s3.get_object(Bucket=bucket, Key=item["Key"])["Body"].read().decode().splitlines()
    return lines
