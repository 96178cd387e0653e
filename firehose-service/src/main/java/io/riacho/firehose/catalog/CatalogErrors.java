package io.riacho.firehose.catalog;

import io.riacho.protocol.AwsException;

/** What can go wrong with databases and tables, as AWS Glue names it. */
final class CatalogErrors {

    private CatalogErrors() {}

    static AwsException noDatabase(String name) {
        return AwsException.badRequest("EntityNotFoundException", "Database " + name + " not found.");
    }

    static AwsException noTable(String name) {
        return AwsException.badRequest("EntityNotFoundException", "Table " + name + " not found.");
    }

    static AwsException noVersion(String version) {
        return AwsException.badRequest("EntityNotFoundException", "Table version " + version + " not found.");
    }

    static AwsException noCatalog(String id) {
        return AwsException.badRequest("EntityNotFoundException", "Catalog " + id + " not found.");
    }

    static AwsException databaseExists() {
        return AwsException.badRequest("AlreadyExistsException", "Database already exists.");
    }

    static AwsException tableExists() {
        return AwsException.badRequest("AlreadyExistsException", "Table already exists.");
    }

    static AwsException changedMeanwhile() {
        return AwsException.badRequest(
                "ConcurrentModificationException", "The table was changed; it has another version by now.");
    }

    static AwsException invalid(String message) {
        return AwsException.badRequest("InvalidInputException", message);
    }

    /** @param member that Riacho does not support */
    static AwsException unsupported(String member) {
        return invalid(member + " is not supported.");
    }
}
