"""Puts and gets metrics with boto3, by the protocol that it picks, and prints what it saw as JSON.

Arguments: endpoint, region, access key, secret, namespace.
"""

import datetime
import json
import sys

import boto3
import botocore.exceptions

endpoint, region, key, secret, namespace = sys.argv[1:6]
client = boto3.client(
    "cloudwatch",
    endpoint_url=endpoint,
    region_name=region,
    aws_access_key_id=key,
    aws_secret_access_key=secret,
)
protocols = []
client.meta.events.register(
    "before-send.cloudwatch.*", lambda request, **_: protocols.append(dict(request.headers.items()))
)
minute = datetime.datetime.now(datetime.timezone.utc).replace(second=0, microsecond=0)
dimensions = [{"Name": "Shard", "Value": "1"}]
# Large enough for botocore to compress it.
client.put_metric_data(
    Namespace=namespace,
    MetricData=[
        {"MetricName": "Lag", "Dimensions": dimensions, "Timestamp": minute, "Value": value, "Unit": "Milliseconds"}
        for value in range(500)
    ],
)
span = {"StartTime": minute, "EndTime": minute + datetime.timedelta(minutes=1)}
stat = {
    "Metric": {"Namespace": namespace, "MetricName": "Lag", "Dimensions": dimensions},
    "Period": 60,
    "Stat": "p50",
}
statistics = client.get_metric_statistics(
    Namespace=namespace, MetricName="Lag", Dimensions=dimensions, Period=60, Statistics=["Sum", "SampleCount"], **span
)["Datapoints"][0]
data = client.get_metric_data(MetricDataQueries=[{"Id": "a", "MetricStat": stat}], **span)["MetricDataResults"][0]
try:
    client.put_metric_data(Namespace="AWS/Mine", MetricData=[{"MetricName": "m", "Value": 1}])
    refused = None
except botocore.exceptions.ClientError as error:
    refused = error.response["Error"]["Code"]
print(
    json.dumps(
        {
            "compressed": any(
                value in (b"gzip", "gzip")
                for headers in protocols
                for name, value in headers.items()
                if name.lower() == "content-encoding"
            ),
            "metrics": client.list_metrics(Namespace=namespace)["Metrics"],
            "sum": statistics["Sum"],
            "count": statistics["SampleCount"],
            "time": statistics["Timestamp"] == minute,
            "median": data["Values"][0],
            "refused": refused,
        }
    )
)
