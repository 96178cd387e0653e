SET 'table.local-time-zone' = 'UTC';

CREATE TEMPORARY FUNCTION `KDA_STAGGER` AS 'io.riacho.flink.function.Stagger';

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

CREATE TEMPORARY VIEW `COUNTS__1` AS
SELECT `TICKER`, FLOOR(`EVENT_TIME` TO MINUTE) AS `__k2`, `PRICE`, `__rt`
FROM `TRADES_001`;

CREATE TEMPORARY VIEW `COUNTS__2` AS
SELECT *, ROW(`TICKER`, `__k2`) AS `__key`
FROM `COUNTS__1`;

CREATE TEMPORARY VIEW `COUNTS` AS
SELECT `TICKER`, `__x2` AS `SEEN`, CAST(`__x3` AS INT) AS `N`, `__x4` AS `LATEST`, `__rt`
FROM (
  SELECT `TICKER`, `__k2` AS `__x2`, `__g1` AS `__x3`, `__g2` AS `__x4`, `__rt`
  FROM (
    SELECT `__key`.`EXPR$0` AS `TICKER`, `__key`.`EXPR$1` AS `__k2`, `__g1`, `__g2`, `__rt`
    FROM (
      SELECT `__key`, `__g1`, `__g2`, `rowtime` AS `__rt`
      FROM KDA_STAGGER(
        input => TABLE `COUNTS__2` PARTITION BY `__key`,
        size => 90000, aggregates => 'COUNT TICKER ALL 0 __g1;LAST_VALUE PRICE ALL 0 __g2',
        on_time => DESCRIPTOR(`__rt`),
        uid => 'f1'
      )
    )
  )
)
WHERE NOT ((`__x3` NOT BETWEEN -2147483648 AND 2147483647) IS TRUE);

CREATE TEMPORARY TABLE `COUNTS__output` (
  `TICKER` VARCHAR(4),
  `SEEN` TIMESTAMP(3),
  `N` INT,
  `LATEST` DOUBLE
) WITH (
  'connector' = 'blackhole'
);

EXECUTE STATEMENT SET BEGIN
INSERT INTO `COUNTS__output`
SELECT `TICKER`, `SEEN`, `N`, `LATEST`
FROM `COUNTS`;
END;
