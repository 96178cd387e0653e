package io.riacho.analytics.application;

import io.riacho.analytics.error.AnalyticsErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.InputDescription;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.InputProcessingConfigurationDescription;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.OutputDescription;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ReferenceDataSourceDescription;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.SqlApplicationConfigurationDescription;

/**
 * Edits inputs, outputs and reference data of an application of the SQL dialect, given in the shapes of either API. What is
 * added has the id VERSION.NUMBER, of the version that it is added by.
 */
public final class SqlConfiguration {

    private static final int MOST_INPUTS = 1;
    private static final int MOST_OUTPUTS = 3;
    private static final int MOST_REFERENCES = 1;
    private static final int MOST_UPDATES = 1000;

    private SqlConfiguration() {}

    /** @param next the version that this makes */
    public static Definition addInputs(Definition definition, List<? extends SdkPojo> inputs, long next) {
        List<InputDescription> all = new ArrayList<>(definition.inputs());
        int number = 1;
        for (SdkPojo input : inputs) {
            InputDescription described = Shapes.as(input, InputDescription.class);
            all.add(SqlChecks.input(described.toBuilder()
                    .inputId(next + "." + number++)
                    .inputParallelism(parallelism -> parallelism.count(count(described)))
                    .build()));
        }
        return withInputs(definition, all);
    }

    public static Definition addProcessing(Definition definition, String inputId, SdkPojo processing) {
        return changeInput(definition, inputId, input -> {
            if (input.inputProcessingConfigurationDescription() != null) {
                throw AnalyticsErrors.invalidArgument("Input " + inputId + " has a processing configuration already.");
            }
            return input.toBuilder()
                    .inputProcessingConfigurationDescription(
                            Shapes.as(processing, InputProcessingConfigurationDescription.class))
                    .build();
        });
    }

    public static Definition deleteProcessing(Definition definition, String inputId) {
        return changeInput(definition, inputId, input -> {
            if (input.inputProcessingConfigurationDescription() == null) {
                throw AnalyticsErrors.resourceNotFound("Input " + inputId + " has no processing configuration.");
            }
            return input.toBuilder()
                    .inputProcessingConfigurationDescription((InputProcessingConfigurationDescription) null)
                    .build();
        });
    }

    public static Definition updateInputs(Definition definition, List<? extends SdkPojo> updates) {
        requireFew(updates);
        Definition after = definition;
        for (SdkPojo update : updates) {
            after = changeInput(after, id(update, "InputId"), input -> updatedInput(input, update));
        }
        return after;
    }

    public static Definition addOutputs(Definition definition, List<? extends SdkPojo> outputs, long next) {
        List<OutputDescription> all = new ArrayList<>(definition.outputs());
        int number = 1;
        for (SdkPojo output : outputs) {
            all.add(SqlChecks.output(Shapes.as(output, OutputDescription.class).toBuilder()
                    .outputId(next + "." + number++)
                    .build()));
        }
        return withOutputs(definition, all);
    }

    public static Definition updateOutputs(Definition definition, List<? extends SdkPojo> updates) {
        requireFew(updates);
        List<OutputDescription> all = new ArrayList<>(definition.outputs());
        for (SdkPojo update : updates) {
            String id = id(update, "OutputId");
            all.set(index(all, OutputDescription::outputId, id, "Output"), updatedOutput(
                    all.get(index(all, OutputDescription::outputId, id, "Output")), update));
        }
        return withOutputs(definition, all);
    }

    public static Definition deleteOutput(Definition definition, String id) {
        List<OutputDescription> all = new ArrayList<>(definition.outputs());
        all.remove(index(all, OutputDescription::outputId, id, "Output"));
        return withOutputs(definition, all);
    }

    public static Definition addReferences(Definition definition, List<? extends SdkPojo> references, long next) {
        List<ReferenceDataSourceDescription> all = new ArrayList<>(definition.references());
        int number = 1;
        for (SdkPojo reference : references) {
            all.add(SqlChecks.reference(Shapes.as(reference, ReferenceDataSourceDescription.class).toBuilder()
                    .referenceId(next + "." + number++)
                    .build()));
        }
        return withReferences(definition, all);
    }

    public static Definition updateReferences(Definition definition, List<? extends SdkPojo> updates) {
        requireFew(updates);
        List<ReferenceDataSourceDescription> all = new ArrayList<>(definition.references());
        for (SdkPojo update : updates) {
            String id = id(update, "ReferenceId");
            int at = index(all, ReferenceDataSourceDescription::referenceId, id, "Reference data source");
            all.set(at, SqlChecks.reference(Shapes.updated(all.get(at), update)));
        }
        return withReferences(definition, all);
    }

    public static Definition deleteReference(Definition definition, String id) {
        List<ReferenceDataSourceDescription> all = new ArrayList<>(definition.references());
        all.remove(index(all, ReferenceDataSourceDescription::referenceId, id, "Reference data source"));
        return withReferences(definition, all);
    }

    private static InputDescription updatedInput(InputDescription input, SdkPojo update) {
        InputDescription.Builder after = Shapes.updated(input, update).toBuilder();
        boolean streams = Shapes.member(update, "KinesisStreamsInputUpdate").isPresent();
        boolean firehose = Shapes.member(update, "KinesisFirehoseInputUpdate").isPresent();
        if (streams && !firehose) {
            after.kinesisFirehoseInputDescription((
                    software.amazon.awssdk.services.kinesisanalyticsv2.model.KinesisFirehoseInputDescription) null);
        }
        if (firehose && !streams) {
            after.kinesisStreamsInputDescription((
                    software.amazon.awssdk.services.kinesisanalyticsv2.model.KinesisStreamsInputDescription) null);
        }
        return SqlChecks.input(after.build());
    }

    private static OutputDescription updatedOutput(OutputDescription output, SdkPojo update) {
        boolean moved = IntStream.of(0, 1, 2)
                        .filter(i -> Shapes.member(update, SqlChecks.DESTINATIONS.get(i) + "Update")
                                .isPresent())
                        .count()
                == 1;
        OutputDescription before = output;
        if (moved) {
            // What is written to instead takes the place of what was.
            for (String destination : SqlChecks.DESTINATIONS) {
                if (Shapes.member(update, destination + "Update").isEmpty()) {
                    before = SqlChecks.without(before, destination);
                }
            }
        }
        return SqlChecks.output(Shapes.updated(before, update));
    }

    private static Definition changeInput(
            Definition definition, String id, Function<InputDescription, InputDescription> change) {
        List<InputDescription> all = new ArrayList<>(definition.inputs());
        int at = index(all, InputDescription::inputId, id, "Input");
        all.set(at, change.apply(all.get(at)));
        return withInputs(definition, all);
    }

    private static Definition withInputs(Definition definition, List<InputDescription> inputs) {
        requireFew(inputs, MOST_INPUTS, "input");
        return with(
                definition,
                sql(definition)
                        .inputDescriptions(inputs.stream()
                                .map(input -> input.toBuilder()
                                        .inAppStreamNames(streamNames(input))
                                        .build())
                                .toList())
                        .build());
    }

    private static Definition withOutputs(Definition definition, List<OutputDescription> outputs) {
        requireFew(outputs, MOST_OUTPUTS, "outputs");
        return with(definition, sql(definition).outputDescriptions(outputs).build());
    }

    private static Definition withReferences(Definition definition, List<ReferenceDataSourceDescription> references) {
        requireFew(references, MOST_REFERENCES, "reference data source");
        return with(
                definition,
                sql(definition).referenceDataSourceDescriptions(references).build());
    }

    private static SqlApplicationConfigurationDescription.Builder sql(Definition definition) {
        return definition.sql().toBuilder();
    }

    private static Definition with(Definition definition, SqlApplicationConfigurationDescription sql) {
        if (!definition.isSql()) {
            throw AnalyticsErrors.invalidArgument(
                    "Inputs, outputs and reference data sources belong to SQL applications only.");
        }
        return definition.with(sql);
    }

    private static List<String> streamNames(InputDescription input) {
        return IntStream.rangeClosed(1, count(input))
                .mapToObj(number -> "%s_%03d".formatted(input.namePrefix(), number))
                .toList();
    }

    private static int count(InputDescription input) {
        Integer count = input.inputParallelism() == null
                ? null
                : input.inputParallelism().count();
        return count == null ? 1 : count;
    }

    private static String id(SdkPojo update, String member) {
        return Shapes.member(update, member).map(Object::toString).orElse("");
    }

    private static <T> int index(List<T> all, Function<T, @Nullable String> id, String wanted, String what) {
        for (int i = 0; i < all.size(); i++) {
            if (Objects.equals(id.apply(all.get(i)), wanted)) {
                return i;
            }
        }
        throw AnalyticsErrors.resourceNotFound(what + " " + wanted + " not found.");
    }

    private static void requireFew(List<?> all, int most, String what) {
        if (all.size() > most) {
            throw AnalyticsErrors.invalidArgument("An application can have at most " + most + " " + what + ".");
        }
    }

    private static void requireFew(List<?> updates) {
        if (updates.size() > MOST_UPDATES) {
            throw AnalyticsErrors.invalidArgument("There are more updates than can be.");
        }
    }
}
