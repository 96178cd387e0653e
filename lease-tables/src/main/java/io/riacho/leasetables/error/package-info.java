/** The errors of DynamoDB. */
@NullMarked
package io.riacho.leasetables.error;

import org.jspecify.annotations.NullMarked;
