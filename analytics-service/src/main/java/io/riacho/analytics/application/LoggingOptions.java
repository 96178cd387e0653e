package io.riacho.analytics.application;

import io.riacho.analytics.error.AnalyticsErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.CloudWatchLoggingOptionDescription;

/** Edits where an application's log goes, given in the shapes of either API. */
public final class LoggingOptions {

    private static final int MOST = 1;

    private LoggingOptions() {}

    /** @param next the version that this makes */
    public static Definition add(Definition definition, List<? extends SdkPojo> options, long next) {
        List<CloudWatchLoggingOptionDescription> all = new ArrayList<>(definition.logging());
        int number = 1;
        for (SdkPojo option : options) {
            all.add(Shapes.as(option, CloudWatchLoggingOptionDescription.class).toBuilder()
                    .cloudWatchLoggingOptionId(next + "." + number++)
                    .build());
        }
        if (all.size() > MOST) {
            throw AnalyticsErrors.invalidArgument("An application can have one CloudWatch logging option.");
        }
        return definition.withLogging(all);
    }

    public static Definition update(Definition definition, List<? extends SdkPojo> updates) {
        List<CloudWatchLoggingOptionDescription> all = new ArrayList<>(definition.logging());
        for (SdkPojo update : updates) {
            String id = Shapes.member(update, "CloudWatchLoggingOptionId")
                    .map(Object::toString)
                    .orElse("");
            int at = index(all, id);
            all.set(at, Shapes.updated(all.get(at), update));
        }
        return definition.withLogging(all);
    }

    public static Definition delete(Definition definition, String id) {
        List<CloudWatchLoggingOptionDescription> all = new ArrayList<>(definition.logging());
        all.remove(index(all, id));
        return definition.withLogging(all);
    }

    private static int index(List<CloudWatchLoggingOptionDescription> all, String id) {
        for (int i = 0; i < all.size(); i++) {
            if (Objects.equals(all.get(i).cloudWatchLoggingOptionId(), id)) {
                return i;
            }
        }
        throw AnalyticsErrors.resourceNotFound("CloudWatch logging option " + id + " not found.");
    }
}
