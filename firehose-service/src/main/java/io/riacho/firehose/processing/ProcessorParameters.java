package io.riacho.firehose.processing;

import io.riacho.protocol.AwsException;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.firehose.model.Processor;
import software.amazon.awssdk.services.firehose.model.ProcessorParameter;
import software.amazon.awssdk.services.firehose.model.ProcessorParameterName;

/** The parameters of a processor: those that its type knows, each once. */
final class ProcessorParameters {

    private final String type;
    private final Map<ProcessorParameterName, String> values = new EnumMap<>(ProcessorParameterName.class);

    ProcessorParameters(Processor processor, Set<ProcessorParameterName> known) {
        this.type = processor.typeAsString();
        for (ProcessorParameter parameter : processor.parameters()) {
            ProcessorParameterName name = parameter.parameterName();
            if (name == null || !known.contains(name)) {
                throw refused("Parameter " + parameter.parameterNameAsString() + " is not valid for processor " + type);
            }
            if (parameter.parameterValue() == null || parameter.parameterValue().isBlank()) {
                throw refused("Parameter " + name + " of processor " + type + " must not be empty");
            }
            if (values.put(name, parameter.parameterValue()) != null) {
                throw refused("Parameter " + name + " of processor " + type + " is given more than once");
            }
        }
    }

    @Nullable
    String get(ProcessorParameterName name) {
        return values.get(name);
    }

    String get(ProcessorParameterName name, String fallback) {
        return values.getOrDefault(name, fallback);
    }

    boolean has(ProcessorParameterName name) {
        return values.containsKey(name);
    }

    /** @param message for a number that is none, or out of its range */
    BigDecimal number(ProcessorParameterName name, String fallback, String least, String most, String message) {
        String text = get(name, fallback);
        try {
            BigDecimal number = text.length() <= 20 ? new BigDecimal(text) : null;
            if (number != null
                    && number.compareTo(new BigDecimal(least)) >= 0
                    && number.compareTo(new BigDecimal(most)) <= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw refused(message);
    }

    int integer(ProcessorParameterName name, String fallback, String least, String most, String message) {
        try {
            return number(name, fallback, least, most, message).intValueExact();
        } catch (ArithmeticException e) {
            throw refused(message);
        }
    }

    static AwsException refused(String message) {
        return AwsException.badRequest("InvalidArgumentException", message);
    }
}
