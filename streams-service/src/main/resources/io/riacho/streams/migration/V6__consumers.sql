-- Consumers of enhanced fan-out. A name may be used again; an id is never given twice.
create table consumer (
    id bigint generated always as identity primary key,
    stream_id bigint not null references stream (id) on delete cascade,
    name varchar(128) not null,
    created_at timestamptz not null,
    status varchar(16) not null,
    -- As it was put; null where the consumer has none.
    resource_policy text,
    unique (stream_id, name)
);

create table consumer_tag (
    consumer_id bigint not null references consumer (id) on delete cascade,
    key varchar(128) not null,
    value varchar(256) not null,
    primary key (consumer_id, key)
);
