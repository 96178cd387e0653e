-- The KMS key as StartStreamEncryption named it; null where new records are not encrypted.
alter table stream add column encryption_key_id varchar(2048);
alter table stream add column encryption_starts timestamptz[] not null default '{}';
alter table stream add column encryption_stops timestamptz[] not null default '{}';

-- Keys that batches in the log are sealed with, wrapped by a key of KMS. Their ids are in the log, and never given twice.
create table data_key (
    id bigint generated always as identity primary key,
    stream_id bigint not null references stream (id) on delete cascade,
    key_id varchar(2048) not null,
    key_arn varchar(2048) not null,
    wrapped bytea not null,
    created_at timestamptz not null
);

create index data_key_stream on data_key (stream_id);
