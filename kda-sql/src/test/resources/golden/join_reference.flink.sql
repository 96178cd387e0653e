SET 'table.local-time-zone' = 'UTC';

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

CREATE TEMPORARY VIEW `NAMED` AS
SELECT `TICKER`, `name` AS `NAME`, `__rt`
FROM (
  SELECT `TICKER`, `name`, `__rt`
  FROM (
    SELECT `__l`.`TICKER` AS `TICKER`, `__r`.`symbol` AS `symbol`, `__r`.`name` AS `name`, `__l`.`__rt`
    FROM (SELECT *, PROCTIME() AS `__pt` FROM `TRADES_001`) AS `__l`
    LEFT JOIN `Companies` FOR SYSTEM_TIME AS OF `__l`.`__pt` AS `__r`
    ON (`__l`.`TICKER` = `__r`.`symbol`)
  )
)
UNION ALL
SELECT `TICKER`, `name` AS `NAME`, `__rt`
FROM (
  SELECT `TICKER`, `name`, `__rt`
  FROM (
    SELECT `__l`.`TICKER` AS `TICKER`, `__l`.`QUANTITY` AS `QUANTITY`, `__r`.`symbol` AS `symbol`, `__r`.`name` AS `name`, `__l`.`__rt`
    FROM (SELECT *, PROCTIME() AS `__pt` FROM `TRADES_001`) AS `__l`
    JOIN `Companies` FOR SYSTEM_TIME AS OF `__l`.`__pt` AS `__r`
    ON (`__l`.`TICKER` = `__r`.`symbol`)
  )
  WHERE `QUANTITY` > 1
);

CREATE TEMPORARY TABLE `NAMED__output` (
  `TICKER` VARCHAR(4),
  `NAME` VARCHAR(20)
) WITH (
  'connector' = 'blackhole'
);

EXECUTE STATEMENT SET BEGIN
INSERT INTO `NAMED__output`
SELECT `TICKER`, `NAME`
FROM `NAMED`;
END;
