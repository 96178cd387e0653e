/** Roles that services assume to act for those who gave them to them, as a service sees them: the seam to STS. */
@NullMarked
package io.riacho.protocol.role;

import org.jspecify.annotations.NullMarked;
