@NullMarked
package io.riacho.leases;

import org.jspecify.annotations.NullMarked;
