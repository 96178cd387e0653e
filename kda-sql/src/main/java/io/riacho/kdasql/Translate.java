package io.riacho.kdasql;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** {@code riacho sql translate FILE [APPLICATION.json]}: prints the Flink SQL of an application of the dialect. */
public final class Translate {
    private static final int USAGE = 2;

    private Translate() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments, utf8(System.out), utf8(System.err)));
    }

    private static PrintStream utf8(PrintStream stream) {
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }

    /** The exit code: 0, 1 for code that does not translate, 2 for wrong use. */
    static int run(String[] arguments, PrintStream out, PrintStream err) {
        if (arguments.length < 1 || arguments.length > 2) {
            err.println("Use: riacho sql translate FILE [APPLICATION.json]");
            err.println("  FILE               the application code");
            err.println("  APPLICATION.json   inputs, reference data and outputs in the shapes of the Kinesis Analytics"
                    + " API;");
            err.println("                     without it, the columns of the inputs are guessed from their use");
            return USAGE;
        }
        try {
            String text = Files.readString(Path.of(arguments[0]));
            ApplicationCode code = arguments.length == 2
                    ? ApplicationJson.application(
                            text, JsonMapper.shared().readTree(Files.readString(Path.of(arguments[1]))))
                    : InferredApplication.of(
                            text,
                            Map.of("connector", "kinesis", "stream.arn", "ARN of the stream"),
                            Map.of("connector", "reference"),
                            Map.of("connector", "kinesis", "stream.arn", "ARN of the stream"));
            out.print(Translator.translate(code).script());
            return 0;
        } catch (SqlCodeException e) {
            err.println(arguments[0] + ": " + e.getMessage());
            return 1;
        } catch (IOException | JacksonException e) {
            err.println("Cannot read: " + e.getMessage());
            return USAGE;
        }
    }
}
