"""What boto3 and what IAM, STS and KMS make of each other: a test a method, whose outcome is told as a JSON line on stdout.

Where things are comes from the environment: NAME_PREFIX begins the names of all users and roles, STREAM and OTHER_STREAM are streams,
FOLDER is for files. WEB_ROLE may be assumed with the token in WEB_TOKEN_FILE, CONTAINER_URL gives a role to whom has CONTAINER_TOKEN.
"""

import json
import os
import pathlib
import sys
import unittest

import boto3
import botocore.config
import botocore.exceptions

PREFIX = os.environ["NAME_PREFIX"]
STREAM = os.environ["STREAM"]
OTHER = os.environ["OTHER_STREAM"]
FOLDER = pathlib.Path(os.environ["FOLDER"])
QUICK = botocore.config.Config(retries={"mode": "standard", "total_max_attempts": 1})
CREDENTIALS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")

iam = boto3.client("iam", config=QUICK)
kms = boto3.client("kms", config=QUICK)


def policy(action, resource="*"):
    statement = {"Effect": "Allow", "Action": action, "Resource": resource}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def stream_arn(name):
    return f"arn:aws:kinesis:*:*:stream/{name}"


def make_user(name, document):
    arn = iam.create_user(UserName=PREFIX + name)["User"]["Arn"]
    if document:
        iam.put_user_policy(UserName=PREFIX + name, PolicyName="policy", PolicyDocument=document)
    key = iam.create_access_key(UserName=PREFIX + name)["AccessKey"]
    return arn, key


def make_role(name, trusted, document):
    trust = {"Effect": "Allow", "Principal": {"AWS": trusted}, "Action": "sts:AssumeRole"}
    role = iam.create_role(
        RoleName=PREFIX + name,
        AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [trust]}),
    )["Role"]["Arn"]
    iam.put_role_policy(RoleName=PREFIX + name, PolicyName="policy", PolicyDocument=document)
    return role


def session_of(key):
    return boto3.Session(key["AccessKeyId"], key["SecretAccessKey"], key.get("SessionToken"))


class Environment:
    """Variables as a program of its own would have them, without the credentials of this one."""

    def __init__(self, **variables):
        self.variables = variables

    def __enter__(self):
        self.before = dict(os.environ)
        for name in CREDENTIALS:
            os.environ.pop(name, None)
        os.environ.update(self.variables)

    def __exit__(self, *_):
        os.environ.clear()
        os.environ.update(self.before)


class AccessTest(unittest.TestCase):
    def put(self, session, stream=STREAM):
        kinesis = session.client("kinesis", config=QUICK)
        self.assertTrue(kinesis.put_record(StreamName=stream, PartitionKey="k", Data=b"d")["SequenceNumber"])

    def assert_refused(self, session, stream=OTHER, code="AccessDeniedException"):
        with self.assertRaises(botocore.exceptions.ClientError) as refused:
            self.put(session, stream)
        self.assertEqual(refused.exception.response["Error"]["Code"], code)

    def test_a_user_puts_to_the_stream_of_its_policy_only(self):
        _, key = make_user("one", policy("kinesis:PutRecord", stream_arn(STREAM)))
        self.put(session_of(key))
        self.assert_refused(session_of(key))

    def test_an_access_key_is_rotated(self):
        _, old = make_user("rotated", policy("kinesis:PutRecord"))
        new = iam.create_access_key(UserName=PREFIX + "rotated")["AccessKey"]
        iam.update_access_key(UserName=PREFIX + "rotated", AccessKeyId=old["AccessKeyId"], Status="Inactive")
        self.assert_refused(session_of(old), STREAM, "UnrecognizedClientException")
        iam.delete_access_key(UserName=PREFIX + "rotated", AccessKeyId=old["AccessKeyId"])
        self.put(session_of(new))
        pages = iam.get_paginator("list_access_keys").paginate(UserName=PREFIX + "rotated")
        keys = [key["AccessKeyId"] for page in pages for key in page["AccessKeyMetadata"]]
        self.assertEqual(keys, [new["AccessKeyId"]])

    def test_a_group_and_a_managed_policy_give_rights(self):
        _, key = make_user("member", None)
        self.assert_refused(session_of(key), STREAM)
        iam.create_group(GroupName=PREFIX + "group")
        arn = iam.create_policy(PolicyName=PREFIX + "managed", PolicyDocument=policy("kinesis:PutRecord"))["Policy"]["Arn"]
        iam.attach_group_policy(GroupName=PREFIX + "group", PolicyArn=arn)
        iam.add_user_to_group(GroupName=PREFIX + "group", UserName=PREFIX + "member")
        self.put(session_of(key))
        iam.detach_group_policy(GroupName=PREFIX + "group", PolicyArn=arn)
        self.assert_refused(session_of(key), STREAM)

    def test_exceptions_are_those_of_the_model(self):
        with self.assertRaises(iam.exceptions.NoSuchEntityException):
            iam.get_user(UserName=PREFIX + "nobody")
        make_user("twice", None)
        with self.assertRaises(iam.exceptions.EntityAlreadyExistsException):
            iam.create_user(UserName=PREFIX + "twice")
        with self.assertRaises(iam.exceptions.MalformedPolicyDocumentException):
            iam.put_user_policy(UserName=PREFIX + "twice", PolicyName="p", PolicyDocument="{}")
        with self.assertRaises(iam.exceptions.DeleteConflictException):
            iam.delete_user(UserName=PREFIX + "twice")

    def test_simulation_tells_the_decision(self):
        arn, _ = make_user("simulated", policy("kinesis:Put*"))
        results = iam.simulate_principal_policy(
            PolicySourceArn=arn, ActionNames=["kinesis:PutRecord", "kinesis:GetRecords"]
        )["EvaluationResults"]
        self.assertEqual([result["EvalDecision"] for result in results], ["allowed", "implicitDeny"])

    def test_a_profile_assumes_its_role_with_its_source_profile(self):
        arn, key = make_user("source", None)
        role = make_role("by-profile", arn, policy("kinesis:PutRecord", stream_arn(STREAM)))
        config = FOLDER / "config"
        config.write_text(
            f"[profile source]\naws_access_key_id = {key['AccessKeyId']}\n"
            f"aws_secret_access_key = {key['SecretAccessKey']}\n"
            f"[profile reader]\nrole_arn = {role}\nsource_profile = source\nrole_session_name = from-a-profile\n"
        )
        with Environment(AWS_CONFIG_FILE=str(config)):
            session = boto3.Session(profile_name="reader")
            identity = session.client("sts").get_caller_identity()
            self.assertEqual(
                identity["Arn"].split(":assumed-role/")[1], f"{PREFIX}by-profile/from-a-profile"
            )
            self.put(session)
            self.assert_refused(session)
            self.assert_refused(boto3.Session(profile_name="source"), STREAM)

    def test_a_session_policy_narrows_a_role(self):
        arn, key = make_user("narrow", None)
        role = make_role("narrowed", arn, policy("kinesis:PutRecord"))
        sts = session_of(key).client("sts")
        narrowed = sts.assume_role(
            RoleArn=role, RoleSessionName="narrow", Policy=policy("kinesis:PutRecord", stream_arn(STREAM))
        )["Credentials"]
        self.put(session_of(narrowed))
        self.assert_refused(session_of(narrowed))

    def test_a_session_token_is_needed_with_its_key(self):
        _, key = make_user("session", policy("kinesis:PutRecord"))
        temporary = session_of(key).client("sts").get_session_token(DurationSeconds=900)["Credentials"]
        self.put(session_of(temporary))
        bare = {name: temporary[name] for name in ("AccessKeyId", "SecretAccessKey")}
        self.assert_refused(session_of(bare), STREAM, "UnrecognizedClientException")

    def test_a_token_file_of_the_environment_is_exchanged_for_a_role(self):
        with Environment(
            AWS_WEB_IDENTITY_TOKEN_FILE=os.environ["WEB_TOKEN_FILE"],
            AWS_ROLE_ARN=os.environ["WEB_ROLE"],
            AWS_ROLE_SESSION_NAME="pod",
        ):
            session = boto3.Session()
            self.assertEqual(session.get_credentials().method, "assume-role-with-web-identity")
            self.put(session)
            self.assert_refused(session)

    @unittest.skipIf("AWS_CA_BUNDLE" in os.environ, "botocore asks for a container's credentials without it")
    def test_a_container_gets_its_role_by_token_and_by_token_file(self):
        file = FOLDER / "container-token"
        file.write_text(os.environ["CONTAINER_TOKEN"])
        for way in (
            {"AWS_CONTAINER_AUTHORIZATION_TOKEN": os.environ["CONTAINER_TOKEN"]},
            {"AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": str(file)},
        ):
            with Environment(AWS_CONTAINER_CREDENTIALS_FULL_URI=os.environ["CONTAINER_URL"], **way):
                session = boto3.Session()
                self.assertEqual(session.get_credentials().method, "container-role")
                self.put(session)
                self.assert_refused(session)

    def test_a_text_is_opened_in_its_encryption_context_only(self):
        key = kms.create_key(Tags=[{"TagKey": "team", "TagValue": "red"}])["KeyMetadata"]["KeyId"]
        sealed = kms.encrypt(KeyId=key, Plaintext=b"text", EncryptionContext={"a": "b"})["CiphertextBlob"]
        self.assertEqual(kms.decrypt(CiphertextBlob=sealed, EncryptionContext={"a": "b"})["Plaintext"], b"text")
        with self.assertRaises(kms.exceptions.InvalidCiphertextException):
            kms.decrypt(CiphertextBlob=sealed, EncryptionContext={"a": "c"})
        data = kms.generate_data_key(KeyId=key, KeySpec="AES_256")
        self.assertEqual(kms.decrypt(CiphertextBlob=data["CiphertextBlob"])["Plaintext"], data["Plaintext"])
        other = kms.create_key()["KeyMetadata"]["KeyId"]
        moved = kms.re_encrypt(
            CiphertextBlob=sealed, SourceEncryptionContext={"a": "b"}, DestinationKeyId=other
        )["CiphertextBlob"]
        self.assertEqual(kms.decrypt(CiphertextBlob=moved)["Plaintext"], b"text")

    def test_a_keys_state_decides(self):
        key = kms.create_key()["KeyMetadata"]["KeyId"]
        sealed = kms.encrypt(KeyId=key, Plaintext=b"text")["CiphertextBlob"]
        kms.rotate_key_on_demand(KeyId=key)
        self.assertEqual(kms.decrypt(CiphertextBlob=sealed)["Plaintext"], b"text")
        kms.disable_key(KeyId=key)
        with self.assertRaises(kms.exceptions.DisabledException):
            kms.decrypt(CiphertextBlob=sealed)
        kms.enable_key(KeyId=key)
        kms.schedule_key_deletion(KeyId=key, PendingWindowInDays=7)
        with self.assertRaises(kms.exceptions.KMSInvalidStateException):
            kms.decrypt(CiphertextBlob=sealed)

    def test_a_grant_lets_a_user_decrypt(self):
        arn, key_of_user = make_user("grantee", None)
        key = kms.create_key()["KeyMetadata"]["KeyId"]
        sealed = kms.encrypt(KeyId=key, Plaintext=b"text")["CiphertextBlob"]
        asked = session_of(key_of_user).client("kms", config=QUICK)
        with self.assertRaises(botocore.exceptions.ClientError):
            asked.decrypt(CiphertextBlob=sealed)
        grant = kms.create_grant(KeyId=key, GranteePrincipal=arn, Operations=["Decrypt"])["GrantId"]
        self.assertEqual(asked.decrypt(CiphertextBlob=sealed)["Plaintext"], b"text")
        kms.revoke_grant(KeyId=key, GrantId=grant)
        with self.assertRaises(botocore.exceptions.ClientError):
            asked.decrypt(CiphertextBlob=sealed)


class Outcomes(unittest.TestResult):
    def tell(self, test, failure):
        name = test.id().split(".")[-1]
        print(json.dumps({"test": name, "failure": failure}), file=sys.__stdout__, flush=True)

    def addSuccess(self, test):
        self.tell(test, None)

    def addFailure(self, test, error):
        super().addFailure(test, error)
        self.tell(test, self.failures[-1][1])

    def addError(self, test, error):
        super().addError(test, error)
        self.tell(test, self.errors[-1][1])


unittest.defaultTestLoader.loadTestsFromTestCase(AccessTest).run(Outcomes())
