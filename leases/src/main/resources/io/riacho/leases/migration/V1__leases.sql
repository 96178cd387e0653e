-- Who works on shards: a delivery stream of Firehose, a query of Analytics.
create table application (
    id bigint generated always as identity primary key,
    kind text not null,
    name text not null,
    stream text not null,
    created_at timestamptz not null default clock_timestamp(),
    unique (kind, name)
);

-- Workers that are alive, also those that hold no lease yet.
create table worker (
    application_id bigint not null references application (id) on delete cascade,
    name text not null,
    expires_at timestamptz not null,
    primary key (application_id, name)
);

-- One row a shard. The epoch grows with each change of hands, and fences out a late worker. All times are the database's,
-- so that workers' clocks do not matter.
create table lease (
    application_id bigint not null references application (id) on delete cascade,
    shard text not null,
    parents text[] not null,
    owner text,
    epoch bigint not null default 0,
    expires_at timestamptz,
    wanted_by text,
    checkpoint text not null,
    millis_behind bigint,
    checkpointed_at timestamptz,
    ended boolean not null default false,
    primary key (application_id, shard)
);
