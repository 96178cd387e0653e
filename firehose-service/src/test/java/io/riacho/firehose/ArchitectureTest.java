package io.riacho.firehose;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.riacho.firehose", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.riacho.firehose.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nobodyDependsOnTheWiring = noClasses()
            .that()
            .resideOutsideOfPackage("io.riacho.firehose")
            .should()
            .dependOnClassesThat(resideInAPackage("io.riacho.firehose"));

    @ArchTest
    static final ArchRule theEngineKnowsNoDestinationButBuckets = noClasses()
            .that()
            .resideInAPackage("io.riacho.firehose.delivery")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "io.riacho.firehose.destination.http..",
                    "io.riacho.firehose.destination.splunk..",
                    "io.riacho.firehose.destination.opensearch..",
                    "io.riacho.firehose.destination.iceberg..",
                    "io.riacho.firehose.destination.redshift..",
                    "io.riacho.firehose.destination.postgres.."));

    @ArchTest
    static final ArchRule operationsDoNotTouchTheDatabase = noClasses()
            .that()
            .haveSimpleNameEndingWith("Operations")
            .should()
            .dependOnClassesThat(resideInAnyPackage("java.sql..", "javax.sql..", "org.springframework.."));
}
