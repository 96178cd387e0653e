package io.riacho.firehose.processing;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where functions are that are named by ARN. */
final class FunctionUrls {

    private static final int PARTS = 7;

    private final Map<String, URI> urls;

    FunctionUrls(Map<String, URI> urls) {
        this.urls = urls;
    }

    /**
     * The URL of a function, or of the one without the version or alias that the ARN names.
     *
     * @throws io.riacho.protocol.AwsException InvalidArgumentException where there is none
     */
    URI of(String arn) {
        URI url = find(arn);
        if (url == null) {
            throw ProcessorParameters.refused("There is no function " + arn
                    + ". Give its URL in the property riacho.firehose.functions.[" + arn + "]");
        }
        return url;
    }

    private @Nullable URI find(String arn) {
        URI url = urls.get(arn);
        String[] parts = arn.split(":", -1);
        if (url != null || parts.length <= PARTS) {
            return url;
        }
        return urls.get(arn.substring(0, arn.lastIndexOf(':')));
    }
}
