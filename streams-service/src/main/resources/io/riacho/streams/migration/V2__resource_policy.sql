-- The policy of the stream itself, as it was put; null where it has none.
alter table stream add column resource_policy text;
