"""What verify-compose asks of a running stack. Each part says what it saw, and ends with an error where something is not so.

    check.py begin     makes streams, a delivery stream, an application and a bucket, and uses each once
    check.py restarts COMMAND...    restarts each container by COMMAND NAME while writers write, and looks for every acknowledged line
    check.py search    makes a delivery stream to the node of the profile opensearch, and puts a record
    check.py again     looks for all of it once more
    check.py backup COMMAND...      runs COMMAND while writers write, and keeps in mind what was acknowledged before
    check.py restored  looks for that in what was restored, and uses it as begin did
"""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter

from botocore.exceptions import ClientError

from stack import Stack, Writer, delivered, records, wait

STREAM, COPIES, BUCKET, DELIVERY, APPLICATION = "load", "copies", "lake", "deliveries", "copier"
QUESTIONS, ANSWERS, LOOKUP = "questions", "answers", "lookup"
SEALED = "sealed"
MEMORY = os.environ.get("VERIFY_MEMORY", "verified.json")

stack = Stack()
kinesis, firehose, iam, s3 = (stack.client(s, 5) for s in ("kinesis", "firehose", "iam", "s3"))
# The first application to start loads Flink; a request that is given up and repeated finds it starting, and is refused.
analytics = stack.client("kinesisanalytics", 5, patience=120)


def role(name, service, *actions):
    trust = {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}]}
    arn = iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]
    if actions:
        policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": list(actions), "Resource": "*"}]}
        iam.put_role_policy(RoleName=name, PolicyName="own", PolicyDocument=json.dumps(policy))
    return arn


def begin():
    for name, shards in ((STREAM, 2), (COPIES, 1), (QUESTIONS, 1), (ANSWERS, 1)):
        kinesis.create_stream(StreamName=name, ShardCount=shards)
    for name in (STREAM, COPIES, QUESTIONS, ANSWERS):
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
    stream = lambda name: endpoint(name, worker)
    analytics.create_application(
        ApplicationName=APPLICATION,
        ApplicationCode='CREATE OR REPLACE STREAM "COPY" (line VARCHAR(100));\n'
                        'CREATE OR REPLACE PUMP "PUMP" AS INSERT INTO "COPY" SELECT STREAM line FROM "IN_001";',
        Inputs=[{"NamePrefix": "IN", "KinesisStreamsInput": stream(STREAM), "InputSchema": csv("LINE")}],
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
    reference()
    usage()
    changes()
    issuer()
    authority()
    scrape()
    remember({"records": [], "puts": []})


def endpoint(stream, arn):
    return {"ResourceARN": f"arn:aws:kinesis:us-east-1:000000000000:stream/{stream}", "RoleARN": arn}


def csv(*columns):
    return {
        "RecordFormat": {"RecordFormatType": "CSV", "MappingParameters": {"CSVMappingParameters": {
            "RecordRowDelimiter": "\n", "RecordColumnDelimiter": ","}}},
        "RecordColumns": [{"Name": name, "SqlType": "VARCHAR(100)"} for name in columns]}


def reference():
    """An application that joins with an object in the stack's S3, which its role may read; and one whose role may not."""
    s3.put_object(Bucket=BUCKET, Key="companies.csv", Body=b"AMZN,Amazon\n")
    may = role("lookup", "kinesisanalytics.amazonaws.com", "kinesis:*", "s3:GetObject")
    may_not = role("blind", "kinesisanalytics.amazonaws.com", "kinesis:*")
    analytics.create_application(
        ApplicationName=LOOKUP,
        ApplicationCode='CREATE OR REPLACE STREAM "FOUND" (company VARCHAR(100));\n'
                        'CREATE OR REPLACE PUMP "PUMP" AS INSERT INTO "FOUND" SELECT STREAM c.company FROM "IN_001" '
                        'JOIN "COMPANIES" AS c ON "IN_001".ticker = c.ticker;',
        Inputs=[{"NamePrefix": "IN", "KinesisStreamsInput": endpoint(QUESTIONS, may), "InputSchema": csv("TICKER")}],
        Outputs=[{"Name": "FOUND", "KinesisStreamsOutput": endpoint(ANSWERS, may),
                  "DestinationSchema": {"RecordFormatType": "CSV"}}])
    analytics.add_application_reference_data_source(
        ApplicationName=LOOKUP, CurrentApplicationVersionId=1, ReferenceDataSource={
            "TableName": "COMPANIES", "ReferenceSchema": csv("TICKER", "COMPANY"),
            "S3ReferenceDataSource": {
                "BucketARN": f"arn:aws:s3:::{BUCKET}", "FileKey": "companies.csv", "ReferenceRoleARN": may}})
    kinesis.put_record(StreamName=QUESTIONS, PartitionKey="one", Data=b"AMZN")
    analytics.start_application(ApplicationName=LOOKUP, InputConfigurations=[
        {"Id": "1.1", "InputStartingPositionConfiguration": {"InputStartingPosition": "TRIM_HORIZON"}}])
    wait("the record is joined with the object", lambda: any("Amazon" in data for data in records(kinesis, ANSWERS).values()))
    discover = lambda arn: analytics.discover_input_schema(
        S3Configuration={"RoleARN": arn, "BucketARN": f"arn:aws:s3:::{BUCKET}", "FileKey": "companies.csv"})
    if "Amazon" not in json.dumps(discover(may)["ParsedInputRecords"]):
        raise SystemExit("no schema was discovered from the object")
    try:
        discover(may_not)
        raise SystemExit("a role read an object that its policies do not let it read")
    except analytics.exceptions.ClientError as refusal:
        if "is not authorized to perform: s3:GetObject" not in str(refusal):
            raise
    analytics.stop_application(ApplicationName=LOOKUP)
    print("begin: an application read reference data from S3 for its role; a role that may not was refused")


def usage():
    """Each service tells what it metered itself."""
    for service, meter in (("kinesis", "streams.records-in"), ("firehose", "firehose.delivered-records"),
                           ("kinesisanalytics", "analytics.running-hours")):
        wait(f"{service} tells {meter}", lambda: any(
            total["meter"] == meter and float(total["amount"]) > 0
            for total in json.load(stack.signed(service, "/v1/usage"))["totals"]))
    print("begin: three services tell what was used")


def changes():
    """How soon `streams` goes by what was changed in `auth`."""
    iam.create_user(UserName="changing")
    key = iam.create_access_key(UserName="changing")["AccessKey"]
    user = stack.client("kinesis", key={"aws_access_key_id": key["AccessKeyId"], "aws_secret_access_key": key["SecretAccessKey"]})
    allow = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "kinesis:ListStreams", "Resource": "*"}]})

    def is_allowed():
        try:
            user.list_streams()
            return True
        except ClientError as refusal:
            if refusal.response["Error"]["Code"] != "AccessDeniedException":
                raise
            return False

    slowest = 0.0
    wait("the key is known", lambda: not is_allowed())
    for _ in range(10):
        for change, expected in ((lambda: iam.put_user_policy(UserName="changing", PolicyName="own", PolicyDocument=allow), True),
                                 (lambda: iam.delete_user_policy(UserName="changing", PolicyName="own"), False)):
            change()
            begun = time.monotonic()
            while is_allowed() != expected:
                if time.monotonic() - begun > 6:
                    raise SystemExit("a changed policy does not count after six seconds")
            slowest = max(slowest, time.monotonic() - begun)
    print(f"begin: of 20 changes of a policy, the slowest counted in another service after {slowest * 1000:.0f} ms")


def issuer():
    """What OAuth2's clients are told is where they find it."""
    auth = stack.url("iam")
    told = json.load(stack.open(urllib.request.Request(auth + "/.well-known/oauth-authorization-server")))
    for name in ("issuer", "token_endpoint", "authorization_endpoint", "jwks_uri"):
        if not told[name].startswith(auth):
            raise SystemExit(f"{name} is {told[name]}, and not at {auth}")
    if not json.load(stack.open(urllib.request.Request(told["jwks_uri"])))["keys"]:
        raise SystemExit("no key for tokens is published")
    print(f"begin: the issuer of tokens is {told['issuer']}, and its keys are there")


def authority():
    """A service asks for the key of a signature by its certificate and its own client's token, and for its own APIs alone."""
    def status(certificate, client, service):
        question = {"accessKeyId": stack.key["aws_access_key_id"], "date": time.strftime("%Y-%m-%d", time.gmtime()),
                    "region": "us-east-1", "service": service}
        request = urllib.request.Request(
            stack.url("iam") + "/v1/authority/signing-keys", data=json.dumps(question).encode(),
            headers={"Content-Type": "application/json"} | ({"Authorization": "Bearer " + stack.token(client)} if client else {}))
        try:
            return stack.open(request, certificate).status
        except urllib.error.HTTPError as refusal:
            return refusal.code

    told = {who: status(*who) for who in (
        ("streams", "streams", "kinesis"), (None, "streams", "kinesis"), ("streams", None, "kinesis"),
        ("streams", "streams", "iam"), ("streams", "prometheus", "kinesis"))}
    answers = list(told.values())
    if answers[0] != 200 or not all(400 <= answer < 500 for answer in answers[1:]):
        raise SystemExit(f"who asks for keys of signatures is told {told}")
    print("begin: only a certificate and the token of the right client together were told the key of a signature")


def search():
    firehose.create_delivery_stream(
        DeliveryStreamName="found",
        AmazonopensearchserviceDestinationConfiguration={
            "RoleARN": "arn:aws:iam::000000000000:role/firehose", "DomainARN": "arn:aws:es:us-east-1:000000000000:domain/search",
            "IndexName": "found", "IndexRotationPeriod": "NoRotation",
            "BufferingHints": {"SizeInMBs": 1, "IntervalInSeconds": 5}, "S3BackupMode": "FailedDocumentsOnly",
            "S3Configuration": {"RoleARN": "arn:aws:iam::000000000000:role/firehose", "BucketARN": f"arn:aws:s3:::{BUCKET}", "Prefix": "lost/"}})
    state = lambda: firehose.describe_delivery_stream(DeliveryStreamName="found")["DeliveryStreamDescription"]["DeliveryStreamStatus"]
    wait("the delivery stream to OpenSearch is active", lambda: state() == "ACTIVE")
    firehose.put_record(DeliveryStreamName="found", Record={"Data": b'{"word": "needle"}'})


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


def started_writers():
    """Three that write to the stream, and two to the delivery stream."""
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
    return to_stream, to_delivery


def go_on(writers, after):
    before = [len(writer.acknowledged) for writer in writers]
    wait(f"all writers go on after {after}", lambda: all(len(w.acknowledged) > b + 20 for w, b in zip(writers, before)))


def keep_in_mind(to_stream, to_delivery):
    """What has been acknowledged until now."""
    known = remembered()
    known["records"] += [[line, *place] for w in to_stream for line, place in list(w.acknowledged)]
    known["puts"] += [line for w in to_delivery for line, _ in list(w.acknowledged)]
    remember(known)


def restarts(command):
    names = os.environ.get("VERIFY_RESTARTS", "streams firehose analytics auth s3 postgres").split()
    to_stream, to_delivery = started_writers()
    time.sleep(3)
    for name in names:
        for writer in to_stream + to_delivery:
            writer.longest_gap = 0.0
        failures = sum(writer.failures for writer in to_stream + to_delivery)
        begun = time.monotonic()
        subprocess.run([*command, name], check=True)
        took = time.monotonic() - begun
        go_on(to_stream + to_delivery, name)
        print(f"{name}: stopped and started within {took:.1f} s; longest pause of a writer "
              f"{max(w.longest_gap for w in to_stream):.1f} s (streams), {max(w.longest_gap for w in to_delivery):.1f} s (Firehose); "
              f"{sum(w.failures for w in to_stream + to_delivery) - failures} requests failed and were repeated", flush=True)
    for writer in to_stream + to_delivery:
        writer.end()
    keep_in_mind(to_stream, to_delivery)
    again()


def backup(command):
    kinesis.create_stream(StreamName=SEALED, ShardCount=1)
    kinesis.get_waiter("stream_exists").wait(StreamName=SEALED, WaiterConfig={"Delay": 1})
    kinesis.start_stream_encryption(StreamName=SEALED, EncryptionType="KMS", KeyId="alias/aws/kinesis")
    kinesis.get_waiter("stream_exists").wait(StreamName=SEALED, WaiterConfig={"Delay": 1})
    kinesis.put_record(StreamName=SEALED, PartitionKey="one", Data=b"a secret")
    to_stream, to_delivery = started_writers()
    writers = to_stream + to_delivery
    go_on(writers, "their start")
    keep_in_mind(to_stream, to_delivery)
    for writer in writers:
        writer.longest_gap = 0.0
    begun = time.monotonic()
    subprocess.run(command, check=True)
    took = time.monotonic() - begun
    go_on(writers, "the backup")
    for writer in writers:
        writer.end()
    print(f"backup: made within {took:.1f} s while {len(writers)} wrote, whose longest pause was "
          f"{max(writer.longest_gap for writer in writers):.1f} s")


def restored():
    again()
    if "a secret" not in records(kinesis, SEALED).values():
        raise SystemExit("an encrypted record is not there")
    iam.get_user(UserName="changing")
    line = f"restored {int(time.time())}"
    kinesis.put_record(StreamName=STREAM, PartitionKey=line, Data=line.encode())
    firehose.put_record(DeliveryStreamName=DELIVERY, Record={"Data": line.encode() + b"\n"})
    wait("a new record is read", lambda: line in records(kinesis, STREAM).values())
    wait("a new record is delivered", lambda: line in delivered(s3, BUCKET, "lines/"))
    wait("the application copies a new record", lambda: line in copies())
    print("restored: an encrypted record is read, a user is known, and new records are read, delivered and go through the application")


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
    {"begin": begin, "search": search, "again": again, "backup": lambda: backup(sys.argv[2:]), "restored": restored}.get(
        sys.argv[1], lambda: restarts(sys.argv[2:]))()
