/** Table definitions, given through a part of AWS Glue's API: what records are converted to, and Iceberg tables are made of. */
@NullMarked
package io.riacho.firehose.catalog;

import org.jspecify.annotations.NullMarked;
