create table kms_key (
    id uuid primary key,
    created_at timestamptz not null,
    description text not null,
    manager text not null check (manager in ('CUSTOMER', 'AWS')),
    state text not null check (state in ('ENABLED', 'DISABLED', 'PENDING_DELETION')),
    policy text not null,
    tags jsonb not null,
    pending_days integer,
    deletion_at timestamptz,
    rotation_days integer,
    next_rotation_at timestamptz,
    check ((state = 'PENDING_DELETION') = (deletion_at is not null)),
    check ((rotation_days is null) = (next_rotation_at is null))
);

create index kms_key_deletion on kms_key (deletion_at) where deletion_at is not null;
create index kms_key_rotation on kms_key (next_rotation_at) where next_rotation_at is not null;

-- What a provider wrapped. The highest version of a key encrypts, all of them decrypt.
create table kms_material (
    id text primary key,
    key_id uuid not null references kms_key on delete cascade,
    version integer not null,
    provider text not null,
    wrapped bytea not null,
    created_at timestamptz not null,
    rotation text check (rotation in ('AUTOMATIC', 'ON_DEMAND')),
    unique (key_id, version)
);

create table kms_alias (
    name text primary key,
    key_id uuid not null references kms_key on delete cascade,
    created_at timestamptz not null,
    updated_at timestamptz not null
);

create index kms_alias_key on kms_alias (key_id);

create table kms_grant (
    id text primary key,
    key_id uuid not null references kms_key on delete cascade,
    name text,
    grantee text not null,
    retiring text,
    issuing_account text not null,
    operations text[] not null,
    context_rule text check (context_rule in ('EQUALS', 'SUBSET')),
    context jsonb,
    created_at timestamptz not null,
    check ((context_rule is null) = (context is null))
);

create index kms_grant_grantee on kms_grant (key_id, grantee);
create index kms_grant_retiring on kms_grant (retiring);
