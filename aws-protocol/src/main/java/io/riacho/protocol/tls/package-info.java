/** TLS: the server's certificate, own or given, and the listeners that show it. */
@NullMarked
package io.riacho.protocol.tls;

import org.jspecify.annotations.NullMarked;
