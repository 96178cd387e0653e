package io.riacho.firehose.catalog;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The one catalog of an account, and the ARNs of what is in it. */
final class CatalogNames {

    private final String region;
    private final String accountId;

    CatalogNames(String region, String accountId) {
        this.region = region;
        this.accountId = accountId;
    }

    String accountId() {
        return accountId;
    }

    String region() {
        return region;
    }

    /** @param id null for the caller's own, which is the only one there is */
    void requireOwn(@Nullable String id) {
        if (id != null && !id.equals(accountId)) {
            throw CatalogErrors.noCatalog(id);
        }
    }

    String catalogArn() {
        return arn("catalog");
    }

    String databaseArn(String database) {
        return arn("database/" + database);
    }

    String tableArn(String database, String table) {
        return arn("table/" + database + '/' + table);
    }

    /** Names are kept in lower case, as Hive has them. */
    static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private String arn(String resource) {
        return "arn:aws:glue:" + region + ':' + accountId + ':' + resource;
    }
}
