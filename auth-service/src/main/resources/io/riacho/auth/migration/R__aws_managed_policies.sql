-- AWS's own policies that users of Kinesis know. Each has the purpose that AWS documents, in words of our own, and version
-- v1. A changed document takes the place of the old one when the server starts.
create function pg_temp.keep_aws_policy(policy_id text, policy_name text, about text, policy_document text) returns void
language sql as $$
    insert into auth.managed_policy
        (id, aws_managed, name, path, description, created_at, updated_at, default_version, last_version)
    values (policy_id, true, policy_name, '/', about, now(), now(), 1, 1)
    on conflict (id) do update set description = excluded.description, updated_at = excluded.updated_at;
    insert into auth.policy_version (policy_id, version, document, created_at)
    values (policy_id, 1, policy_document, now())
    on conflict (policy_id, version) do update set document = excluded.document;
$$;

select pg_temp.keep_aws_policy('ANPARIACHOADMINISTRAT', 'AdministratorAccess',
    'Provides full access to AWS services and resources.', '{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Allow", "Action": "*", "Resource": "*" }
  ]
}');

select pg_temp.keep_aws_policy('ANPARIACHOREADONLYACC', 'ReadOnlyAccess',
    'Provides read-only access to AWS services and resources.', '{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": [
        "firehose:Describe*",
        "firehose:List*",
        "iam:Generate*",
        "iam:Get*",
        "iam:List*",
        "iam:Simulate*",
        "kinesis:Describe*",
        "kinesis:Get*",
        "kinesis:List*",
        "kinesisanalytics:Describe*",
        "kinesisanalytics:Discover*",
        "kinesisanalytics:Get*",
        "kinesisanalytics:List*",
        "kms:Describe*",
        "kms:Get*",
        "kms:List*",
        "sts:GetAccessKeyInfo",
        "sts:GetCallerIdentity",
        "sts:GetSessionToken"
      ],
      "Resource": "*"
    }
  ]
}');

select pg_temp.keep_aws_policy('ANPARIACHOKINESISFULL', 'AmazonKinesisFullAccess',
    'Provides full access to all streams via the AWS Management Console.', '{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Allow", "Action": "kinesis:*", "Resource": "*" }
  ]
}');

select pg_temp.keep_aws_policy('ANPARIACHOKINESISREAD', 'AmazonKinesisReadOnlyAccess',
    'Provides read only access to all streams via the AWS Management Console.', '{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": ["kinesis:Describe*", "kinesis:Get*", "kinesis:List*"],
      "Resource": "*"
    }
  ]
}');

select pg_temp.keep_aws_policy('ANPARIACHOFIREHOSEFUL', 'AmazonKinesisFirehoseFullAccess',
    'Provides full access to all Amazon Kinesis Firehose Delivery Streams.', '{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Allow", "Action": "firehose:*", "Resource": "*" }
  ]
}');

select pg_temp.keep_aws_policy('ANPARIACHOANALYTICSFU', 'AmazonKinesisAnalyticsFullAccess',
    'Provides full access to Amazon Kinesis Analytics via the AWS Management Console.', '{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Allow", "Action": "kinesisanalytics:*", "Resource": "*" },
    {
      "Effect": "Allow",
      "Action": [
        "kinesis:CreateStream",
        "kinesis:DeleteStream",
        "kinesis:DescribeStream",
        "kinesis:ListStreams",
        "kinesis:PutRecord",
        "kinesis:PutRecords"
      ],
      "Resource": "*"
    },
    {
      "Effect": "Allow",
      "Action": ["firehose:DescribeDeliveryStream", "firehose:ListDeliveryStreams"],
      "Resource": "*"
    },
    { "Effect": "Allow", "Action": ["iam:ListPolicyVersions", "iam:ListRoles"], "Resource": "*" },
    {
      "Effect": "Allow",
      "Action": "iam:PassRole",
      "Resource": "arn:aws:iam::*:role/service-role/kinesis-analytics*"
    }
  ]
}');

select pg_temp.keep_aws_policy('ANPARIACHOIAMFULLACCE', 'IAMFullAccess',
    'Provides full access to IAM via the AWS Management Console.', '{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Allow", "Action": "iam:*", "Resource": "*" }
  ]
}');

select pg_temp.keep_aws_policy('ANPARIACHOIAMREADONLY', 'IAMReadOnlyAccess',
    'Provides read only access to IAM via the AWS Management Console.', '{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": ["iam:Get*", "iam:List*", "iam:SimulateCustomPolicy", "iam:SimulatePrincipalPolicy"],
      "Resource": "*"
    }
  ]
}');

select pg_temp.keep_aws_policy('ANPARIACHOKMSPOWERUSE', 'AWSKeyManagementServicePowerUser',
    'Provides access to AWS Key Management Service (KMS).', '{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": [
        "iam:ListGroups",
        "iam:ListRoles",
        "iam:ListUsers",
        "kms:CreateAlias",
        "kms:CreateKey",
        "kms:DeleteAlias",
        "kms:Describe*",
        "kms:GenerateRandom",
        "kms:Get*",
        "kms:List*",
        "kms:TagResource",
        "kms:UntagResource"
      ],
      "Resource": "*"
    }
  ]
}');

drop function pg_temp.keep_aws_policy(text, text, text, text);
