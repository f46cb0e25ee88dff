#!/bin/sh
# Run once by PostgreSQL on an empty volume: the owner of the schema, and the app's role that owns nothing.
set -eu
psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d postgres \
  -v owner_password="$OWNER_PASSWORD" -v app_password="$APP_PASSWORD" <<'SQL'
create role sovang_owner login password :'owner_password';
create role sovang_app login password :'app_password';
create database sovang owner sovang_owner;
SQL
