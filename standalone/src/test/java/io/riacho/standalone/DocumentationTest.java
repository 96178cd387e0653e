package io.riacho.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.protocol.model.ServiceModel;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.RegexPatternTypeFilter;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import software.amazon.awssdk.core.SdkPojo;

/** What the README and the pages of {@code docs} link to is there, and the compatibility pages name what the APIs have. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocumentationTest {

    private static final Pattern OPERATION =
            Pattern.compile("(?m)^\\| ([A-Z]\\w+) \\|(?: ([a-z, ]+) \\|)? (works|differs|refused) \\|");

    private static final Pattern ARROW = Pattern.compile("(?m)^ +([\\w-]+) --> ([\\w-]+)$");

    private Path root = Path.of("..");
    private final Map<Path, MarkdownPage> pages = new TreeMap<>();
    private Map<String, Set<String>> served = Map.of();

    @BeforeAll
    void findTheOperations() throws ClassNotFoundException {
        served = servedOperations();
    }

    @BeforeAll
    void readThePages() throws IOException {
        root = root.toRealPath();
        List<Path> files = new ArrayList<>();
        for (String folder : List.of("", "benchmarks")) {
            try (Stream<Path> found = Files.list(root.resolve(folder))) {
                found.forEach(files::add);
            }
        }
        try (Stream<Path> found = Files.walk(root.resolve("docs"))) {
            found.forEach(files::add);
        }
        for (Path file : files) {
            if (file.toString().endsWith(".md")) {
                pages.put(file, MarkdownPage.read(file));
            }
        }
        assertThat(pages).containsKeys(root.resolve("README.md"), root.resolve("docs/README.md"));
    }

    @Test
    void everyRelativeLinkLeadsToAFileOfTheProject() {
        List<String> broken = links((page, link) -> {
            Path target = page.target(link);
            return target.startsWith(root) && Files.exists(target);
        });

        assertThat(broken).isEmpty();
    }

    @Test
    void everyAnchorIsAHeadingOfThePageThatItNames() {
        List<String> broken = links((page, link) -> {
            MarkdownPage target = pages.get(page.target(link));
            int hash = link.indexOf('#');
            return hash < 0 || (target != null && target.anchors().contains(link.substring(hash + 1)));
        });

        assertThat(broken).isEmpty();
    }

    @Test
    void everyPageIsReachedFromTheIndex() {
        Set<Path> reached = new HashSet<>();
        Queue<Path> open = new ArrayDeque<>(List.of(root.resolve("docs/README.md")));
        while (!open.isEmpty()) {
            MarkdownPage page = pages.get(open.remove());
            if (page != null && reached.add(page.file())) {
                page.links().forEach(link -> open.add(page.target(link)));
            }
        }

        assertThat(reached).containsAll(pages.keySet());
    }

    @ParameterizedTest
    @CsvSource({
        "kinesis, kinesis.md, ''",
        "firehose, firehose.md, ''",
        "kinesisanalyticsv2, analytics.md, ''",
        "iam, identity.md, IAM",
        "sts, identity.md, STS",
        "kms, identity.md, KMS",
        "dynamodb, dynamodb.md, ''",
        "monitoring, cloudwatch.md, ''"
    })
    void aCompatibilityPageNamesEachOperationOfTheApiOnce(String service, String page, String section)
            throws IOException {
        assertThat(operations(page, section).map(row -> row.group(1)))
                .containsExactlyInAnyOrderElementsOf(ServiceModel.load(service).operations());
    }

    @ParameterizedTest
    @CsvSource({
        "firehose, firehose.md, ''",
        "glue, glue.md, ''",
        "iam, identity.md, IAM",
        "sts, identity.md, STS",
        "kms, identity.md, KMS",
        "dynamodb, dynamodb.md, ''",
        "cloudwatch, cloudwatch.md, ''"
    })
    void anOperationIsRefusedWhereNoMethodServesIt(String service, String page, String section) throws IOException {
        assertThat(operations(page, section)
                        .filter(row -> !row.group(3).equals("refused"))
                        .map(row -> row.group(1)))
                .containsExactlyInAnyOrderElementsOf(
                        served.getOrDefault("software.amazon.awssdk.services." + service + ".model", Set.of()));
    }

    @Test
    void theFirstApiOfAnalyticsIsMarkedAtItsOperations() throws IOException {
        assertThat(operations("analytics.md", "")
                        .filter(row -> row.group(2).contains("first"))
                        .map(row -> row.group(1)))
                .containsExactlyInAnyOrderElementsOf(
                        ServiceModel.load("kinesisanalytics").operations());
    }

    @Test
    void whatGlueHasBesidesIsCounted() throws IOException {
        Set<String> all = ServiceModel.load("glue").operations();
        Set<String> named = operations("glue.md", "").map(row -> row.group(1)).collect(Collectors.toSet());

        assertThat(all).containsAll(named);
        assertThat(Files.readString(compatibility("glue.md")))
                .contains("| the other " + (all.size() - named.size()) + " of the API's model | refused |");
    }

    @Test
    void theDiagramOfTheArchitectureHasTheDependenciesOfThePoms() throws Exception {
        Set<String> drawn = ARROW.matcher(Files.readString(root.resolve("docs/architecture.md")))
                .results()
                .map(arrow -> arrow.group(1) + " --> " + arrow.group(2))
                .collect(Collectors.toSet());
        Set<String> built = new HashSet<>();
        for (String module : modulesOf(drawn)) {
            compiledWith(module).forEach(other -> built.add(module + " --> " + other));
        }

        assertThat(drawn).isNotEmpty().containsExactlyInAnyOrderElementsOf(built);
    }

    private static Set<String> modulesOf(Set<String> arrows) {
        return arrows.stream().flatMap(arrow -> Stream.of(arrow.split(" --> "))).collect(Collectors.toSet());
    }

    private List<String> compiledWith(String module) throws Exception {
        Document pom = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(root.resolve(module).resolve("pom.xml").toFile());
        NodeList found = (NodeList) XPathFactory.newInstance()
                .newXPath()
                .evaluate(
                        "/project/dependencies/dependency[groupId='io.riacho' and not(scope)]/artifactId",
                        pom,
                        XPathConstants.NODESET);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> found.item(i).getTextContent())
                .toList();
    }

    /**
     * The operations that there is a method for, as the dispatcher finds them: public ones of classes {@code …Operations} that take
     * a request. By the packages of the requests.
     */
    private static Map<String, Set<String>> servedOperations() throws ClassNotFoundException {
        var scan = new ClassPathScanningCandidateComponentProvider(false);
        scan.addIncludeFilter(new RegexPatternTypeFilter(Pattern.compile("io\\.riacho\\..*Operations")));
        Map<String, Set<String>> operations = new HashMap<>();
        for (BeanDefinition found : scan.findCandidateComponents("io.riacho")) {
            for (Method method : Class.forName(found.getBeanClassName()).getMethods()) {
                Class<?>[] taken = method.getParameterTypes();
                if (taken.length > 0 && SdkPojo.class.isAssignableFrom(taken[0])) {
                    String name = method.getName();
                    operations
                            .computeIfAbsent(taken[0].getPackageName(), _ -> new HashSet<>())
                            .add(Character.toUpperCase(name.charAt(0)) + name.substring(1));
                }
            }
        }
        return operations;
    }

    private Stream<MatchResult> operations(String page, String section) throws IOException {
        String text = Files.readString(compatibility(page));
        return Stream.of(text.split("(?m)^## "))
                .filter(part -> section.isEmpty() || part.startsWith(section + '\n'))
                .flatMap(part -> OPERATION.matcher(part).results());
    }

    private Path compatibility(String page) {
        return root.resolve("docs/compatibility").resolve(page);
    }

    private List<String> links(LinkCheck check) {
        return pages.values().stream()
                .flatMap(page -> page.links().stream()
                        .filter(link -> !check.isRight(page, link))
                        .map(link -> root.relativize(page.file()) + ": " + link))
                .toList();
    }

    private interface LinkCheck {

        boolean isRight(MarkdownPage page, String link);
    }
}
