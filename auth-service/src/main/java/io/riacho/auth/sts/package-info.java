/** The Security Token Service: temporary credentials for those who may have them. */
@NullMarked
package io.riacho.auth.sts;

import org.jspecify.annotations.NullMarked;
