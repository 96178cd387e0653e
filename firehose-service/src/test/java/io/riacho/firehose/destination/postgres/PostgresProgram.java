package io.riacho.firehose.destination.postgres;

import io.riacho.firehose.destination.warehouse.KilledDeliveries;
import io.riacho.firehose.destination.warehouse.TestDeliveries;
import io.riacho.firehose.destination.warehouse.WarehouseProperties;

/** Delivers until it is killed. */
final class PostgresProgram {

    private PostgresProgram() {}

    public static void main(String[] arguments) throws Exception {
        KilledDeliveries.deliverFrom(
                Integer.parseInt(arguments[3]),
                new PostgresDestinationType(WarehouseProperties.DEFAULTS, TestDeliveries.BUCKETS)
                        .open(
                                TestDeliveries.STREAM,
                                new PostgresDestinationType(WarehouseProperties.DEFAULTS, TestDeliveries.BUCKETS)
                                        .complete(TestConfigurations.of(
                                                arguments[0],
                                                arguments[1],
                                                arguments[2],
                                                "JSON 'auto'",
                                                "clicks",
                                                null))));
    }
}
