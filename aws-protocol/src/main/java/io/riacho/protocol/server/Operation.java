package io.riacho.protocol.server;

import io.riacho.protocol.model.Constraints;

/**
 * An operation that can be asked for.
 *
 * @param service the name that requests are signed for
 */
record Operation(String service, String name, Constraints constraints, Handler handler) {}
