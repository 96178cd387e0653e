package io.riacho.protocol;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One AWS API as a service offers it. Declare a bean of this type and its operations are served.
 *
 * <p>An operation is a public method of one of {@code operations}, found by its name: {@code CreateStream} is served by
 * {@code CreateStreamResponse createStream(CreateStreamRequest)}, with an optional second parameter of type
 * {@link RequestContext}; a {@code void} method answers with an empty body. An operation in {@code wireOperations} reads
 * and writes the wire itself. What the model names and neither serves is refused by name. The model says by which
 * protocol the API is called: JSON and CBOR by {@code X-Amz-Target}, or Query by {@code Action} and {@code Version}.
 *
 * @param service the name of the model under {@code aws-api/}, which is also the name that requests are signed for, unless
 *     the model says another
 * @param access what callers need to be allowed; it is asked about all operations but those of {@code wireOperations},
 *     which ask for themselves
 * @param wireOperations of an API called by JSON and CBOR only
 * @param unsigned operations of a Query API that anybody may call without a signature, because they prove by other means
 *     who asks: their caller is {@link Caller#anonymous()}. One that is signed all the same has the signer for a caller
 * @param ownFormats shapes of the model whose pattern is not checked, because the operations take more than AWS and check by
 *     themselves
 * @param checksums whether answers carry their CRC32 in {@code X-Amz-Crc32}, which clients of some APIs check
 */
public record AwsApi(
        String service,
        OperationAccess access,
        List<Object> operations,
        Map<String, WireOperation> wireOperations,
        Set<String> unsigned,
        Set<String> ownFormats,
        boolean checksums) {

    public AwsApi {
        operations = List.copyOf(operations);
        wireOperations = Map.copyOf(wireOperations);
        unsigned = Set.copyOf(unsigned);
        ownFormats = Set.copyOf(ownFormats);
    }

    public static AwsApi of(String service, OperationAccess access, Object... operations) {
        return new AwsApi(service, access, List.of(operations), Map.of(), Set.of(), Set.of(), false);
    }

    public AwsApi with(String operation, WireOperation handler) {
        Map<String, WireOperation> more = new HashMap<>(wireOperations);
        more.put(operation, handler);
        return new AwsApi(service, access, operations, more, unsigned, ownFormats, checksums);
    }

    /** With operations that need no signature, such as {@code AssumeRoleWithWebIdentity}. */
    public AwsApi withUnsigned(String... names) {
        return new AwsApi(service, access, operations, wireOperations, Set.of(names), ownFormats, checksums);
    }

    /** With shapes that have another format than the model says; their lengths are checked all the same. */
    public AwsApi withOwnFormats(String... shapes) {
        return new AwsApi(service, access, operations, wireOperations, unsigned, Set.of(shapes), checksums);
    }

    public AwsApi withChecksums() {
        return new AwsApi(service, access, operations, wireOperations, unsigned, ownFormats, true);
    }
}
