package io.riacho.streams.usage;

import io.riacho.usage.hours.Amounts;
import io.riacho.usage.hours.Subject;
import io.riacho.usage.journal.UsageEntry;

/** What entries of the journal are about. The codes are on disk: none is ever given another meaning. */
enum EntryType {
    PUT(1) {
        @Override
        void add(UsageEntry entry, Subject subject, Amounts into) {
            addRecords(entry, subject, into);
            into.add(entry.millis(), subject, StreamMeters.PUT_PAYLOAD_UNITS, entry.units());
        }
    },
    /** The units are bytes, in steps. */
    PUT_ON_DEMAND(2) {
        @Override
        void add(UsageEntry entry, Subject subject, Amounts into) {
            addRecords(entry, subject, into);
            into.add(entry.millis(), subject, StreamMeters.ON_DEMAND_BYTES_IN, entry.units());
        }
    },
    GET(3) {
        @Override
        void add(UsageEntry entry, Subject subject, Amounts into) {
            into.add(entry.millis(), subject, StreamMeters.BYTES_OUT, entry.bytes());
        }
    },
    GET_ON_DEMAND(4) {
        @Override
        void add(UsageEntry entry, Subject subject, Amounts into) {
            into.add(entry.millis(), subject, StreamMeters.ON_DEMAND_BYTES_OUT, entry.bytes());
        }
    },
    FAN_OUT(5) {
        @Override
        void add(UsageEntry entry, Subject subject, Amounts into) {
            into.add(entry.millis(), subject, StreamMeters.FAN_OUT_BYTES, entry.bytes());
        }
    },
    FAN_OUT_ON_DEMAND(6) {
        @Override
        void add(UsageEntry entry, Subject subject, Amounts into) {
            into.add(entry.millis(), subject, StreamMeters.ON_DEMAND_FAN_OUT_BYTES, entry.bytes());
        }
    };

    private static final EntryType[] BY_CODE = byCode();

    private final int code;

    EntryType(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    boolean isPut() {
        return this == PUT || this == PUT_ON_DEMAND;
    }

    abstract void add(UsageEntry entry, Subject subject, Amounts into);

    static EntryType of(int code) {
        if (code < 1 || code >= BY_CODE.length) {
            throw new IllegalStateException(
                    "The journal of usage has an entry of type " + code + ", which a later release has written");
        }
        return BY_CODE[code];
    }

    private static void addRecords(UsageEntry entry, Subject subject, Amounts into) {
        into.add(entry.millis(), subject, StreamMeters.RECORDS_IN, entry.records());
        into.add(entry.millis(), subject, StreamMeters.BYTES_IN, entry.bytes());
    }

    private static EntryType[] byCode() {
        EntryType[] types = new EntryType[values().length + 1];
        for (EntryType type : values()) {
            types[type.code] = type;
        }
        return types;
    }
}
