import { SQLDialect } from '@codemirror/lang-sql';

/** Words of Kinesis Analytics' SQL and of Flink's that are coloured; the server decides what is code. */
const KEYWORDS = `add all alter and any array as asc asymmetric between both by case cast collate columns comment constraint create
  cross cube current database deferred delete desc describe distinct distributed drop else end enforced escape except exists explain
  extract false fetch filter final first following for foreign from full function functions group grouping having if ilike in inner
  input insert intersect interval into is join key language last lateral leading left like limit localtime localtimestamp match
  match_recognize matched measures merge metadata minus natural next not null nulls offset on only option or order outer output over
  overlaps partition partitioned pattern per preceding primary properties pump range references rename replace reset returns right
  rollup row rows select set sets show similar skip some start statement step stop stopped stream symmetric system_time table tables
  temporary then to trailing true unbounded union unique unknown unnest update use using values view virtual watermark when where
  window with within without`;

const TYPES = `bigint binary boolean bytes char character date decimal double float int integer map multiset numeric precision raw real
  second minute hour day month year smallint string time timestamp timestamp_ltz tinyint varbinary varchar zone`;

export const DIALECT = SQLDialect.define({ keywords: KEYWORDS, types: TYPES });
