"""What verify-compose asks of a running stack. Each part says what it saw, and ends with an error where something is not so.

    check.py begin     makes streams, a delivery stream, an application and a bucket, and uses each once
    check.py restarts COMMAND...    restarts each container by COMMAND NAME while writers write, and looks for every acknowledged line
    check.py again     looks for all of it once more
"""

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections import Counter

from stack import Stack, Writer, delivered, records, wait

STREAM, COPIES, BUCKET, DELIVERY, APPLICATION = "load", "copies", "lake", "deliveries", "copier"
MEMORY = os.environ.get("VERIFY_MEMORY", "verified.json")

stack = Stack()
kinesis, firehose, iam, s3 = (stack.client(s, 5) for s in ("kinesis", "firehose", "iam", "s3"))
analytics = stack.client("kinesisanalytics", 5)


def role(name, service, *actions):
    trust = {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}]}
    arn = iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]
    if actions:
        policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": list(actions), "Resource": "*"}]}
        iam.put_role_policy(RoleName=name, PolicyName="own", PolicyDocument=json.dumps(policy))
    return arn


def begin():
    for name, shards in ((STREAM, 2), (COPIES, 1)):
        kinesis.create_stream(StreamName=name, ShardCount=shards)
    for name in (STREAM, COPIES):
        kinesis.get_waiter("stream_exists").wait(StreamName=name, WaiterConfig={"Delay": 1})
    s3.create_bucket(Bucket=BUCKET)
    firehose.create_delivery_stream(
        DeliveryStreamName=DELIVERY,
        ExtendedS3DestinationConfiguration={
            "RoleARN": role("firehose", "firehose.amazonaws.com"), "BucketARN": f"arn:aws:s3:::{BUCKET}", "Prefix": "lines/",
            "BufferingHints": {"SizeInMBs": 1, "IntervalInSeconds": 5}})
    description = lambda: firehose.describe_delivery_stream(DeliveryStreamName=DELIVERY)["DeliveryStreamDescription"]
    wait("the delivery stream is active", lambda: description()["DeliveryStreamStatus"] == "ACTIVE")

    worker = role("analytics", "kinesisanalytics.amazonaws.com", "kinesis:*")
    stream = lambda name: {"ResourceARN": f"arn:aws:kinesis:us-east-1:000000000000:stream/{name}", "RoleARN": worker}
    analytics.create_application(
        ApplicationName=APPLICATION,
        ApplicationCode='CREATE OR REPLACE STREAM "COPY" (line VARCHAR(100));\n'
                        'CREATE OR REPLACE PUMP "PUMP" AS INSERT INTO "COPY" SELECT STREAM line FROM "IN_001";',
        Inputs=[{"NamePrefix": "IN", "KinesisStreamsInput": stream(STREAM), "InputSchema": {
            "RecordFormat": {"RecordFormatType": "CSV", "MappingParameters": {"CSVMappingParameters": {
                "RecordRowDelimiter": "\n", "RecordColumnDelimiter": ","}}},
            "RecordColumns": [{"Name": "LINE", "SqlType": "VARCHAR(100)"}]}}],
        Outputs=[{"Name": "COPY", "KinesisStreamsOutput": stream(COPIES),
                  "DestinationSchema": {"RecordFormatType": "CSV"}}])
    analytics.start_application(ApplicationName=APPLICATION, InputConfigurations=[
        {"Id": "1.1", "InputStartingPositionConfiguration": {"InputStartingPosition": "TRIM_HORIZON"}}])

    kinesis.put_record(StreamName=STREAM, PartitionKey="first", Data=b"first 0")
    firehose.put_record(DeliveryStreamName=DELIVERY, Record={"Data": b"first 0\n"})
    wait("the record is read", lambda: "first 0" in records(kinesis, STREAM).values())
    wait("the record is delivered", lambda: "first 0" in delivered(s3, BUCKET, "lines/"))
    wait("the application copies the record", lambda: "first 0" in copies())
    print("begin: a record was read, one was delivered to S3, one went through an application")
    scrape()
    remember({"records": [], "puts": []})


def copies():
    return [line for data in records(kinesis, COPIES).values() for line in data.splitlines()]


def scrape():
    """As Prometheus does it: with a token of the client `prometheus`."""
    token = stack.token("prometheus")
    for service, family in (("kinesis", "aws_kinesis_"), ("firehose", "jvm_"), ("kinesisanalytics", "jvm_")):
        request = urllib.request.Request(
            stack.url(service) + "/actuator/prometheus", headers={"Authorization": "Bearer " + token})
        text = wait(f"{service} has {family}", lambda: (t := stack.open(request).read().decode()) and family in t and t)
        if os.environ.get("VERIFY_METRICS"):
            with open(os.environ["VERIFY_METRICS"], "a", encoding="utf-8") as file:
                file.write(f"# {service}\n{text}\n")
    print("begin: metrics of three services are given to the client `prometheus`")


def restarts(command):
    names = os.environ.get("VERIFY_RESTARTS", "streams firehose analytics auth s3 postgres").split()
    plain = {name: stack.client(name) for name in ("kinesis", "firehose")}

    def put(line):
        answer = plain["kinesis"].put_record(StreamName=STREAM, PartitionKey=line, Data=line.encode())
        return answer["ShardId"], answer["SequenceNumber"]

    def deliver(line):
        plain["firehose"].put_record(DeliveryStreamName=DELIVERY, Record={"Data": (line + "\n").encode()})

    to_stream = [Writer(f"s{int(time.time())}-{n}", put) for n in range(3)]
    to_delivery = [Writer(f"d{int(time.time())}-{n}", deliver) for n in range(2)]
    for writer in to_stream + to_delivery:
        writer.start()
    time.sleep(3)
    for name in names:
        for writer in to_stream + to_delivery:
            writer.longest_gap = 0.0
        failures = sum(writer.failures for writer in to_stream + to_delivery)
        begun = time.monotonic()
        subprocess.run([*command, name], check=True)
        took = time.monotonic() - begun
        before = [len(writer.acknowledged) for writer in to_stream + to_delivery]
        wait(f"all writers go on after {name}",
             lambda: all(len(w.acknowledged) > b + 20 for w, b in zip(to_stream + to_delivery, before)))
        print(f"{name}: stopped and started within {took:.1f} s; longest pause of a writer "
              f"{max(w.longest_gap for w in to_stream):.1f} s (streams), {max(w.longest_gap for w in to_delivery):.1f} s (Firehose); "
              f"{sum(w.failures for w in to_stream + to_delivery) - failures} requests failed and were repeated", flush=True)
    for writer in to_stream + to_delivery:
        writer.end()
    known = remembered()
    known["records"] += [[line, *place] for w in to_stream for line, place in w.acknowledged]
    known["puts"] += [line for w in to_delivery for line, _ in w.acknowledged]
    remember(known)
    again()


def again():
    known = remembered()
    there = records(kinesis, STREAM)
    lost = [line for line, shard, number in known["records"] if there.get((shard, number)) != line]
    if lost:
        raise SystemExit(f"LOST: {len(lost)} of {len(known['records'])} acknowledged records, such as {lost[:3]}")
    lines = Counter(there.values())
    print(f"{len(known['records'])} acknowledged records are there under their sequence numbers; "
          f"{sum(lines.values()) - len(lines)} more are repetitions by writers that got no answer")
    lines = wait("every line is delivered",
                 lambda: (got := delivered(s3, BUCKET, "lines/")) and not set(known["puts"]) - set(got) and got, 300)
    print(f"{len(known['puts'])} acknowledged lines are in S3; {len(lines) - len(set(lines))} lines are there more than once")
    wanted = {line for line, _, _ in known["records"]}
    lines = wait("the application has copied every record", lambda: (got := copies()) and not wanted - set(got) and got, 300)
    print(f"the application has copied {len(wanted)} records; {len(lines) - len(set(lines))} copies are there more than once")


def remember(what):
    with open(MEMORY, "w", encoding="utf-8") as file:
        json.dump(what, file)


def remembered():
    with open(MEMORY, encoding="utf-8") as file:
        return json.load(file)


if __name__ == "__main__":
    {"begin": begin, "again": again}.get(sys.argv[1], lambda: restarts(sys.argv[2:]))()
