/** The AWS wire: how a service offers its operations. */
@NullMarked
package io.riacho.protocol;

import org.jspecify.annotations.NullMarked;
