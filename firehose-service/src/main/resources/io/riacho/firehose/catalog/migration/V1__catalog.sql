-- definition is the API's own input as JSON. It is no jsonb, which has no room for U+0000.
create table catalog_database (
    name text collate "C" primary key,
    definition bytea not null,
    created_at timestamptz not null
);

create table catalog_table (
    database_name text collate "C" not null references catalog_database on delete cascade,
    name text collate "C" not null,
    version bigint not null,
    definition bytea not null,
    created_at timestamptz not null,
    created_by text not null,
    updated_at timestamptz not null,
    primary key (database_name, name)
);

-- What tables were before they were changed.
create table catalog_table_version (
    database_name text collate "C" not null,
    table_name text collate "C" not null,
    version bigint not null,
    definition bytea not null,
    updated_at timestamptz not null,
    primary key (database_name, table_name, version),
    foreign key (database_name, table_name) references catalog_table on delete cascade
);
