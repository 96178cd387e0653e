package io.riacho.firehose.deliverystream;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.firehose.model.KeyType;

/**
 * What the records of a Direct PUT delivery stream are encrypted with.
 *
 * @param arn of a customer managed key; null for the key that AWS owns, here the service's own
 */
public record SourceKey(KeyType type, @Nullable String arn) {}
