-- Managed policies: of AWS (the same on every server, see the repeatable migration) and of this account. ARNs are made from
-- path and name, so that they are not stored.
create table managed_policy (
    id varchar(21) primary key,
    aws_managed boolean not null,
    name varchar(128) not null,
    path varchar(512) not null,
    description varchar(1000),
    created_at timestamptz not null,
    updated_at timestamptz not null,
    default_version integer not null,
    last_version integer not null
);

-- IAM keeps the case of a name, but takes no second one that differs in case only.
create unique index managed_policy_name on managed_policy (aws_managed, lower(name));

create table policy_version (
    policy_id varchar(21) not null references managed_policy (id) on delete cascade,
    version integer not null,
    document text not null,
    created_at timestamptz not null,
    primary key (policy_id, version)
);

create table policy_tag (
    owner_id varchar(21) not null references managed_policy (id) on delete cascade,
    key varchar(128) not null,
    value varchar(256) not null,
    primary key (owner_id, key)
);

-- Users, groups and roles. Who changes what belongs to one locks its row first; of two rows the user's comes before the
-- group's, and both come before a policy's.
create table identity (
    id varchar(21) primary key,
    kind varchar(5) not null check (kind in ('user', 'group', 'role')),
    name varchar(128) not null,
    path varchar(512) not null,
    created_at timestamptz not null,
    boundary_id varchar(21) references managed_policy (id),
    description varchar(1000),
    trust_policy text,
    max_session_seconds integer,
    check ((kind = 'role') = (trust_policy is not null)),
    check ((kind = 'role') = (max_session_seconds is not null))
);

create unique index identity_name on identity (kind, lower(name));

create index identity_boundary on identity (boundary_id);

create table identity_tag (
    owner_id varchar(21) not null references identity (id) on delete cascade,
    key varchar(128) not null,
    value varchar(256) not null,
    primary key (owner_id, key)
);

create table membership (
    user_id varchar(21) not null references identity (id),
    group_id varchar(21) not null references identity (id),
    primary key (user_id, group_id)
);

create index membership_group on membership (group_id);

create table inline_policy (
    identity_id varchar(21) not null references identity (id),
    name varchar(128) not null,
    document text not null,
    primary key (identity_id, name)
);

create table attachment (
    identity_id varchar(21) not null references identity (id),
    policy_id varchar(21) not null references managed_policy (id),
    primary key (identity_id, policy_id)
);

create index attachment_policy on attachment (policy_id);

-- The secret is sealed under the root key, for the purpose of this key id.
create table access_key (
    id varchar(128) primary key,
    user_id varchar(21) not null references identity (id),
    sealed_secret bytea not null,
    active boolean not null,
    created_at timestamptz not null,
    last_used_at timestamptz,
    last_used_service varchar(128),
    last_used_region varchar(128)
);

create index access_key_user on access_key (user_id);

create table oidc_provider (
    url varchar(255) primary key,
    client_ids varchar(255)[] not null,
    thumbprints varchar(40)[] not null,
    created_at timestamptz not null
);

create table oidc_provider_tag (
    owner_id varchar(255) not null references oidc_provider (url) on delete cascade,
    key varchar(128) not null,
    value varchar(256) not null,
    primary key (owner_id, key)
);
