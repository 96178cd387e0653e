-- Whom a client acts for is bound to the principal's unique id: a user or role that was made again is another.
create table oauth_client (
    id            text        primary key,
    name          text        not null unique,
    principal_arn text,
    principal_id  text,
    secret_hash   text,
    redirect_uris text[]      not null,
    created_at    timestamptz not null,
    check ((principal_arn is null) = (principal_id is null))
);

-- What was granted. Codes and tokens are here by their hash only.
create table oauth_authorization (
    id           text        primary key,
    client_id    text        not null references oauth_client (id) on delete cascade,
    version      integer     not null,
    principal    text        not null,
    grant_type   text        not null,
    code_hash    text        unique,
    access_hash  text        unique,
    refresh_hash text        unique,
    body         text        not null,
    expires_at   timestamptz not null
);

create index oauth_authorization_expiry on oauth_authorization (expires_at);

-- Refresh tokens that were exchanged: who shows one again has stolen it, or was stolen from.
create table oauth_spent_token (
    hash             text        primary key,
    authorization_id text        not null references oauth_authorization (id) on delete cascade
);

create table login_profile (
    user_id       varchar(21) primary key references identity (id) on delete cascade,
    password_hash text        not null,
    created_at    timestamptz not null
);
