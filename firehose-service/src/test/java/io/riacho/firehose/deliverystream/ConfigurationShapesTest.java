package io.riacho.firehose.deliverystream;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.protocol.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.firehose.model.CompressionFormat;
import software.amazon.awssdk.services.firehose.model.DestinationDescription;
import software.amazon.awssdk.services.firehose.model.ExtendedS3DestinationConfiguration;
import software.amazon.awssdk.services.firehose.model.ExtendedS3DestinationUpdate;
import software.amazon.awssdk.services.firehose.model.S3DestinationConfiguration;
import software.amazon.awssdk.services.firehose.model.UpdateDestinationRequest;

/** Configurations, updates and descriptions of all destinations that the API has, whether they are supported or not. */
class ConfigurationShapesTest {

    static Stream<Class<? extends SdkPojo>> configurations() {
        return DestinationTypes.all().stream().filter(type -> type != S3DestinationConfiguration.class);
    }

    @Test
    void theApiHasTenDestinations() {
        assertThat(DestinationTypes.all()).hasSize(10);
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void everyMemberIsDescribedButSecrets(Class<? extends SdkPojo> type) {
        Map<String, Object> given = leaves(filled(type));
        Map<String, Object> described = leaves(description(Descriptions.destination(filled(type)), type));

        List<String> lost = new ArrayList<>();
        given.forEach((path, value) -> {
            String there = path.replace("S3BackupConfiguration", "S3BackupDescription")
                    .replace("S3Configuration", "S3DestinationDescription")
                    .replace("VpcConfiguration.", "VpcConfigurationDescription.")
                    .replace("SnowflakeVpcConfigurationDescription.", "SnowflakeVpcConfiguration.");
            if (!value.equals(described.get(there))) {
                lost.add(path);
            }
        });

        assertThat(lost)
                .allMatch(path -> path.matches("EndpointConfiguration\\.AccessKey|Password|PrivateKey|KeyPassphrase"));
        assertThat(described.values().stream().map(Object::toString))
                .noneMatch(value -> value.matches("(AccessKey|Password|PrivateKey|KeyPassphrase)-.*"));
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void everyMemberOfAnUpdateIsTakenOver(Class<? extends SdkPojo> type) {
        SdkPojo update = filled(updateOf(type));

        Map<String, Object> after = leaves(ConfigurationShapes.merge(empty(type), update));

        leaves(update)
                .forEach((path, value) -> assertThat(after)
                        .containsEntry(
                                path.replace("S3BackupUpdate", "S3BackupConfiguration")
                                        .replace("S3Update", "S3Configuration"),
                                value));
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void anUpdateThatSaysNothingChangesNothing(Class<? extends SdkPojo> type) {
        SdkPojo configuration = filled(type);

        assertThat(ConfigurationShapes.merge(configuration, empty(updateOf(type))))
                .isEqualTo(configuration);
    }

    @Test
    void bucketsAreMergedAndAllElseIsReplaced() {
        ExtendedS3DestinationConfiguration before = ExtendedS3DestinationConfiguration.builder()
                .prefix("before/")
                .s3BackupConfiguration(backup -> backup.roleARN("role").prefix("raw/"))
                .dataFormatConversionConfiguration(conversion -> conversion
                        .enabled(true)
                        .outputFormatConfiguration(output ->
                                output.serializer(serializer -> serializer.orcSerDe(orc -> orc.enablePadding(true)))))
                .build();
        ExtendedS3DestinationUpdate update = ExtendedS3DestinationUpdate.builder()
                .s3BackupUpdate(backup -> backup.compressionFormat(CompressionFormat.GZIP))
                .dataFormatConversionConfiguration(conversion -> conversion.enabled(false))
                .build();

        ExtendedS3DestinationConfiguration after =
                (ExtendedS3DestinationConfiguration) ConfigurationShapes.merge(before, update);

        assertThat(after.prefix()).isEqualTo("before/");
        assertThat(after.s3BackupConfiguration())
                .isEqualTo(S3DestinationConfiguration.builder()
                        .roleARN("role")
                        .prefix("raw/")
                        .compressionFormat(CompressionFormat.GZIP)
                        .build());
        assertThat(after.dataFormatConversionConfiguration().enabled()).isFalse();
        assertThat(after.dataFormatConversionConfiguration().outputFormatConfiguration())
                .isNull();
    }

    private static SdkPojo description(DestinationDescription described, Class<? extends SdkPojo> configuration) {
        String member = configuration.getSimpleName().replaceFirst("Configuration$", "Description");
        return (SdkPojo) Objects.requireNonNull(
                Objects.requireNonNull(described.sdkFieldNameToField().get(member))
                        .getValueOrDefault(described));
    }

    private static Class<? extends SdkPojo> updateOf(Class<? extends SdkPojo> configuration) {
        String member = configuration.getSimpleName().replaceFirst("Configuration$", "Update");
        SdkField<?> field = Objects.requireNonNull(
                UpdateDestinationRequest.builder().build().sdkFieldNameToField().get(member));
        return Shape.build(field.constructor().get()).getClass();
    }

    private static SdkPojo empty(Class<? extends SdkPojo> type) {
        return Shape.build(Shape.of(type).newBuilder());
    }

    /** With a value in every member, of texts one that tells the member's name. */
    private static SdkPojo filled(Class<? extends SdkPojo> type) {
        return filled(Shape.of(type).newBuilder());
    }

    private static SdkPojo filled(SdkPojo builder) {
        int number = 1;
        for (SdkField<?> field : builder.sdkFields()) {
            Object value = value(field, number++);
            if (value != null) {
                field.set(builder, value);
            }
        }
        return Shape.build(builder);
    }

    private static @Nullable Object value(SdkField<?> field, int number) {
        return switch (field.marshallingType().getKnownType()) {
            case STRING -> field.locationName() + "-" + number;
            case INTEGER -> number;
            case DOUBLE -> number / 10.0;
            case BOOLEAN -> true;
            case SDK_POJO -> filled(field.constructor().get());
            case LIST, MAP -> null;
            default ->
                throw new IllegalStateException(field.locationName() + " is a "
                        + field.marshallingType().getKnownType());
        };
    }

    /** All values that are no structures, by where they are. */
    private static Map<String, Object> leaves(SdkPojo structure) {
        Map<String, Object> leaves = new TreeMap<>();
        collect(structure, "", leaves);
        return leaves;
    }

    private static void collect(SdkPojo structure, String path, Map<String, Object> leaves) {
        for (SdkField<?> field : structure.sdkFields()) {
            Object value = ConfigurationShapes.value(field, structure);
            if (value instanceof SdkPojo nested) {
                collect(nested, path + field.locationName() + ".", leaves);
            } else if (value != null) {
                leaves.put(path + field.locationName(), value);
            }
        }
    }
}
