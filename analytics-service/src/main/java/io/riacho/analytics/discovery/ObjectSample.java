package io.riacho.analytics.discovery;

import java.util.List;

/** Reads the beginning of an object in a bucket. */
public interface ObjectSample {

    /**
     * The object's lines, or the object in one piece where it is JSON that spans lines.
     *
     * @throws io.riacho.protocol.AwsException where it cannot be read
     */
    List<String> take(String bucket, String key, String role);
}
