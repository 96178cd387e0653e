package io.riacho.streams.traffic;

import io.riacho.metrics.history.Tally;

/** A {@link Tally} for each measure of one kind of thing. Safe for use by many threads. */
public final class Tallies<M extends Enum<M> & Measure> {

    private final Tally[] byOrdinal;

    public Tallies(Class<M> measures) {
        byOrdinal = new Tally[measures.getEnumConstants().length];
        for (int i = 0; i < byOrdinal.length; i++) {
            byOrdinal[i] = new Tally();
        }
    }

    public Tally of(M measure) {
        return byOrdinal[measure.ordinal()];
    }

    public void add(M measure, long value) {
        byOrdinal[measure.ordinal()].add(value);
    }
}
