package io.riacho.firehose.destination.warehouse;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A {@code ClusterJDBCURL}, taken apart. What a driver is given is put together from these parts, never from the text: of a
 * driver's parameters several load classes or read files, so only those are taken that are known to be harmless.
 *
 * @param host a name, an IPv4 address, or an IPv6 address in brackets
 * @param parameters those of {@link #PARAMETERS}, by their names as they are there
 */
public record WarehouseUrl(Product product, String host, int port, String database, Map<String, String> parameters) {

    /** What is at the other end. */
    public enum Product {
        REDSHIFT(5439),
        POSTGRESQL(5432);

        private final int port;

        Product(int port) {
            this.port = port;
        }
    }

    private static final Pattern URL = Pattern.compile("jdbc:(redshift|postgresql)://"
            + "((?!-)[A-Za-z0-9._-]{1,255}|\\[[0-9A-Fa-f:.]{2,45}])"
            + "(?::([0-9]{1,5}))?/([a-zA-Z0-9_$-]{1,127})(?:\\?(.*))?");

    /** AWS's own pattern of this member, in which {@code jdbc:postgresql:} is Redshift as well. */
    private static final Pattern AWS = Pattern.compile(
            "jdbc:(redshift|postgresql)://"
                    + "((?!-)[A-Za-z0-9-]{1,63}(?<!-)\\.)+(redshift(-serverless)?)\\.([a-zA-Z0-9.\\-]+):[0-9]{1,5}/[a-zA-Z0-9_$-]+");

    private static final Map<String, Pattern> PARAMETERS = Map.of(
            "ssl", Pattern.compile("true|false"),
            "sslmode", Pattern.compile("disable|allow|prefer|require|verify-ca|verify-full"),
            "ApplicationName", Pattern.compile("[A-Za-z0-9 ._-]{1,63}"),
            "currentSchema", Pattern.compile("[A-Za-z_][A-Za-z0-9_$]{0,62}"));

    public WarehouseUrl {
        parameters = Map.copyOf(parameters);
    }

    /** @throws io.riacho.protocol.AwsException where it is not one, or has a parameter that is not taken */
    public static WarehouseUrl parse(String text) {
        Matcher matcher = URL.matcher(text);
        if (text.length() > 512 || !matcher.matches()) {
            throw InvalidWarehouse.of(
                    "ClusterJDBCURL has to be jdbc:redshift://HOST:PORT/DATABASE, or"
                            + " jdbc:postgresql://HOST:PORT/DATABASE for a PostgreSQL-compatible warehouse, with no more than one host");
        }
        Product product =
                matcher.group(1).equals("redshift") || AWS.matcher(text).matches()
                        ? Product.REDSHIFT
                        : Product.POSTGRESQL;
        int port = matcher.group(3) == null ? product.port : Integer.parseInt(matcher.group(3));
        if (port < 1 || port > 65535) {
            throw InvalidWarehouse.of("The port in ClusterJDBCURL has to be between 1 and 65535");
        }
        return new WarehouseUrl(
                product, matcher.group(2), port, matcher.group(4), parameters(product, matcher.group(5)));
    }

    private static Map<String, String> parameters(Product product, @Nullable String query) {
        Map<String, String> parameters = new TreeMap<>();
        if (query == null || query.isEmpty()) {
            return parameters;
        }
        for (String parameter : query.split("&", -1)) {
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? parameter : parameter.substring(0, equals);
            Pattern values = PARAMETERS.get(name);
            if (values == null) {
                throw InvalidWarehouse.of("ClusterJDBCURL has the parameter " + shown(name) + "; only "
                        + String.join(", ", new TreeMap<>(PARAMETERS).keySet()) + " can be given");
            }
            String value = parameter.substring(equals + 1);
            if (!values.matcher(value).matches()) {
                throw InvalidWarehouse.of("ClusterJDBCURL has a value of " + name + " that is none of it");
            }
            if (product == Product.REDSHIFT && name.equals("sslmode") && !value.startsWith("verify-")) {
                throw InvalidWarehouse.of("sslmode in ClusterJDBCURL has to be verify-ca or verify-full for Redshift");
            }
            if (parameters.putIfAbsent(name, value) != null) {
                throw InvalidWarehouse.of("ClusterJDBCURL has the parameter " + name + " twice");
            }
        }
        if (parameters.containsKey("ssl") && parameters.containsKey("sslmode")) {
            throw InvalidWarehouse.of("ClusterJDBCURL has both ssl and sslmode: give one of them");
        }
        return parameters;
    }

    private static String shown(String name) {
        String clean = name.replaceAll("[^A-Za-z0-9_.-]", "?");
        return clean.length() <= 40 ? clean : clean.substring(0, 40) + "…";
    }

    /** The host without an IPv6 address's brackets. */
    public String address() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Where the warehouse is, for texts that users read. */
    @Override
    public String toString() {
        return product.name().toLowerCase(Locale.ROOT) + "://" + host + ":" + port + "/" + database;
    }
}
