package io.riacho.firehose.destination;

import java.util.List;

/**
 * What is left of a delivery; the destination has all other records.
 *
 * @param rejected what it will never take: goes to the backup bucket
 * @param postponed what it may take later: tried again until the retry duration is over, then it goes to the backup bucket
 */
public record Delivered(List<Rejection> rejected, List<Rejection> postponed) {

    public static final Delivered ALL = new Delivered(List.of(), List.of());

    public Delivered {
        rejected = List.copyOf(rejected);
        postponed = List.copyOf(postponed);
    }
}
