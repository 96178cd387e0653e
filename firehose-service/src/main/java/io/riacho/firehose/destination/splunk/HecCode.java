package io.riacho.firehose.destination.splunk;

/**
 * What HEC's answers mean.
 *
 * @see <a href="https://docs.splunk.com/Documentation/Splunk/latest/Data/TroubleshootHTTPEventCollector#Possible_error_codes">
 *     Possible error codes</a> and, for the texts, Firehose's <a
 *     href="https://docs.aws.amazon.com/firehose/latest/dev/monitoring-with-cloudwatch-logs.html#monitoring-splunk-errors">
 *     Splunk data delivery errors</a>
 */
enum HecCode {
    DISABLED_TOKEN(
            "Splunk.DisabledToken", "The HEC token is disabled. Enable the token to allow data delivery to Splunk."),
    INVALID_TOKEN(
            "Splunk.InvalidToken", "The HEC token is invalid. Update the delivery stream with a valid HEC token."),
    INVALID_DATA(
            "Splunk.InvalidDataFormat",
            "The data is not formatted correctly. See Splunk's documentation for how to format data for Raw or Event HEC"
                    + " endpoints."),
    INVALID_INDEX(
            "Splunk.InvalidIndex",
            "The HEC token or input is configured with an invalid index. Check your index configuration and try again."),
    SERVER_ERROR("Splunk.ServerError", "Data delivery to Splunk failed due to a server error from the HEC node."),
    BUSY("Splunk.IndexerBusy", "The HEC node is too busy to take data."),
    DISABLED_ACK(
            "Splunk.DisabledAck",
            "Indexer acknowledgement is disabled for the HEC token. Enable indexer acknowledgement and try again."),
    WRONG_CHANNEL(
            "Splunk.ProxyWithoutStickySessions",
            "If you have a proxy between Riacho and the HEC node, you must enable sticky sessions to support HEC ACKs.");

    private final String code;
    private final String text;

    HecCode(String code, String text) {
        this.code = code;
        this.text = text;
    }

    /** @param code HEC's; negative where the answer has none */
    static HecCode of(int status, int code) {
        return switch (code) {
            case 1 -> DISABLED_TOKEN;
            case 2, 3, 4, 16 -> INVALID_TOKEN;
            case 5, 6, 12, 13, 15 -> INVALID_DATA;
            case 7 -> INVALID_INDEX;
            case 9, 18, 19, 20, 23, 24, 26, 27 -> BUSY;
            case 10, 11 -> WRONG_CHANNEL;
            case 14 -> DISABLED_ACK;
            default ->
                switch (status) {
                    case 401, 403 -> INVALID_TOKEN;
                    case 429, 503 -> BUSY;
                    default -> SERVER_ERROR;
                };
        };
    }

    String code() {
        return code;
    }

    String text() {
        return text;
    }
}
