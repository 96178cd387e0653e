/** What the tables tell of KCL's applications. */
@NullMarked
package io.riacho.leasetables.application;

import org.jspecify.annotations.NullMarked;
