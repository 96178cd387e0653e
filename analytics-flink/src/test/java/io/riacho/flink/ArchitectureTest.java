package io.riacho.flink;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.riacho.flink", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.riacho.flink.(*)..").should().beFreeOfCycles();

    /** A cluster of somebody else's loads this jar, where there is no Spring and no service. */
    @ArchTest
    static final ArchRule aClusterNeedsNothingOfTheServices = noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.springframework..", "jakarta..", "org.apache.calcite..")
                    .or(resideInAPackage("io.riacho..")
                            .and(not(resideInAnyPackage("io.riacho.flink..", "io.riacho.aggregation..")))));

    @ArchTest
    static final ArchRule functionsAndFormatsKnowNoService = noClasses()
            .that()
            .resideInAnyPackage("io.riacho.flink.function..", "io.riacho.flink.format..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "software.amazon..",
                    "io.riacho.flink.access..",
                    "io.riacho.flink.source..",
                    "io.riacho.flink.sink.."));
}
