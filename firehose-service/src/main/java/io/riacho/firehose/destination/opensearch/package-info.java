/** Delivery to OpenSearch, Elasticsearch and OpenSearch Serverless by the bulk API that all of them have. */
@NullMarked
package io.riacho.firehose.destination.opensearch;

import org.jspecify.annotations.NullMarked;
