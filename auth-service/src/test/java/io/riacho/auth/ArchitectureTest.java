package io.riacho.auth;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.riacho.auth", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.riacho.auth.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nobodyDependsOnTheWiring = noClasses()
            .that()
            .resideOutsideOfPackage("io.riacho.auth")
            .should()
            .dependOnClassesThat(resideInAPackage("io.riacho.auth"));

    @ArchTest
    static final ArchRule operationsDoNotTouchTheDatabase = noClasses()
            .that()
            .haveSimpleNameEndingWith("Operations")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "javax.sql..", "java.sql..", "org.springframework.jdbc..", "org.springframework.transaction..");
}
