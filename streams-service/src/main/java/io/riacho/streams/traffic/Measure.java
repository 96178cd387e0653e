package io.riacho.streams.traffic;

/**
 * Something that is counted, under the name that CloudWatch has for it.
 *
 * @see <a href="https://docs.aws.amazon.com/streams/latest/dev/monitoring-with-cloudwatch.html">Monitor the Amazon Kinesis
 *     Data Streams service with Amazon CloudWatch</a>
 */
public interface Measure {

    String metric();

    Kind kind();

    /** What is counted, and so in which unit. */
    enum Kind {
        COUNT("Count", 1),
        BYTES("Bytes", 1),
        MILLISECONDS("Milliseconds", 1),
        /** How long something took, counted in nanoseconds and told in milliseconds. */
        LATENCY("Milliseconds", 1e-6);

        private final String unit;
        private final double scale;

        Kind(String unit, double scale) {
            this.unit = unit;
            this.scale = scale;
        }

        /** CloudWatch's name of the unit. */
        public String unit() {
            return unit;
        }

        /** What a counted value is in that unit. */
        public double inUnit(double counted) {
            return counted * scale;
        }
    }
}
