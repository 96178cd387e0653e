package io.riacho.usage.journal;

import java.util.List;

/** Is given the journal's entries. */
@FunctionalInterface
public interface EntryReader {

    /** @param account the words of the {@link Account}; empty where they are lost */
    void read(List<String> account, UsageEntry entry);
}
