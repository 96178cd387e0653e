package io.riacho.analytics.usage;

import io.riacho.usage.meter.Meter;
import java.util.List;

/**
 * What is metered of applications.
 *
 * @see <a href="https://aws.amazon.com/managed-service-apache-flink/pricing/">Amazon Managed Service for Apache Flink
 *     pricing</a>
 */
final class AnalyticsMeters {

    static final String KIND = "application";

    static final String KPU_HOURS = "analytics.kpu-hours";
    static final String RUNNING_HOURS = "analytics.running-hours";

    static final List<Meter> ALL = List.of(
            Meter.hours(
                    KPU_HOURS,
                    KIND,
                    "kpu-hour",
                    "Parallelism of applications that run, by their ParallelismPerKPU, and one KPU more for those of"
                            + " Flink"),
            Meter.hours(RUNNING_HOURS, KIND, "hour", "Applications that run, by the time they do"));

    private AnalyticsMeters() {}
}
