package io.riacho.leasetables.table;

import io.riacho.leasetables.error.DynamoErrors;
import io.riacho.protocol.Arn;
import java.util.regex.Pattern;

/** What tables are called: by their names, or by their ARNs. */
public final class TableNames {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]{3,255}");
    private static final String TABLE = "table/";

    private final String accountId;
    private final String region;

    public TableNames(String accountId, String region) {
        this.accountId = accountId;
        this.region = region;
    }

    public String accountId() {
        return accountId;
    }

    public String arnOf(String table) {
        return new Arn("aws", "dynamodb", region, accountId, TABLE + table).toString();
    }

    public String arnOf(String table, String index) {
        return arnOf(table) + "/index/" + index;
    }

    /**
     * The name of the table that a request calls by its name or its ARN. The table need not exist.
     *
     * @throws io.riacho.protocol.AwsException ValidationException where it is neither; ResourceNotFoundException where the
     *     ARN is of another account or region
     */
    public String named(String nameOrArn) {
        if (!nameOrArn.startsWith("arn:")) {
            requireName("TableName", nameOrArn);
            return nameOrArn;
        }
        Arn arn = Arn.parse(nameOrArn)
                .filter(parsed -> parsed.service().equals("dynamodb")
                        && parsed.resource().startsWith(TABLE)
                        && NAME.matcher(parsed.resource().substring(TABLE.length()))
                                .matches())
                .orElseThrow(() -> DynamoErrors.validation("Invalid table ARN: " + shown(nameOrArn)));
        String name = arn.resource().substring(TABLE.length());
        if (!arn.toString().equals(arnOf(name))) {
            throw DynamoErrors.resourceNotFound(nameOrArn);
        }
        return name;
    }

    /** @param parameter such as {@code IndexName} */
    public static void requireName(String parameter, String name) {
        if (name.length() < 3 || name.length() > 255) {
            throw DynamoErrors.validation(
                    parameter + " must be at least 3 characters long and at most 255 characters long");
        }
        if (!NAME.matcher(name).matches()) {
            throw DynamoErrors.validation("1 validation error detected: Value '" + shown(name) + "' at '"
                    + Character.toLowerCase(parameter.charAt(0)) + parameter.substring(1)
                    + "' failed to satisfy constraint: Member must satisfy regular expression pattern: "
                    + "[a-zA-Z0-9_.-]+");
        }
    }

    private static String shown(String text) {
        return text.length() <= 255 ? text : text.substring(0, 255) + "...";
    }
}
