package io.riacho.metrics;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.riacho.metrics", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.riacho.metrics.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theHistoryKnowsNoWireAndNoFramework = noClasses()
            .that()
            .resideInAPackage("io.riacho.metrics.history")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "io.riacho.protocol..", "io.micrometer..", "org.springframework..", "software.amazon.."));
}
