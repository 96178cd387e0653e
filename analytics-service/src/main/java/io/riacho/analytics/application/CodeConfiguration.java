package io.riacho.analytics.application;

import io.riacho.analytics.error.AnalyticsErrors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ApplicationCodeConfiguration;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ApplicationCodeConfigurationUpdate;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.CodeContentType;

/** Edits the code of an application: text. */
public final class CodeConfiguration {

    /** Characters, and bytes in UTF-8. */
    private static final int MOST = 102_400;

    private CodeConfiguration() {}

    public static Definition with(Definition definition, String text) {
        if (text.length() > MOST
                || text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > MOST) {
            throw AnalyticsErrors.invalidArgument("The code is longer than " + MOST + " bytes.");
        }
        return definition.with(definition.configuration().toBuilder()
                .applicationCodeConfigurationDescription(code -> code.codeContentType(CodeContentType.PLAINTEXT)
                        .codeContentDescription(content -> content.textContent(text)))
                .build());
    }

    public static Definition with(Definition definition, @Nullable ApplicationCodeConfiguration code) {
        if (code == null) {
            return definition;
        }
        requireText(code.codeContentType());
        if (code.codeContent() == null) {
            return with(definition, "");
        }
        if (code.codeContent().zipFileContent() != null || code.codeContent().s3ContentLocation() != null) {
            throw zipped();
        }
        return with(definition, orEmpty(code.codeContent().textContent()));
    }

    public static Definition updated(Definition definition, @Nullable ApplicationCodeConfigurationUpdate update) {
        if (update == null) {
            return definition;
        }
        if (update.codeContentTypeUpdate() != null) {
            requireText(update.codeContentTypeUpdate());
        }
        if (update.codeContentUpdate() == null) {
            return definition;
        }
        if (update.codeContentUpdate().zipFileContentUpdate() != null
                || update.codeContentUpdate().s3ContentLocationUpdate() != null) {
            throw zipped();
        }
        String text = update.codeContentUpdate().textContentUpdate();
        return text == null ? definition : with(definition, text);
    }

    private static void requireText(CodeContentType type) {
        if (type != CodeContentType.PLAINTEXT) {
            throw zipped();
        }
    }

    private static io.riacho.protocol.AwsException zipped() {
        return AnalyticsErrors.notSupported("Code as JAR or ZIP (CodeContentType ZIPFILE, ZipFileContent,"
                + " S3ContentLocation); give SQL as TextContent with CodeContentType PLAINTEXT. ZIPFILE");
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
