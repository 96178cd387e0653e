-- Who used what: a resource and the principal that used it; principal is empty for what a resource costs by being there.
-- resource_id tells a resource from another that had the same name before.
create table usage_subject (
    id bigint generated always as identity primary key,
    kind text collate "C" not null,
    resource_id text collate "C" not null,
    resource text collate "C" not null,
    principal text collate "C" not null,
    first_hour timestamptz not null,
    unique (kind, resource_id, principal)
);

create index usage_subject_by_hour on usage_subject (first_hour);

-- Amounts are whole numbers of the meter's smallest unit.
create table usage_hour (
    hour timestamptz not null,
    subject bigint not null references usage_subject,
    meter text collate "C" not null,
    amount bigint not null,
    primary key (hour, subject, meter)
);

create index usage_hour_by_subject on usage_hour (subject);

-- What is used by being there, from when on, and up to when that is in the hours already.
create table usage_span (
    id bigint generated always as identity primary key,
    kind text collate "C" not null,
    resource_id text collate "C" not null,
    resource text collate "C" not null,
    meter text collate "C" not null,
    rate bigint not null,
    accrued_to timestamptz not null,
    ended_at timestamptz
);

create index usage_span_of_resource on usage_span (kind, resource_id);

create table usage_price (
    meter text collate "C" primary key,
    price numeric not null,
    per numeric not null
);

create table usage_price_list (
    single boolean primary key default true check (single),
    currency text not null,
    note text not null,
    updated_at timestamptz not null
);

-- Up to which entry of the journal is in the hours, after how many batches; metering tells whether the last process metered.
create table usage_journal (
    single boolean primary key default true check (single),
    metering boolean not null,
    batch bigint not null,
    file bigint not null,
    slot integer not null
);

-- Which records of a shard are in the hours: those before the offset, and ranges (first, end, first, end…) behind it.
create table usage_shard (
    shard bigint primary key,
    metered_to bigint not null,
    ahead bigint[] not null
);
