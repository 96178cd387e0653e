-- What tells the stream or topic that a delivery stream read first from another of the same name; null where it is not known.
alter table delivery_stream add column source_identity text;
