-- run, last_stop and operation are JSON: the job that is meant or under way, where the last one stopped, and the operation
-- of the API that is under way. Who changes an application locks its row.
create table application (
    id uuid primary key,
    name text collate "C" not null unique,
    api text not null,
    status text not null,
    version bigint not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    tags text not null,
    run text,
    last_stop text,
    operation text,
    failure text
);

-- What applications are, version for version, as the second API describes them, in JSON. It is no jsonb, which has no room
-- for U+0000.
create table application_version (
    application_id uuid not null references application on delete cascade,
    version bigint not null,
    definition text not null,
    primary key (application_id, version)
);

create table operation (
    id text primary key,
    application_id uuid not null references application on delete cascade,
    name text not null,
    status text not null,
    started_at timestamptz not null,
    ended_at timestamptz,
    version_from bigint,
    version_to bigint,
    failure text,
    rollback_id text
);

create index operation_of_application on operation (application_id, started_at);

create table snapshot (
    application_id uuid not null references application on delete cascade,
    name text collate "C" not null,
    status text not null,
    version bigint not null,
    runtime text not null,
    created_at timestamptz not null,
    path text,
    primary key (application_id, name)
);

-- What the jobs of a run prove themselves with, hashed.
create table run_token (
    run text not null,
    hash bytea not null,
    application_id uuid not null references application on delete cascade,
    created_at timestamptz not null,
    primary key (run, hash)
);

-- Checkpoints of runs, and savepoints, that are forgotten once nothing needs them: once the run that goes on from them has
-- a checkpoint of its own, or is no more. They outlive their application.
create table leftover (
    id bigint generated always as identity primary key,
    application_id uuid not null,
    run text,
    path text,
    until_run text
);

-- What went wrong last in applications, for people to look at.
create table incident (
    id bigint generated always as identity primary key,
    application_id uuid not null references application on delete cascade,
    at timestamptz not null,
    version bigint not null,
    run text,
    message text not null
);

create index incident_of_application on incident (application_id, id);
