package io.riacho.leasetables.error;

import io.riacho.protocol.AwsException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** What DynamoDB answers where something is wrong, in its own words as far as they are known. */
public final class DynamoErrors {

    private static final String INVALID = "One or more parameter values were invalid: ";

    private DynamoErrors() {}

    public static AwsException validation(String message) {
        return AwsException.badRequest("ValidationException", message);
    }

    /** One or more parameter values were invalid. */
    public static AwsException invalid(String message) {
        return validation(INVALID + message);
    }

    /** What this server does not do, by name. */
    public static AwsException notSupported(String what) {
        return validation(what + " is not supported by this server");
    }

    public static AwsException tableNotFound() {
        return AwsException.badRequest("ResourceNotFoundException", "Requested resource not found");
    }

    public static AwsException tableNotFound(String name) {
        return AwsException.badRequest(
                "ResourceNotFoundException", "Requested resource not found: Table: " + name + " not found");
    }

    public static AwsException noSuchTable(String name) {
        return AwsException.badRequest("TableNotFoundException", "Table not found: " + name);
    }

    public static AwsException backupsUnavailable(String name) {
        return AwsException.badRequest(
                "ContinuousBackupsUnavailableException",
                "Backups are not supported by this server for the table: " + name + ". Back up its PostgreSQL instead");
    }

    public static AwsException resourceNotFound(String arn) {
        return AwsException.badRequest(
                "ResourceNotFoundException", "Requested resource not found: ResourcArn: " + arn + " not found");
    }

    public static AwsException tableExists(String name) {
        return AwsException.badRequest("ResourceInUseException", "Table already exists: " + name);
    }

    public static AwsException deletionProtected(String arn) {
        return validation("Resource cannot be deleted as it is currently protected against deletion. "
                + "Disable deletion protection first. (Resource: " + arn + ")");
    }

    public static AwsException limitExceeded(String message) {
        return AwsException.badRequest("LimitExceededException", message);
    }

    /** @param item the item as it is, where the request asks for it; null where it does not, or there is none */
    public static AwsException conditionFailed(@Nullable Map<String, AttributeValue> item) {
        AwsException failed =
                AwsException.badRequest("ConditionalCheckFailedException", "The conditional request failed");
        return item == null
                ? failed
                : failed.with(
                        ConditionalCheckFailedException.builder().item(item).build());
    }

    public static AwsException transactionCanceled(List<CancellationReason> reasons) {
        String codes = reasons.stream().map(CancellationReason::code).collect(Collectors.joining(", "));
        return AwsException.badRequest(
                        "TransactionCanceledException",
                        "Transaction cancelled, please refer cancellation reasons for specific reasons [" + codes + "]")
                .with(TransactionCanceledException.builder()
                        .cancellationReasons(reasons)
                        .build());
    }

    public static AwsException tokenOfAnotherRequest() {
        return AwsException.badRequest(
                "IdempotentParameterMismatchException",
                "The request uses the same client token as a previous, but non-identical request");
    }

    public static AwsException noType() {
        return validation("Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
    }

    public static AwsException severalTypes() {
        return validation("Supplied AttributeValue has more than one datatypes set, "
                + "must contain exactly one of the supported datatypes");
    }

    public static AwsException nullIsFalse() {
        return invalid("Null attribute value types must have the value of true");
    }

    public static AwsException notANumber(String text) {
        String shown = text.length() <= 128 ? text : text.substring(0, 128) + "...";
        return validation(
                "The parameter cannot be converted to a numeric value" + (text.isEmpty() ? "" : ": " + shown));
    }

    public static AwsException numberOverflow() {
        return validation("Number overflow. Attempting to store a number with magnitude larger than supported range");
    }

    public static AwsException numberUnderflow() {
        return validation("Number underflow. Attempting to store a number with magnitude smaller than supported range");
    }

    public static AwsException tooManyDigits() {
        return validation("Attempting to store more than 38 significant digits in a Number");
    }

    public static AwsException emptySet() {
        return invalid("An AttributeValue may not contain an empty set");
    }

    public static AwsException nullInSet(String type) {
        return invalid("An " + type + " set may not have a null " + type + " as a member");
    }

    public static AwsException duplicates(String type, Collection<?> values) {
        if (type.equals("NS")) {
            return validation("Input collection contains duplicates");
        }
        return invalid(
                type.equals("BS")
                        ? "Input collection of type BS contains duplicates."
                        : "Input collection " + values + " contains duplicates.");
    }

    public static AwsException tooDeep() {
        return validation(
                "Nesting Levels have exceeded supported limits: Attributes contains nested items more than 32");
    }

    public static AwsException notUnicode() {
        return AwsException.badRequest("SerializationException", "A text is not well-formed Unicode");
    }

    public static AwsException itemTooLarge() {
        return validation("Item size has exceeded the maximum allowed size");
    }

    public static AwsException updatedItemTooLarge() {
        return validation("Item size to update has exceeded the maximum allowed size");
    }

    public static AwsException keyDoesNotMatch() {
        return validation("The provided key element does not match the schema");
    }

    public static AwsException missingKey(String name) {
        return invalid("Missing the key " + name + " in the item");
    }

    public static AwsException keyType(String name, String expected, String actual) {
        return invalid("Type mismatch for key " + name + " expected: " + expected + " actual: " + actual);
    }

    public static AwsException emptyKey(String name, String what) {
        return validation("One or more parameter values are not valid. The AttributeValue for a key attribute cannot "
                + "contain an empty " + what + " value. Key: " + name);
    }

    public static AwsException keyTooLong(String which, int max) {
        return invalid("Size of " + which + " has exceeded the maximum size limit of " + max + " bytes");
    }

    public static AwsException indexKeyType(String name, String expected, String actual, String index) {
        return invalid("Type mismatch for Index Key " + name + " Expected: " + expected + " Actual: " + actual
                + " IndexName: " + index);
    }

    public static AwsException partOfKey(String name) {
        return invalid("Cannot update attribute " + name + ". This attribute is part of the key");
    }
}
