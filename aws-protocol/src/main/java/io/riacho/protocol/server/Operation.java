package io.riacho.protocol.server;

import io.riacho.protocol.OperationAccess;
import io.riacho.protocol.model.Constraints;
import java.util.regex.Pattern;

/**
 * An operation that can be asked for.
 *
 * @param service the name that requests are signed for
 * @param access who may ask for it
 * @param unsigned whether it may be asked for without a signature
 * @param compressible whether its requests may be compressed
 * @param json how it is called and answers in JSON
 */
record Operation(
        String service,
        String name,
        Constraints constraints,
        OperationAccess access,
        Handler handler,
        boolean unsigned,
        boolean compressible,
        JsonForm json) {

    private static final Pattern READS_OR_USES =
            Pattern.compile("(Describe|Discover|List|Get|PutRecord|PutMetricData|SubscribeTo|Simulate"
                    + "|Encrypt|Decrypt|ReEncrypt|GenerateDataKey|GenerateRandom|Sign|Verify"
                    + "|PutItem|UpdateItem|DeleteItem|Query|Scan|TransactWrite|TransactGet).*");

    /** Whether it changes more than records, which is audited. */
    boolean isChange() {
        return !READS_OR_USES.matcher(name).matches();
    }
}
