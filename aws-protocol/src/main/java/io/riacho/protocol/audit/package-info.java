/** The audit log: who was denied what, and who changed what. */
@NullMarked
package io.riacho.protocol.audit;

import org.jspecify.annotations.NullMarked;
