package io.riacho.flink.access;

import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An object that the service which runs the job reads for it. Its text form has no token. */
public record ServedObject(URI uri, String token, @Nullable String trustedCa, String bucket, String key)
        implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int OK = 200;

    /** The object is larger than it may be. */
    public static final class TooLarge extends IOException {

        private static final long serialVersionUID = 1L;
    }

    /** What the service answered but the object. */
    public static final class Refused extends Exception {

        private static final long serialVersionUID = 1L;

        private final int status;

        Refused(int status, String message) {
            super(message);
            this.status = status;
        }

        /** Whether the same question may be answered later. */
        public boolean isTransient() {
            return status >= 500;
        }
    }

    /**
     * Its bytes as they are now.
     *
     * @throws TooLarge where there are more
     * @throws Refused where the service does not give them
     * @throws IOException where it cannot be reached
     */
    public byte[] read(int maxBytes) throws IOException, InterruptedException, Refused {
        URI asked = URI.create(uri + "?bucket=" + encoded(bucket) + "&key=" + encoded(key));
        HttpRequest request = HttpRequest.newBuilder(asked)
                .header("Authorization", token)
                .timeout(PATIENCE)
                .GET()
                .build();
        HttpResponse<byte[]> answer;
        try {
            answer = Trust.httpClient(trustedCa).send(request, head -> new LimitedBody(maxBytes));
        } catch (IOException e) {
            throw e instanceof LimitedBody.TooLarge || e.getCause() instanceof LimitedBody.TooLarge
                    ? new TooLarge()
                    : e;
        }
        if (answer.statusCode() != OK) {
            throw new Refused(answer.statusCode(), EndpointCredentials.refusal(answer.body(), answer.statusCode()));
        }
        return answer.body();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "The object s3://" + bucket + "/" + key;
    }
}
