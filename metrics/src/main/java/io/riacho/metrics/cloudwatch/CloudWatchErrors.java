package io.riacho.metrics.cloudwatch;

import io.riacho.protocol.AwsException;

/** What CloudWatch's operations answer to requests that they refuse. */
final class CloudWatchErrors {

    private CloudWatchErrors() {}

    static AwsException missing(String parameter) {
        return AwsException.badRequest(
                "MissingRequiredParameterException", "The parameter " + parameter + " is required.");
    }

    static AwsException invalid(String text) {
        return AwsException.badRequest("InvalidParameterValueException", text);
    }

    static AwsException invalid(Object value, String parameter) {
        return invalid("The value " + value + " for parameter " + parameter + " is invalid.");
    }

    static AwsException tooMany(String parameter, int max) {
        return invalid("The collection " + parameter + " must not have a size greater than " + max + ".");
    }

    static AwsException combination(String text) {
        return AwsException.badRequest("InvalidParameterCombinationException", text);
    }

    static AwsException exclusive(String one, String other) {
        return combination(
                "The parameters " + one + " and " + other + " are mutually exclusive and you have specified both.");
    }

    static AwsException validation(String text) {
        return AwsException.badRequest("ValidationException", text);
    }

    static AwsException invalidToken() {
        return AwsException.badRequest("InvalidNextToken", "The specified nextToken is invalid.");
    }

    static AwsException tooManyMetrics(int max) {
        return AwsException.badRequest(
                "LimitExceededFault",
                "This server keeps no more than " + max
                        + " different metrics (riacho.metrics.max-series); nothing of the request was taken.");
    }
}
