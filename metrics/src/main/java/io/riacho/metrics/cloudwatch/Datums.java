package io.riacho.metrics.cloudwatch;

import io.riacho.metrics.history.Dimension;
import io.riacho.metrics.history.Metric;
import io.riacho.metrics.history.MetricHistory;
import io.riacho.metrics.history.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.StatisticSet;

/**
 * Reads what PutMetricData is given, with the checks that the model does not tell.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html">PutMetricData</a>
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html">MetricDatum</a>
 */
final class Datums {

    private static final int MAX_DATUMS = 1000;
    private static final int MAX_VALUES = 150;
    private static final double LARGEST = Math.scalb(1.0, 360);
    private static final Duration PAST = Duration.ofDays(14);
    private static final Duration FUTURE = Duration.ofHours(2);

    private Datums() {}

    /** @throws io.riacho.protocol.AwsException where anything of the request is not as it has to be */
    static List<Datum> of(PutMetricDataRequest request, Instant now) {
        if (request.namespace().startsWith("AWS/")) {
            throw CloudWatchErrors.invalid(request.namespace(), "Namespace");
        }
        if (request.hasEntityMetricData()) {
            throw CloudWatchErrors.invalid("This server does not take EntityMetricData.");
        }
        if (request.metricData().isEmpty()) {
            throw CloudWatchErrors.missing("MetricData");
        }
        if (request.metricData().size() > MAX_DATUMS) {
            throw CloudWatchErrors.tooMany("MetricData", MAX_DATUMS);
        }
        List<Datum> datums = new ArrayList<>(request.metricData().size());
        int number = 1;
        for (MetricDatum each : request.metricData()) {
            datums.add(datum(request.namespace(), each, "MetricData.member." + number++, now));
        }
        return datums;
    }

    private static Datum datum(String namespace, MetricDatum datum, String path, Instant now) {
        Metric metric = new Metric(namespace, datum.metricName(), dimensions(datum, path));
        Instant time = datum.timestamp() == null ? now : datum.timestamp();
        if (time.isBefore(now.minus(PAST)) || time.isAfter(now.plus(FUTURE))) {
            throw CloudWatchErrors.invalid("The parameter " + path
                    + ".Timestamp must specify a time no more than two weeks in the past and no more than two hours in"
                    + " the future.");
        }
        int resolution = datum.storageResolution() == null ? 60 : datum.storageResolution();
        if (resolution != 1 && resolution != 60) {
            throw CloudWatchErrors.invalid(resolution, path + ".StorageResolution");
        }
        String unit = datum.unitAsString() == null ? "None" : datum.unitAsString();
        return new Datum(new MetricHistory.Key(metric, unit), samples(datum, path), time, resolution == 1);
    }

    private static List<Dimension> dimensions(MetricDatum datum, String path) {
        Set<String> names = new HashSet<>();
        List<Dimension> dimensions = new ArrayList<>();
        int number = 1;
        for (var each : datum.dimensions()) {
            String place = path + ".Dimensions.member." + number++;
            if (!isPlain(each.name()) || each.name().startsWith(":")) {
                throw CloudWatchErrors.invalid(each.name(), place + ".Name");
            }
            if (!isPlain(each.value())) {
                throw CloudWatchErrors.invalid(each.value(), place + ".Value");
            }
            if (!names.add(each.name())) {
                throw CloudWatchErrors.invalid(
                        "The dimension " + each.name() + " of " + path + " is given more than once.");
            }
            dimensions.add(new Dimension(each.name(), each.value()));
        }
        return dimensions;
    }

    /** Printable ASCII, of which something can be seen. */
    private static boolean isPlain(String text) {
        return !text.isBlank() && text.chars().allMatch(c -> c >= ' ' && c < 127);
    }

    private static Samples samples(MetricDatum datum, String path) {
        Double value = datum.value();
        StatisticSet set = datum.statisticValues();
        boolean hasValues = datum.hasValues() && !datum.values().isEmpty();
        if (value != null && set != null) {
            throw CloudWatchErrors.exclusive(path + ".Value", path + ".StatisticValues");
        }
        if (value != null && hasValues) {
            throw CloudWatchErrors.exclusive(path + ".Value", path + ".Values");
        }
        if (set != null && hasValues) {
            throw CloudWatchErrors.exclusive(path + ".StatisticValues", path + ".Values");
        }
        if (!hasValues && datum.hasCounts() && !datum.counts().isEmpty()) {
            throw CloudWatchErrors.combination(path + ".Counts are given without " + path + ".Values.");
        }
        if (value != null) {
            return Samples.of(checked(value, path + ".Value"));
        }
        if (set != null) {
            return set(set, path + ".StatisticValues");
        }
        if (!hasValues) {
            throw CloudWatchErrors.missing(path + ".Value");
        }
        return values(datum, path);
    }

    private static Samples set(StatisticSet set, String path) {
        double count = checked(set.sampleCount(), path + ".SampleCount");
        double sum = checked(set.sum(), path + ".Sum");
        double minimum = checked(set.minimum(), path + ".Minimum");
        double maximum = checked(set.maximum(), path + ".Maximum");
        if (count <= 0) {
            throw CloudWatchErrors.invalid(count, path + ".SampleCount");
        }
        if (minimum > maximum) {
            throw CloudWatchErrors.combination(
                    "The parameter " + path + ".Maximum must be greater than " + path + ".Minimum.");
        }
        return Samples.ofSet(count, sum, minimum, maximum);
    }

    private static Samples values(MetricDatum datum, String path) {
        int size = datum.values().size();
        if (size > MAX_VALUES) {
            throw CloudWatchErrors.tooMany(path + ".Values", MAX_VALUES);
        }
        if (datum.hasCounts() && datum.counts().size() != size) {
            throw CloudWatchErrors.combination(
                    "The parameters " + path + ".Values and " + path + ".Counts must have the same size.");
        }
        double[] values = new double[size];
        double[] counts = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = checked(datum.values().get(i), path + ".Values.member." + (i + 1));
            counts[i] = datum.hasCounts() ? checked(datum.counts().get(i), path + ".Counts.member." + (i + 1)) : 1;
            if (counts[i] <= 0) {
                throw CloudWatchErrors.invalid(counts[i], path + ".Counts.member." + (i + 1));
            }
        }
        return Samples.of(values, counts);
    }

    private static double checked(@Nullable Double value, String path) {
        if (value == null) {
            throw CloudWatchErrors.missing(path);
        }
        if (!(Math.abs(value) <= LARGEST)) {
            throw CloudWatchErrors.invalid(value, path);
        }
        return value;
    }

    record Datum(MetricHistory.Key key, Samples samples, Instant time, boolean highResolution) {}
}
