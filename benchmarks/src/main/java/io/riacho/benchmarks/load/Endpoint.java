package io.riacho.benchmarks.load;

import java.net.InetSocketAddress;
import java.net.URI;

/** A Kinesis endpoint and the access key that it knows. Its text form hides the secret. */
public record Endpoint(URI url, String accessKeyId, String secretAccessKey, String region) {

    public Endpoint {
        if (!"http".equals(url.getScheme())) {
            throw new IllegalArgumentException("Only http:// endpoints can be driven, not " + url);
        }
    }

    InetSocketAddress address() {
        return new InetSocketAddress(url.getHost(), port());
    }

    /** The value of the Host header, which is signed. */
    String host() {
        return url.getPort() < 0 ? url.getHost() : url.getHost() + ":" + url.getPort();
    }

    private int port() {
        return url.getPort() < 0 ? 80 : url.getPort();
    }

    @Override
    public String toString() {
        return url.toString();
    }
}
