# For --backup, where postgres:18 is a stand-in without the official image's pg_dump and pg_restore: Debian's, from its newest suite.
#   docker build -f deployment/verify/postgres-stand-in.Dockerfile -t postgres:18-dump deployment/verify; POSTGRES_IMAGE=postgres:18-dump
FROM postgres:18
USER 0
# A mirror may be older than the time for which its list is signed, and the two suites have one file of OpenSSL in different packages.
RUN echo 'deb http://deb.debian.org/debian sid main' >/etc/apt/sources.list.d/sid.list \
    && apt-get update -qq -o Acquire::Check-Valid-Until=false \
    && apt-get install -y -qq --no-install-recommends -o Dpkg::Options::=--force-overwrite postgresql-client-18 >/dev/null \
    && rm -rf /var/lib/apt/lists/*
ENV PATH=/usr/lib/postgresql/18/bin:/usr/local/pgsql/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
