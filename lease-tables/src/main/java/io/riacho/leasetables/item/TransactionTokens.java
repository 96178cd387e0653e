package io.riacho.leasetables.item;

import io.riacho.leasetables.error.DynamoErrors;
import io.riacho.protocol.WireFormat;
import io.riacho.protocol.shape.ShapeWriter;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Lets a transaction be done once, however often its request comes within ten minutes. */
public final class TransactionTokens {

    private final TokenStore store;
    private final InstantSource clock;
    private final ShapeWriter shapes = new ShapeWriter();

    public TransactionTokens(TokenStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Whether the token is used for the first time. Called within the transaction.
     *
     * @throws io.riacho.protocol.AwsException IdempotentParameterMismatchException where it was used for another request
     */
    boolean isFirst(String accountId, String token, List<TransactWriteItem> request) {
        return switch (store.use(accountId, token, digest(request), clock.instant())) {
            case FIRST -> true;
            case REPEATED -> false;
            case BY_ANOTHER_REQUEST -> throw DynamoErrors.tokenOfAnotherRequest();
        };
    }

    private byte[] digest(List<TransactWriteItem> request) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (TransactWriteItem item : request) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                shapes.write(item, WireFormat.JSON, bytes);
                digest.update(bytes.toByteArray());
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
