#!/usr/bin/env bash
# Gives each service a database and a role of its own, which may do nothing elsewhere. Repeated at each `up`: a password that was
# exchanged in the secrets is exchanged here, too.
set -euo pipefail
export PGHOST=postgres PGUSER=postgres PGDATABASE=postgres PGPASSWORD
PGPASSWORD=$(cat /run/secrets/postgres-password)
for service in auth streams firehose analytics; do
  # By psql's variables, which quote; the password comes by a file and not by an argument that others can see.
  psql -v ON_ERROR_STOP=1 -qtA -v service="$service" <<SQL
\set password \`cat /run/secrets/$service-database\`
select format('create role %I login', :'service')
 where not exists (select from pg_roles where rolname = :'service') \gexec
set password_encryption = 'scram-sha-256';
alter role :"service" with login nosuperuser nocreatedb nocreaterole password :'password';
select format('create database %I owner %I', :'service', :'service')
 where not exists (select from pg_database where datname = :'service') \gexec
revoke connect, temporary on database :"service" from public;
SQL
  echo "database $service is there"
done
psql -v ON_ERROR_STOP=1 -qtA -c 'revoke connect on database postgres from public'
