create table table_definition (
    id bigint generated always as identity primary key,
    name text collate "C" not null unique,
    uuid uuid not null,
    hash_name text not null,
    hash_type text not null,
    range_name text,
    range_type text,
    billing_mode text not null,
    read_units bigint not null,
    write_units bigint not null,
    deletion_protection boolean not null,
    created_at timestamptz not null
);

create table table_index (
    id bigint generated always as identity primary key,
    table_id bigint not null references table_definition on delete cascade,
    name text collate "C" not null,
    hash_name text not null,
    hash_type text not null,
    range_name text,
    range_type text,
    projection text not null,
    projected text[] not null,
    read_units bigint not null,
    write_units bigint not null,
    unique (table_id, name)
);

create table table_tag (
    table_id bigint not null references table_definition on delete cascade,
    name text not null,
    value text not null,
    primary key (table_id, name)
);

-- partition is the SHA-256 of the hash key's value, so that scans can be divided and any key fits an index.
-- range_key orders bytewise as DynamoDB orders the values; it is empty in tables without a range key.
-- attributes is the item as JSON in DynamoDB's own form. It is no jsonb, which has no room for U+0000.
create table item (
    table_id bigint not null references table_definition on delete cascade,
    partition bytea not null,
    range_key bytea not null,
    attributes bytea not null,
    size integer not null,
    changed_at timestamptz not null,
    primary key (table_id, partition, range_key)
) with (fillfactor = 75);

create table index_entry (
    index_id bigint not null references table_index on delete cascade,
    partition bytea not null,
    range_key bytea not null,
    table_id bigint not null,
    item_partition bytea not null,
    item_range_key bytea not null,
    primary key (index_id, partition, range_key, item_partition, item_range_key),
    foreign key (table_id, item_partition, item_range_key) references item on delete cascade
);

create index index_entry_item on index_entry (table_id, item_partition, item_range_key);

-- Which transactions were done, so that a repeated request is not done twice.
create table transaction_token (
    account_id text not null,
    token text not null,
    request bytea not null,
    done_at timestamptz not null,
    primary key (account_id, token)
);

create index transaction_token_done_at on transaction_token (done_at);
