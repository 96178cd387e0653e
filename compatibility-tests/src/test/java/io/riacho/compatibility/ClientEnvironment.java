package io.riacho.compatibility;

import java.util.List;
import java.util.Map;

/** The variables by which a user points a client at Riacho; those of the developer's own AWS account are taken away. */
final class ClientEnvironment {

    private ClientEnvironment() {}

    static void set(Map<String, String> environment, Target target) {
        environment.keySet().removeIf(name -> name.startsWith("AWS_"));
        environment.put("AWS_ENDPOINT_URL", target.url().toString());
        for (String service : List.of("IAM", "STS", "KMS")) {
            environment.put(
                    "AWS_ENDPOINT_URL_" + service, Endpoints.auth(target.url()).toString());
        }
        environment.put(
                "AWS_ENDPOINT_URL_FIREHOSE", Endpoints.firehose(target.url()).toString());
        environment.put("AWS_ACCESS_KEY_ID", target.accessKeyId());
        environment.put("AWS_SECRET_ACCESS_KEY", target.secretAccessKey());
        if (target.sessionToken() != null) {
            environment.put("AWS_SESSION_TOKEN", target.sessionToken());
        }
        if (target.ca() != null) {
            environment.put("AWS_CA_BUNDLE", target.ca().toString());
            environment.put("NODE_EXTRA_CA_CERTS", target.ca().toString());
        }
        environment.put("AWS_DEFAULT_REGION", Target.REGION);
        environment.put("AWS_REGION", Target.REGION);
        environment.put("AWS_EC2_METADATA_DISABLED", "true");
        environment.put("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
        environment.put("AWS_CONFIG_FILE", "/dev/null");
        environment.put("AWS_PAGER", "");
    }
}
