/** What a new application begins with: it is to be changed. */
export const SQL_EXAMPLE = `CREATE OR REPLACE STREAM "DESTINATION_SQL_STREAM" (ticker VARCHAR(8), average DOUBLE);
CREATE OR REPLACE PUMP "STREAM_PUMP" AS
INSERT INTO "DESTINATION_SQL_STREAM"
SELECT STREAM ticker, AVG(price)
FROM "SOURCE_SQL_STREAM_001"
GROUP BY ticker, STEP("SOURCE_SQL_STREAM_001".ROWTIME BY INTERVAL '10' SECOND);
`;

export const SCHEMA_EXAMPLE = `{
  "RecordFormat": {"RecordFormatType": "JSON", "MappingParameters": {"JSONMappingParameters": {"RecordRowPath": "$"}}},
  "RecordColumns": [
    {"Name": "TICKER", "Mapping": "$.ticker", "SqlType": "VARCHAR(8)"},
    {"Name": "PRICE", "Mapping": "$.price", "SqlType": "DOUBLE"}
  ]
}`;

export function flinkExample(accountArn: string): string {
  return `CREATE TABLE ticks (
  ticker STRING, price DOUBLE, arrival TIMESTAMP_LTZ(3) METADATA FROM 'timestamp' VIRTUAL,
  WATERMARK FOR arrival AS arrival
) WITH ('connector' = 'kinesis', 'stream.arn' = '${accountArn}stream/ticks', 'format' = 'json',
  'source.init.position' = 'TRIM_HORIZON');
CREATE TABLE averages (ticker STRING, average DOUBLE)
WITH ('connector' = 'kinesis', 'stream.arn' = '${accountArn}stream/averages', 'format' = 'json');
INSERT INTO averages
SELECT ticker, AVG(price)
FROM TUMBLE(TABLE ticks, DESCRIPTOR(arrival), INTERVAL '1' MINUTE)
GROUP BY ticker, window_start, window_end;
`;
}
