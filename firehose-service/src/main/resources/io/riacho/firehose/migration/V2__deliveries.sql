-- What is about to be delivered: committed before the delivery, deleted with the checkpoint behind it.
create table firehose.intent (
    id uuid primary key,
    delivery_stream uuid not null,
    shard text not null,
    lane text not null,
    after_position numeric,
    last_position numeric not null,
    version text not null,
    begun_at timestamptz not null,
    unique (delivery_stream, shard, lane)
);

-- How far lanes are that are ahead of their shard's checkpoint.
create table firehose.delivered (
    delivery_stream uuid not null,
    shard text not null,
    lane text not null,
    position numeric not null,
    primary key (delivery_stream, shard, lane)
);
