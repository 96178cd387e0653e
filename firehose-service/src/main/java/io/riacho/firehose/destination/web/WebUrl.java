package io.riacho.firehose.destination.web;

import io.riacho.firehose.error.FirehoseErrors;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;

/** URLs of destinations, which may have secrets in them: errors name the member and not the value. */
public final class WebUrl {

    private WebUrl() {}

    /**
     * Reads a URL that a caller gave.
     *
     * @throws io.riacho.protocol.AwsException InvalidArgumentException where it is none
     */
    public static URI parse(String url, String member) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw FirehoseErrors.invalidArgument(member + " is no URL");
        }
        if (uri.getScheme() == null
                || uri.getHost() == null
                || !(uri.getScheme().equalsIgnoreCase("https")
                        || uri.getScheme().equalsIgnoreCase("http"))) {
            throw FirehoseErrors.invalidArgument(member + " has to be an https URL with a host");
        }
        if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw FirehoseErrors.invalidArgument(member + " must have neither a user nor a fragment");
        }
        return uri;
    }

    /** Where a URL that a configuration names really is: itself, or what it is mapped to. */
    public static URI mapped(String url, Map<String, URI> endpoints, String member) {
        URI mapped = endpoints.get(url);
        return mapped == null ? parse(url, member) : mapped;
    }
}
