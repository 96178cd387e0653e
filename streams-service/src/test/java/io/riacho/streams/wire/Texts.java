package io.riacho.streams.wire;

import static io.riacho.streams.wire.WireServer.ACCOUNT;

/** AWS's texts that many operations share. */
final class Texts {

    static final String NOT_FOUND = "ResourceNotFoundException";
    static final String IN_USE = "ResourceInUseException";
    static final String INVALID = "InvalidArgumentException";
    static final String VALIDATION = "ValidationException";
    static final String LIMIT = "LimitExceededException";

    private Texts() {}

    static String streamNotFound(String stream) {
        return "Stream " + stream + " under account " + ACCOUNT + " not found.";
    }

    static String noShard(String shard, String stream) {
        return "Could not find shard " + shard + " in stream " + stream + " under account " + ACCOUNT + ".";
    }

    static String shardDoesNotExist(String shard, String stream) {
        return "Shard " + shard + " in stream " + stream + " under account " + ACCOUNT + " does not exist";
    }

    static String notActive(String stream, String state) {
        return "Stream " + stream + " under account " + ACCOUNT + " not ACTIVE, instead in state " + state;
    }

    static String onDemand(String stream) {
        return "Request is invalid. Stream " + stream + " under account " + ACCOUNT + " is in On-Demand mode.";
    }

    static String violation(String value, String member, String constraint) {
        return "1 validation error detected: Value " + value + " at '" + member + "' failed to satisfy constraint: "
                + constraint;
    }
}
