/** What Redshift and PostgreSQL-compatible warehouses have in common: their configuration, connections, names and errors. */
@NullMarked
package io.riacho.firehose.destination.warehouse;

import org.jspecify.annotations.NullMarked;
