-- Consumers of enhanced fan-out that jobs registered and nothing needs any more, until they are deregistered as the role that
-- the application had. They outlive their application.
create table former_consumer (
    id bigint generated always as identity primary key,
    application_id uuid not null,
    application text not null,
    application_arn text not null,
    role text not null,
    stream text not null,
    consumer text not null,
    since timestamptz not null,
    not_before timestamptz not null
);
