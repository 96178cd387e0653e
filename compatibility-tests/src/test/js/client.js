// Drives the AWS SDK for JavaScript v3 for the compatibility tests: one JSON call a line on stdin, one JSON answer a line on stdout.
// A call is {"operation": "PutRecord", "parameters": {...}}; blobs are Base64 and times ISO 8601, in both directions.
// An answer is {"result": {...}} or {"failure": {"type", "code", "message", "status"}}, type being the class of the exception.
import { createInterface } from "node:readline";
import * as kinesis from "@aws-sdk/client-kinesis";

const client = new kinesis.KinesisClient({
  maxAttempts: Number(process.env.ATTEMPTS),
  systemClockOffset: Number(process.env.CLOCK_OFFSET_SECONDS) * 1000,
});

function toSdk(value, name) {
  if (Array.isArray(value)) return value.map((item) => toSdk(item, name));
  if (name === "Data") return Buffer.from(value, "base64");
  if (name === "Timestamp" || name === "StreamCreationTimestamp") return new Date(value);
  if (typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toSdk(item, key)]));
}

function fromSdk(value) {
  if (Array.isArray(value)) return value.map(fromSdk);
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== "$metadata")
      .map(([key, item]) => [key, fromSdk(item)]),
  );
}

// Reads a subscription to its end; gives all records, and the children that the last event names.
async function subscribe(parameters) {
  const records = [];
  let children = [];
  const answer = await client.send(new kinesis.SubscribeToShardCommand(toSdk(parameters)));
  for await (const { SubscribeToShardEvent: event } of answer.EventStream) {
    records.push(...event.Records);
    children = event.ChildShards ?? [];
  }
  return { Records: records, ChildShards: children };
}

async function call({ operation, parameters }) {
  try {
    if (operation === "SubscribeToShard") return { result: fromSdk(await subscribe(parameters)) };
    return { result: fromSdk(await client.send(new kinesis[`${operation}Command`](toSdk(parameters)))) };
  } catch (failure) {
    return {
      failure: {
        type: failure.constructor.name,
        code: failure instanceof kinesis.KinesisServiceException ? failure.name : "",
        message: failure.message,
        status: failure.$metadata?.httpStatusCode ?? 0,
      },
    };
  }
}

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  process.stdout.write(JSON.stringify(await call(JSON.parse(line))) + "\n");
}
client.destroy();
