/** DynamoDB's tables in PostgreSQL, for the leases of the Kinesis Client Library. */
@NullMarked
package io.riacho.leasetables;

import org.jspecify.annotations.NullMarked;
