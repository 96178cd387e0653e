-- Grows with each change of a delivery stream. Who changes one takes this row first and holds it until the transaction
-- ends, so that changes are seen in the order of their numbers, and what was checked is still so when it is written.
create table change_counter (
    single boolean primary key default true check (single),
    value bigint not null
);

insert into change_counter (value) values (0);

-- A text that the key of configurations has sealed: shows whether a process has the same key.
create table configuration_key (
    single boolean primary key default true check (single),
    proof bytea not null
);

-- source is the API's configuration of the source as JSON; it holds no secrets.
-- encryption_wanted… is the key of an encryption that is under way, encryption_key… that of the one in force.
-- claimed_… is the process that leads the delivery stream out of a state that passes.
create table delivery_stream (
    id uuid primary key,
    name text collate "C" not null unique,
    status text not null,
    version bigint not null,
    type text not null,
    source text not null,
    started_at timestamptz,
    created_at timestamptz not null,
    updated_at timestamptz,
    failure_type text,
    failure_details text,
    encryption_status text not null,
    encryption_key_type text,
    encryption_key_arn text,
    encryption_wanted_type text,
    encryption_wanted_arn text,
    encryption_failure_type text,
    encryption_failure_details text,
    encryption_calls timestamptz[] not null default '{}',
    claimed_by uuid,
    claimed_until timestamptz,
    changed bigint not null
);

-- What destinations were configured to be, version for version; older ones for as long as something is delivered by them.
-- sealed holds secrets: it is encrypted, bound to the delivery stream and the version.
create table destination_configuration (
    stream_id uuid not null references delivery_stream on delete cascade,
    version bigint not null,
    destination text not null,
    sealed bytea not null,
    primary key (stream_id, version)
);

create table delivery_stream_tag (
    stream_id uuid not null references delivery_stream on delete cascade,
    name text not null,
    value text not null,
    primary key (stream_id, name)
);
