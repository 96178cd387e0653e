/** A real OpenSearch for tests. */
@NullMarked
package io.riacho.opensearch;

import org.jspecify.annotations.NullMarked;
