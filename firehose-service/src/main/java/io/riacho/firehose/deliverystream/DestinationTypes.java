package io.riacho.firehose.deliverystream;

import io.riacho.firehose.destination.DeliveryStreamName;
import io.riacho.firehose.destination.Destination;
import io.riacho.firehose.destination.DestinationPlan;
import io.riacho.firehose.destination.DestinationType;
import io.riacho.firehose.error.FirehoseErrors;
import io.riacho.protocol.shape.Shape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.firehose.model.CreateDeliveryStreamRequest;
import software.amazon.awssdk.services.firehose.model.ExtendedS3DestinationConfiguration;
import software.amazon.awssdk.services.firehose.model.S3DestinationConfiguration;

/** The destinations that there are. Safe for use by many threads. */
public final class DestinationTypes {

    private static final String CONFIGURATION = "DestinationConfiguration";
    private static final String UPDATE = "DestinationUpdate";

    /** The classes of all configurations that the API has, by their names. */
    private static final Map<String, Class<? extends SdkPojo>> CONFIGURATIONS = configurations();

    private final Map<Class<?>, DestinationType<?>> types = new HashMap<>();
    private final PlanCheck check;

    /** @param check refuses plans, of whatever destination, that cannot be followed */
    public DestinationTypes(Collection<? extends DestinationType<?>> types, PlanCheck check) {
        this.check = check;
        for (DestinationType<?> type : types) {
            if (this.types.put(type.configuration(), type) != null) {
                throw new IllegalArgumentException(
                        "Two destinations have " + type.configuration().getSimpleName());
            }
        }
    }

    /** @param configuration a complete one */
    public DestinationPlan plan(SdkPojo configuration) {
        return typeOf(configuration).plan(configuration);
    }

    /** @param configuration a complete one */
    public Destination open(DeliveryStreamName stream, SdkPojo configuration) {
        return typeOf(configuration).open(stream, configuration);
    }

    /**
     * The complete configuration of the destination that a request asks for.
     *
     * @throws io.riacho.protocol.AwsException InvalidArgumentException where it is not exactly one, or cannot be honoured
     */
    SdkPojo requested(DeliveryStreamName stream, CreateDeliveryStreamRequest request) {
        SdkPojo one = one(request, CONFIGURATION);
        return complete(
                stream,
                one instanceof S3DestinationConfiguration
                        ? ConfigurationShapes.as(one, ExtendedS3DestinationConfiguration.class)
                        : one);
    }

    /** The complete configuration after an update. The older kind of updates to S3 is one of S3, too. */
    SdkPojo updated(DeliveryStreamName stream, SdkPojo current, SdkPojo request) {
        SdkPojo update = one(request, UPDATE);
        String asked = destination(update, UPDATE).replaceFirst("^S3$", "ExtendedS3");
        if (!asked.equals(destination(current, CONFIGURATION))) {
            throw FirehoseErrors.invalidArgument("The destination of this delivery stream is "
                    + destination(current, CONFIGURATION) + ". It cannot be changed to " + asked + ".");
        }
        return complete(stream, ConfigurationShapes.merge(current, update));
    }

    /** @param name of a configuration's class, such as {@code SplunkDestinationConfiguration} */
    static Class<? extends SdkPojo> configuration(String name) {
        Class<? extends SdkPojo> found = CONFIGURATIONS.get(name);
        if (found == null) {
            throw new IllegalArgumentException("The API has no " + name);
        }
        return found;
    }

    static Collection<Class<? extends SdkPojo>> all() {
        return CONFIGURATIONS.values();
    }

    private SdkPojo complete(DeliveryStreamName stream, SdkPojo configuration) {
        SdkPojo complete =
                Storable.require(typeOf(Storable.require(configuration)).complete(configuration));
        check.check(stream, complete, plan(complete));
        return complete;
    }

    @SuppressWarnings("unchecked") // The map is filled by the class that each type says it is of.
    private <C extends SdkPojo> DestinationType<C> typeOf(C configuration) {
        DestinationType<?> type = types.get(configuration.getClass());
        if (type == null) {
            throw FirehoseErrors.notSupported("destination " + destination(configuration, CONFIGURATION));
        }
        return (DestinationType<C>) type;
    }

    private static SdkPojo one(SdkPojo request, String suffix) {
        List<SdkPojo> given = new ArrayList<>();
        for (SdkField<?> field : request.sdkFields()) {
            if (field.locationName().endsWith(suffix) && field.getValueOrDefault(request) instanceof SdkPojo value) {
                given.add(value);
            }
        }
        if (given.size() != 1) {
            throw FirehoseErrors.invalidArgument("Exactly one destination configuration is supported for a Firehose");
        }
        return given.getFirst();
    }

    private static String destination(SdkPojo shape, String suffix) {
        String name = shape.getClass().getSimpleName();
        return name.substring(0, name.length() - suffix.length());
    }

    private static Map<String, Class<? extends SdkPojo>> configurations() {
        Map<String, Class<? extends SdkPojo>> classes = new HashMap<>();
        for (SdkField<?> field : CreateDeliveryStreamRequest.builder().build().sdkFields()) {
            if (field.locationName().endsWith(CONFIGURATION)) {
                Class<? extends SdkPojo> type =
                        Shape.build(field.constructor().get()).getClass();
                classes.put(type.getSimpleName(), type);
            }
        }
        return Map.copyOf(classes);
    }
}
