/** IAM policy documents: parse, evaluate, explain. */
@NullMarked
package io.riacho.policy;

import org.jspecify.annotations.NullMarked;
