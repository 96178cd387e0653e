/** Plain REST APIs beside AWS's wire: the same credentials, policies and errors in the forms that HTTP has for them. */
@NullMarked
package io.riacho.protocol.rest;

import org.jspecify.annotations.NullMarked;
