SET 'table.local-time-zone' = 'UTC';

CREATE TEMPORARY FUNCTION `KDA_RESTAMP` AS 'io.riacho.flink.function.Restamp';

CREATE TEMPORARY TABLE `TRADES_001__input` (
  `TICKER` VARCHAR(4),
  `PRICE` DOUBLE,
  `CHANGE` FLOAT,
  `QUANTITY` INT,
  `EVENT_TIME` TIMESTAMP(3),
  `LINE` VARCHAR(256),
  `__error` STRING,
  `APPROXIMATE_ARRIVAL_TIME` TIMESTAMP_LTZ(3) METADATA FROM 'timestamp' VIRTUAL,
  `PARTITION_KEY` STRING METADATA FROM 'partition-key' VIRTUAL,
  `SHARD_ID` STRING METADATA FROM 'shard-id' VIRTUAL,
  `SEQUENCE_NUMBER` STRING METADATA FROM 'sequence-number' VIRTUAL,
  `__rt` TIMESTAMP(3) METADATA FROM 'rowtime' VIRTUAL,
  WATERMARK FOR `__rt` AS SOURCE_WATERMARK()
) WITH (
  'connector' = 'given',
  'rows' = 'trades'
);

CREATE TEMPORARY VIEW `TRADES_001` AS
SELECT `TICKER`, `PRICE`, `CHANGE`, `QUANTITY`, `EVENT_TIME`, `LINE`, CAST(`APPROXIMATE_ARRIVAL_TIME` AS TIMESTAMP(3)) AS `APPROXIMATE_ARRIVAL_TIME`, `PARTITION_KEY`, `SHARD_ID`, `SEQUENCE_NUMBER`, `__rt`
FROM `TRADES_001__input`
WHERE `__error` IS NULL;

CREATE TEMPORARY TABLE `Companies` (
  `symbol` VARCHAR(4),
  `name` VARCHAR(20)
) WITH (
  'connector' = 'given',
  'rows' = 'companies'
);

CREATE TEMPORARY VIEW `MINUTES` AS
SELECT CAST(`__x1` AS INT) AS `N`, `__rt`
FROM (
  SELECT `__g1` AS `__x1`, `__rt`
  FROM (
    SELECT `window_start`, `window_end`, `window_time` AS `__rt`, COUNT(*) AS `__g1`
    FROM TABLE(TUMBLE(TABLE `TRADES_001`, DESCRIPTOR(`__rt`), INTERVAL '1' MINUTE))
    GROUP BY `window_start`, `window_end`, `window_time`
  )
)
WHERE NOT ((`__x1` NOT BETWEEN -2147483648 AND 2147483647) IS TRUE);

CREATE TEMPORARY VIEW `HOURS__1` AS
SELECT `N`, `__rt`
FROM (
  SELECT `N`, `rowtime` AS `__rt`
  FROM KDA_RESTAMP(
    input => TABLE `MINUTES`,
    millis => 1,
    on_time => DESCRIPTOR(`__rt`),
    uid => 'f1'
  )
);

CREATE TEMPORARY VIEW `HOURS` AS
SELECT CAST(`__x1` AS INT) AS `N`, `ROWTIME` AS `SEEN`, `__rt`
FROM (
  SELECT `__g1` AS `__x1`, CAST(`__rt` + INTERVAL '0.001' SECOND AS TIMESTAMP(3)) AS `ROWTIME`, `__rt`
  FROM (
    SELECT `window_start`, `window_end`, `window_time` AS `__rt`, SUM(CAST(`N` AS BIGINT)) AS `__g1`
    FROM TABLE(TUMBLE(TABLE `HOURS__1`, DESCRIPTOR(`__rt`), INTERVAL '1' HOUR))
    GROUP BY `window_start`, `window_end`, `window_time`
  )
)
WHERE NOT ((`__x1` NOT BETWEEN -2147483648 AND 2147483647) IS TRUE);

CREATE TEMPORARY TABLE `MINUTES__output` (
  `N` INT
) WITH (
  'connector' = 'blackhole'
);

CREATE TEMPORARY TABLE `HOURS__output` (
  `N` INT,
  `SEEN` TIMESTAMP(3)
) WITH (
  'connector' = 'blackhole'
);

EXECUTE STATEMENT SET BEGIN
INSERT INTO `MINUTES__output`
SELECT `N`
FROM `MINUTES`;
INSERT INTO `HOURS__output`
SELECT `N`, `SEEN`
FROM `HOURS`;
END;
