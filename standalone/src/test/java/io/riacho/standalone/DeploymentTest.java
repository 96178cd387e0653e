package io.riacho.standalone;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What the files for compose say of each other. Whether they run is tried by {@code deployment/verify/verify-compose}. */
class DeploymentTest {

    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern SETTING = Pattern.compile("\\$\\{([A-Z0-9_]+):-([^}]*)}");
    /** Where a setting of the example has the value of another one in its own. */
    private static final Pattern NAMED = Pattern.compile("\\$\\{([A-Z0-9_]+)}");
    /** Compose itself and prepare read these. */
    private static final Set<String> READ_ELSEWHERE =
            Set.of("COMPOSE_PROFILES", "RIACHO_NAMES", "RIACHO_UID", "RIACHO_GID");

    @Test
    void everySettingIsInTheExampleWithItsDefault() throws IOException {
        Map<String, String> defaults = new TreeMap<>();
        for (String file :
                List.of("docker-compose.yml", "deployment/compose/from-source.yml", "deployment/compose/http.yml")) {
            SETTING.matcher(Files.readString(HOME.resolve(file)))
                    .results()
                    .forEach(found -> defaults.put(found.group(1), found.group(2)));
        }

        Map<String, String> explained = new TreeMap<>(example());
        explained.keySet().removeAll(READ_ELSEWHERE);
        assertThat(explained).isEqualTo(defaults);
    }

    @Test
    void everyPortIsPublishedOnTheLoopbackInterfaceOnly() throws IOException {
        for (String file : List.of("docker-compose.yml", "deployment/compose/http.yml")) {
            assertThat(services(file).values())
                    .flatExtracting(service -> list(service, "ports"))
                    .as(file)
                    .isNotEmpty()
                    .allSatisfy(port -> assertThat(port).asString().startsWith("127.0.0.1:"));
        }
    }

    @Test
    void everySecretIsMadeByPrepare() throws IOException {
        Map<?, ?> secrets = part("docker-compose.yml", "secrets");
        String prepare = Files.readString(HOME.resolve("deployment/compose/prepare"));
        Set<String> unknown = new TreeSet<>();
        for (Object name : secrets.keySet()) {
            String made = name.toString().replaceFirst("\\.(key|crt)$", "");
            if (!Pattern.compile("\\b" + Pattern.quote(made) + "\\b")
                    .matcher(prepare)
                    .find()) {
                unknown.add(name.toString());
            }
        }
        assertThat(unknown).isEmpty();
    }

    @Test
    void containersOfOursAreNeverRootAndCannotWriteBesideTheirVolumes() throws IOException {
        Map<String, Map<?, ?>> ours = new HashMap<>(services("docker-compose.yml"));
        ours.keySet().retainAll(Set.of("auth", "streams", "s3", "firehose", "analytics"));
        assertThat(ours).hasSize(5).allSatisfy((name, service) -> {
            assertThat(service.get("user")).asString().contains("RIACHO_UID");
            assertThat(service.get("read_only")).isEqualTo(true);
            assertThat(list(service, "cap_drop")).isEqualTo(List.of("ALL"));
            assertThat(service.get("mem_limit")).isNotNull();
            assertThat(service.get("healthcheck")).isNotNull();
        });
    }

    private static Map<String, String> example() throws IOException {
        Map<String, String> lines = Pattern.compile("(?m)^([A-Z0-9_]+)=(.*)$")
                .matcher(Files.readString(HOME.resolve(".env.example")))
                .results()
                .collect(Collectors.toMap((MatchResult line) -> line.group(1), line -> line.group(2)));
        Map<String, String> settings = new HashMap<>();
        lines.forEach((name, value) -> settings.put(
                name, NAMED.matcher(value).replaceAll(named -> Matcher.quoteReplacement(lines.get(named.group(1))))));
        return settings;
    }

    private static Map<String, Map<?, ?>> services(String file) throws IOException {
        Map<String, Map<?, ?>> services = new HashMap<>();
        part(file, "services").forEach((name, service) -> services.put(name.toString(), (Map<?, ?>) service));
        return services;
    }

    private static List<?> list(Map<?, ?> service, String name) {
        return service.get(name) instanceof List<?> values ? values : List.of();
    }

    private static Map<?, ?> part(String file, String name) throws IOException {
        Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        Map<?, ?> all = yaml.load(Files.readString(HOME.resolve(file)));
        return (Map<?, ?>) requireNonNull(all.get(name), name);
    }
}
