package io.riacho.leasetables.application;

import java.util.List;

/** What the lease tables tell of the applications that they belong to. Safe for use by many threads. */
public interface LeaseTables {

    /**
     * Every table that holds leases of the Kinesis Client Library, version 1, 2 or 3, in the order of their names, as they
     * are now. Of a table with more than 20,000 leases only so many are told.
     */
    List<LeaseApplication> applications();
}
