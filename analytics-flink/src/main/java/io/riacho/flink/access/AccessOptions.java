package io.riacho.flink.access;

import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Where the services are and as whom a table asks them: options of tables, and of the session for all its tables. */
public final class AccessOptions {

    public static final ConfigOption<String> REGION = text("aws.region", "The region of the service.");

    public static final ConfigOption<String> ENDPOINT = text("aws.endpoint", "The URL of the service.");

    public static final ConfigOption<String> ACCESS_KEY_ID =
            text("aws.credentials.basic.accesskeyid", "A fixed access key.");

    public static final ConfigOption<String> SECRET_KEY =
            text("aws.credentials.basic.secretkey", "The secret of the fixed access key.");

    public static final ConfigOption<String> CREDENTIALS_URI = text(
            "aws.credentials.uri",
            "Where credentials are asked for, with the session's token, instead of the session's.");

    public static final ConfigOption<String> SESSION_REGION = text("riacho.region", "The region of all services.");

    public static final ConfigOption<String> SESSION_CREDENTIALS_URI =
            text("riacho.credentials.uri", "Where credentials are asked for.");

    public static final ConfigOption<String> SESSION_CREDENTIALS_TOKEN =
            text("riacho.credentials.token", "The Authorization header with which credentials are asked for.");

    public static final ConfigOption<String> SESSION_TRUSTED_CA =
            text("riacho.trusted-ca", "Certificates (PEM) that HTTPS endpoints are trusted by, besides Java's own.");

    /** Of a table and of the session: the service that runs the job reads objects for it there. */
    public static final ConfigOption<String> OBJECTS_URI =
            text("riacho.objects.uri", "Where objects are asked for, with the session's token, instead of at the S3.");

    private AccessOptions() {}

    /** What a table may set. */
    public static Set<ConfigOption<?>> ofTables() {
        return Set.of(REGION, ENDPOINT, ACCESS_KEY_ID, SECRET_KEY, CREDENTIALS_URI);
    }

    /** @param service {@code kinesis}, {@code firehose} or {@code s3} */
    public static ConfigOption<String> sessionEndpoint(String service) {
        return text("riacho." + service + ".endpoint", "The URL of the service.");
    }

    /** The URL of a function. */
    public static ConfigOption<String> sessionFunction(String arn) {
        return text("riacho.functions." + arn, "The URL of the function.");
    }

    private static ConfigOption<String> text(String key, String description) {
        return ConfigOptions.key(key).stringType().noDefaultValue().withDescription(description);
    }
}
