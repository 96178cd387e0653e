package io.riacho.firehose.destination.warehouse;

import io.riacho.firehose.destination.Delivery;
import io.riacho.firehose.destination.DeliveryException;
import io.riacho.firehose.destination.Destination;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** A process that delivers and is killed, and delivers again what it was not seen to have done, as the engine does. */
public final class KilledDeliveries {

    public static final int RECORDS = 500;

    private KilledDeliveries() {}

    /** The same one for the same number. */
    public static Delivery delivery(int number) {
        List<byte[]> records = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            records.add(("{\"id\":" + (number * RECORDS + i) + ",\"who\":\"" + "w".repeat(100) + "\"}")
                    .getBytes(StandardCharsets.UTF_8));
        }
        return TestDeliveries.of(
                UUID.nameUUIDFromBytes(("delivery " + number).getBytes(StandardCharsets.UTF_8)), records);
    }

    /** What the process does: delivers without end, and tells of each delivery. */
    public static void deliverFrom(int number, Destination destination) throws DeliveryException, InterruptedException {
        for (int next = number; ; next++) {
            destination.deliver(delivery(next));
            System.out.println("delivered " + next + ".");
        }
    }

    /**
     * Starts the process as often, and kills it at a moment that chance chooses.
     *
     * @param command whose last argument, the number of the first delivery, is still missing
     * @return the first delivery that is not known to be done
     */
    public static int kill(int rounds, Class<?> program, List<String> arguments)
            throws IOException, InterruptedException {
        Random random = new Random();
        int next = 0;
        for (int round = 0; round < rounds; round++) {
            List<String> command = new ArrayList<>(List.of(
                    System.getProperty("java.home") + "/bin/java",
                    "-Xmx256m",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    program.getName()));
            command.addAll(arguments);
            command.add(String.valueOf(next));
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (BufferedReader lines = process.inputReader()) {
                int first = delivered(lines);
                if (first < 0) {
                    throw new IllegalStateException("The process ended by itself");
                }
                next = first + 1;
                boolean ended = process.waitFor(random.nextInt(300), TimeUnit.MILLISECONDS);
                process.toHandle().destroyForcibly();
                if (ended) {
                    throw new IllegalStateException("The process ended by itself");
                }
                for (int last = delivered(lines); last >= 0; last = delivered(lines)) {
                    next = last + 1;
                }
                process.waitFor();
            }
        }
        return next;
    }

    /** The next delivery that the process tells of, among other lines; -1 where there is none. */
    private static int delivered(BufferedReader lines) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("delivered ") && line.endsWith(".")) {
                return Integer.parseInt(line.substring("delivered ".length(), line.length() - 1));
            }
        }
        return -1;
    }
}
