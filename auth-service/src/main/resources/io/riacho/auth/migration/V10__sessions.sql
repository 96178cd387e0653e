-- Keys that are exchanged for new ones from time to time. What is sealed is the key, under the root key.
create table rotating_key (
    purpose    text        not null,
    id         text        not null,
    sealed     bytea       not null,
    created_at timestamptz not null,
    primary key (purpose, id)
);

-- Temporary credentials are in their token, as access tokens are; only what ends them early is kept, by the access key,
-- the id of the token, or the id of the grant that tokens came from.
create table revoked_session (
    id         text        primary key,
    expires_at timestamptz not null
);

create table revoked_before (
    principal_id text        primary key,
    issue_time   timestamptz not null
);
