package io.riacho.kdasql;

import io.riacho.kdasql.statement.CreatePump;
import io.riacho.kdasql.statement.CreateStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;

/** Makes whole applications of published texts: templates get values for what a deployment fills in, fragments whose target is not declared get one declared. */
final class PublishedText {
    private PublishedText() {}

    static String whole(String text) {
        return withSources(withTargets(filled(text)));
    }

    /** What the Python, Terraform or Helm around a template would fill in. */
    static String filled(String text) {
        String filled = text.replace("\"{}\"", "\"SOURCE_SQL_STREAM_001\"")
                .replace("INTERVAL '{}'", "INTERVAL '30'")
                .replaceAll("(?m)^\\s*\\{\\}\\s*$", "30")
                .replaceAll("(?m)^%\\{.*~}\\s*$", "")
                .replaceAll("\\$\\{format\\(\"%03\\.0f\", index\\)}", "001")
                .replace("\"namespace_name\" ${var.selector}", "\"namespace_name\" = 'one'")
                .replace("${var.selector}", "\"namespace_name\" = 'one'")
                .replaceAll("\\$\\{var\\.(\\w+)}", "$1");
        return filled;
    }

    /** Fills streams that a fragment declares and reads from its input, where it does not show what fills them. */
    static String withSources(String text) {
        List<SqlNode> statements = new ApplicationParser(Limits.DEFAULT).statements(text);
        StringBuilder pumps = new StringBuilder();
        for (SqlNode statement : statements) {
            if (statement instanceof CreateStream stream) {
                String name = stream.name().names.getLast();
                boolean filled = pumps(statements)
                        .anyMatch(p -> ((SqlIdentifier) p.insert().getTargetTable())
                                .names
                                .getLast()
                                .equals(name));
                if (!filled) {
                    String columns = stream.columns().stream()
                            .map(c -> "\"" + c.name().getSimple() + "\"")
                            .collect(Collectors.joining(", "));
                    pumps.append(
                            "\n;CREATE PUMP \"FILLS_%s\" AS INSERT INTO \"%s\" SELECT STREAM %s FROM SOURCE_SQL_STREAM_001"
                                    .formatted(name, name, columns));
                }
            }
        }
        return pumps.isEmpty() ? text : text.stripTrailing().replaceFirst(";$", "") + pumps;
    }

    private static Stream<CreatePump> pumps(List<SqlNode> statements) {
        return statements.stream().filter(CreatePump.class::isInstance).map(CreatePump.class::cast);
    }

    /** Declares the targets of a fragment. */
    static String withTargets(String text) {
        List<SqlNode> statements = new ApplicationParser(Limits.DEFAULT).statements(text);
        Set<String> known = new LinkedHashSet<>();
        StringBuilder declarations = new StringBuilder();
        for (SqlNode statement : statements) {
            if (statement instanceof CreateStream stream) {
                known.add(stream.name().names.getLast());
            }
        }
        for (SqlNode statement : statements) {
            if (statement instanceof CreatePump pump) {
                SqlIdentifier target = (SqlIdentifier) pump.insert().getTargetTable();
                if (known.add(target.names.getLast())) {
                    List<String> columns = new ArrayList<>();
                    SqlNodeList list = pump.insert().getTargetColumnList();
                    if (list == null) {
                        columns.add("\"ANOMALY_SCORE\" DOUBLE");
                    } else {
                        list.forEach(c -> columns.add("\"" + c + "\" VARCHAR(64)"));
                    }
                    declarations
                            .append("CREATE STREAM \"")
                            .append(target.names.getLast())
                            .append("\" (")
                            .append(String.join(", ", columns))
                            .append(");\n");
                }
            }
        }
        return declarations + text;
    }
}
