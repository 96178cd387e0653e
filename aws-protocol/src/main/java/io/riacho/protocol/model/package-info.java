/** What AWS publishes of an API: its operations, and the constraints on their members. */
@NullMarked
package io.riacho.protocol.model;

import org.jspecify.annotations.NullMarked;
