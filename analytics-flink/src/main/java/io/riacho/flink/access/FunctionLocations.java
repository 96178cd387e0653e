package io.riacho.flink.access;

import java.net.URI;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;

/** Where functions are. */
public final class FunctionLocations {

    private FunctionLocations() {}

    /**
     * The URL that the session knows for a function.
     *
     * @throws ValidationException where it knows none
     */
    public static URI url(ReadableConfig session, String arn) {
        ConfigOption<String> option = AccessOptions.sessionFunction(arn);
        String url = session.getOptional(option)
                .orElseThrow(() -> new ValidationException(
                        "Nobody said where the function " + arn + " is: set '" + option.key() + "'"));
        return ServiceAccess.uri(url);
    }

    /** A URL that a table gives itself. */
    public static URI url(String given) {
        return ServiceAccess.uri(given);
    }
}
