create sequence stream_id as bigint;

-- A shard's log is named by its number. Numbers are never given twice, so the log of a deleted stream can never be
-- taken for that of another.
create sequence shard_number as bigint cache 100;

-- What the log's folder is marked with, so that a database and a log that do not belong together are not used together.
create table installation (
    id uuid primary key
);

create table stream (
    id bigint primary key,
    name varchar(128) not null unique,
    created_at timestamptz not null,
    status varchar(16) not null,
    mode varchar(16) not null,
    retention_hours integer not null,
    max_record_size_in_kib integer not null,
    warm_throughput_mibps integer,
    shard_level_metrics varchar(64)[] not null,
    next_shard_index integer not null,
    pending text not null,
    shard_count_updates timestamptz[] not null,
    mode_switches timestamptz[] not null
);

create table stream_tag (
    stream_id bigint not null references stream (id) on delete cascade,
    key varchar(128) not null,
    value varchar(256) not null,
    primary key (stream_id, key)
);

create table shard (
    number bigint primary key,
    stream_id bigint not null references stream (id) on delete cascade,
    shard_index integer not null,
    starting_hash_key numeric(39) not null,
    ending_hash_key numeric(39) not null,
    parent_index integer,
    adjacent_parent_index integer,
    creation_second bigint not null,
    opened_at timestamptz not null,
    closed_at timestamptz,
    unique (stream_id, shard_index)
);

-- The busiest minute of each day, for what an on-demand stream is kept ready for.
create table on_demand_peak (
    stream_id bigint not null references stream (id) on delete cascade,
    day date not null,
    bytes_per_second bigint not null,
    primary key (stream_id, day)
);

create table account_settings (
    account_id varchar(12) primary key,
    started_at timestamptz,
    ended_at timestamptz,
    earliest_allowed_end_at timestamptz
);
