package io.riacho.benchmarks.load;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Puts one load on any Kinesis endpoint, in windows that are reported one by one. */
public final class LoadGenerator {

    private static final PrintStream OUT = System.out;
    private static final long FILL = 200_000;

    private static final String USAGE = """
            Usage: benchmarks/run load --url=http://127.0.0.1:4566 --access-key=ID --secret=SECRET [OPTION...]

              --load=NAME        put-records (the default), put-record, drain, put-latency or read-latency
              --encoding=NAME    CBOR (the default) or JSON
              --shards=N         of the stream that is made, and deleted afterwards (4)
              --encrypted=WHICH  yes: under alias/aws/kinesis; both: each window once plain and once encrypted (no)
              --in-flight=N      requests (4; 64 for put-record)
              --windows=N        how many measurements (1)
              --measured=MS      how long each is (10000, 240000 at most); --warm-up=MS before each (1000)
              --region=NAME      (us-east-1)
              --pid=PID          a local process whose resident memory is shown after each window
            """;

    private final Map<String, String> options;
    private final Endpoint endpoint;
    private final KinesisLoad load;
    private final Encoding encoding;

    private LoadGenerator(Map<String, String> options) {
        this.options = options;
        endpoint = new Endpoint(
                URI.create(required("url")), required("access-key"), required("secret"), option("region", "us-east-1"));
        encoding = Encoding.valueOf(option("encoding", "CBOR"));
        load = new KinesisLoad(endpoint, encoding);
    }

    public static void main(String[] arguments) throws IOException {
        LoadGenerator generator;
        try {
            generator = new LoadGenerator(parse(arguments));
        } catch (IllegalArgumentException e) {
            OUT.println(e.getMessage() + "\n\n" + USAGE);
            System.exit(2);
            return;
        }
        generator.run();
    }

    private void run() throws IOException {
        String suffix = Long.toHexString(System.nanoTime());
        List<Loaded> streams = switch (option("encrypted", "no")) {
            case "no" -> List.of(new Loaded("load-" + suffix, false));
            case "yes" -> List.of(new Loaded("load-encrypted-" + suffix, true));
            case "both" -> List.of(new Loaded("load-" + suffix, false), new Loaded("load-encrypted-" + suffix, true));
            default -> throw new IllegalArgumentException("--encrypted is yes, no or both");
        };
        String name = option("load", "put-records");
        int shards = Integer.parseInt(option("shards", name.equals("read-latency") ? "1" : "4"));
        try (KinesisClient client = new KinesisClient(endpoint)) {
            try {
                Map<Loaded, List<Long>> counts = new HashMap<>();
                for (Loaded stream : streams) {
                    client.createStream(stream.name(), shards);
                    if (stream.encrypted()) {
                        client.encrypt(stream.name());
                    }
                    counts.put(stream, name.equals("drain") ? filled(stream.name()) : List.of());
                }
                for (int window = 1; window <= Integer.parseInt(option("windows", "1")); window++) {
                    // Whoever is first has the better or the worse of what the last window left behind.
                    for (Loaded stream : window % 2 == 1 ? streams : streams.reversed()) {
                        String measured = measure(name, stream.name(), counts.getOrDefault(stream, List.of()));
                        OUT.println(window + "  " + name + (stream.encrypted() ? ", encrypted  " : "  ") + measured
                                + resident());
                    }
                }
            } finally {
                for (Loaded stream : streams) {
                    if (client.exists(stream.name())) {
                        client.deleteStream(stream.name());
                    }
                }
            }
        }
    }

    private record Loaded(String name, boolean encrypted) {}

    private List<Long> filled(String stream) throws IOException {
        load.fill(stream, FILL, Duration.ofSeconds(30));
        return load.count(stream);
    }

    private String measure(String name, String stream, List<Long> counts) throws IOException {
        Duration warmUp = Duration.ofMillis(Long.parseLong(option("warm-up", "1000")));
        Duration measured = Duration.ofMillis(Math.min(240_000, Long.parseLong(option("measured", "10000"))));
        int inFlight = Integer.parseInt(option("in-flight", name.equals("put-record") ? "64" : "4"));
        return switch (name) {
            case "put-records" -> text(load.putRecords(stream, encoding, inFlight, warmUp, measured));
            case "put-record" -> text(load.putRecord(stream, inFlight, warmUp, measured));
            case "drain" -> text(load.drain(stream, encoding, counts, warmUp, measured));
            case "put-latency" -> text(load.putLatency(stream, warmUp, measured));
            case "read-latency" ->
                text(load.putToReadLatency(
                        stream, 100, (int) measured.toMillis() / 6, Pace.pausing(Duration.ofMillis(4))));
            default -> throw new IllegalArgumentException("Unknown load " + name);
        };
    }

    private String resident() throws IOException {
        String pid = option("pid", "");
        if (pid.isEmpty()) {
            return "";
        }
        try (Stream<String> lines = Files.lines(Path.of("/proc", pid, "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> "  resident" + line.substring(6).replace('\t', ' '))
                    .findFirst()
                    .orElse("");
        }
    }

    private static String text(Throughput throughput) {
        return String.format(Locale.ROOT, "%,.0f records/s", throughput.perSecond());
    }

    private static String text(Latencies latencies) {
        return String.format(
                Locale.ROOT,
                "p50 %.3f ms, p99 %.3f ms, of %d",
                latencies.milliseconds(0.5),
                latencies.milliseconds(0.99),
                latencies.size());
    }

    private static Map<String, String> parse(String... arguments) {
        Map<String, String> options = new HashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (!argument.startsWith("--") || equals < 0 || !USAGE.contains(argument.substring(0, equals + 1))) {
                throw new IllegalArgumentException("Unknown option " + argument);
            }
            options.put(argument.substring(2, equals), argument.substring(equals + 1));
        }
        return options;
    }

    private String required(String name) {
        String value = options.get(name);
        if (value == null) {
            throw new IllegalArgumentException("--" + name + " is missing");
        }
        return value;
    }

    private String option(String name, String otherwise) {
        return options.getOrDefault(name, otherwise);
    }
}
