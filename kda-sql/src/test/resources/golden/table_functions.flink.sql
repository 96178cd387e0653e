SET 'table.local-time-zone' = 'UTC';

CREATE TEMPORARY FUNCTION `KDA_GROUP_RANK` AS 'io.riacho.flink.function.GroupRank';

CREATE TEMPORARY FUNCTION `KDA_HOTSPOTS` AS 'io.riacho.flink.function.Hotspots';

CREATE TEMPORARY FUNCTION `KDA_RANDOM_CUT_FOREST_WITH_EXPLANATION` AS 'io.riacho.flink.function.RandomCutForestWithExplanation';

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

CREATE TEMPORARY VIEW `TOP__1` AS
SELECT `TICKER`, `PRICE`, `CHANGE`, `QUANTITY`, `EVENT_TIME`, `LINE`, `__rt`
FROM `TRADES_001`;

CREATE TEMPORARY VIEW `TOP` AS
SELECT CAST(`ITEM` AS VARCHAR(8)) AS `ITEM`, `ITEM_COUNT` AS `N`, `__rt`
FROM (
  SELECT `ITEM`, `ITEM_COUNT`, `__rt`
  FROM (
    SELECT `ITEM`, `ITEM_COUNT`, `window_time` AS `__rt`
    FROM (
      SELECT *, ROW_NUMBER() OVER (PARTITION BY `window_start`, `window_end` ORDER BY `ITEM_COUNT` DESC) AS `__rank`
      FROM (
        SELECT `window_start`, `window_end`, `window_time`, `TICKER` AS `ITEM`, COUNT(*) AS `ITEM_COUNT`
        FROM TABLE(TUMBLE(TABLE `TOP__1`, DESCRIPTOR(`__rt`), INTERVAL '1' MINUTE))
        GROUP BY `window_start`, `window_end`, `window_time`, `TICKER`
      )
    )
    WHERE `__rank` <= 5
  )
);

CREATE TEMPORARY VIEW `DIFFERENT__1` AS
SELECT `TICKER`, `__rt`
FROM `TRADES_001`;

CREATE TEMPORARY VIEW `DIFFERENT` AS
SELECT `NUMBER_OF_DISTINCT_ITEMS` AS `N`, `__rt`
FROM (
  SELECT `NUMBER_OF_DISTINCT_ITEMS`, `__rt`
  FROM (
    SELECT COUNT(DISTINCT `TICKER`) AS `NUMBER_OF_DISTINCT_ITEMS`, `window_time` AS `__rt`
    FROM TABLE(TUMBLE(TABLE `DIFFERENT__1`, DESCRIPTOR(`__rt`), INTERVAL '1' MINUTE))
    GROUP BY `window_start`, `window_end`, `window_time`
  )
);

CREATE TEMPORARY VIEW `EXPLAINED__1` AS
SELECT `PRICE`, `__rt`
FROM `TRADES_001`;

CREATE TEMPORARY VIEW `EXPLAINED` AS
SELECT `PRICE`, `ANOMALY_SCORE` AS `SCORE`, CAST(`ANOMALY_EXPLANATION` AS VARCHAR(512)) AS `WHY`, `__rt`
FROM (
  SELECT `PRICE`, `ANOMALY_SCORE`, `ANOMALY_EXPLANATION`, `__rt`
  FROM (
    SELECT `PRICE`, `ANOMALY_SCORE`, `ANOMALY_EXPLANATION`, `rowtime` AS `__rt`
    FROM KDA_RANDOM_CUT_FOREST_WITH_EXPLANATION(
      input => TABLE `EXPLAINED__1`,
      trees => 50, sample => 128, decay => 1000, shingle => 1, directionality => TRUE,
      on_time => DESCRIPTOR(`__rt`),
      uid => 'f1'
    )
  )
);

CREATE TEMPORARY VIEW `HOT__1` AS
SELECT `PRICE`, `QUANTITY`, `__rt`
FROM `TRADES_001`;

CREATE TEMPORARY VIEW `HOT` AS
SELECT `PRICE`, `QUANTITY`, CAST(`HOTSPOTS_RESULT` AS VARCHAR(1000)) AS `RESULTS`, `__rt`
FROM (
  SELECT `PRICE`, `QUANTITY`, `HOTSPOTS_RESULT`, `__rt`
  FROM (
    SELECT `PRICE`, `QUANTITY`, `HOTSPOTS_RESULT`, `rowtime` AS `__rt`
    FROM KDA_HOTSPOTS(
      input => TABLE `HOT__1`,
      size => 1000, radius => 0.2E0, min_points => 17,
      on_time => DESCRIPTOR(`__rt`),
      uid => 'f2'
    )
  )
);

CREATE TEMPORARY VIEW `RANKED__1` AS
SELECT `TICKER`, `PRICE`, `__rt`
FROM `TRADES_001`;

CREATE TEMPORARY VIEW `RANKED` AS
SELECT `TICKER`, `PRICE`, `rank` AS `R`, `__rt`
FROM (
  SELECT `TICKER`, `PRICE`, `rank`, `__rt`
  FROM (
    SELECT `TICKER`, `PRICE`, `rank`, `rowtime` AS `__rt`
    FROM KDA_GROUP_RANK(
      input => TABLE `RANKED__1`,
      rank_by => 'PRICE', rank_out => 'rank', sort_order => 'desc', output_order => 'asc', max_idle => 5, output_max => 0,
      on_time => DESCRIPTOR(`__rt`),
      uid => 'f3'
    )
  )
);

CREATE TEMPORARY TABLE `TOP__output` (
  `ITEM` VARCHAR(8),
  `N` BIGINT
) WITH (
  'connector' = 'blackhole'
);

CREATE TEMPORARY TABLE `DIFFERENT__output` (
  `N` BIGINT
) WITH (
  'connector' = 'blackhole'
);

CREATE TEMPORARY TABLE `EXPLAINED__output` (
  `PRICE` DOUBLE,
  `SCORE` DOUBLE,
  `WHY` VARCHAR(512)
) WITH (
  'connector' = 'blackhole'
);

CREATE TEMPORARY TABLE `HOT__output` (
  `PRICE` DOUBLE,
  `QUANTITY` INT,
  `RESULTS` VARCHAR(1000)
) WITH (
  'connector' = 'blackhole'
);

CREATE TEMPORARY TABLE `RANKED__output` (
  `TICKER` VARCHAR(4),
  `PRICE` DOUBLE,
  `R` INT
) WITH (
  'connector' = 'blackhole'
);

EXECUTE STATEMENT SET BEGIN
INSERT INTO `TOP__output`
SELECT `ITEM`, `N`
FROM `TOP`;
INSERT INTO `DIFFERENT__output`
SELECT `N`
FROM `DIFFERENT`;
INSERT INTO `EXPLAINED__output`
SELECT `PRICE`, `SCORE`, `WHY`
FROM `EXPLAINED`;
INSERT INTO `HOT__output`
SELECT `PRICE`, `QUANTITY`, `RESULTS`
FROM `HOT`;
INSERT INTO `RANKED__output`
SELECT `TICKER`, `PRICE`, `R`
FROM `RANKED`;
END;
