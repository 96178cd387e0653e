/** Delivery to Splunk's HTTP Event Collector (HEC) with acknowledgements of its indexers. */
@NullMarked
package io.riacho.firehose.destination.splunk;

import org.jspecify.annotations.NullMarked;
