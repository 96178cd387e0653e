package io.riacho.auth.kms;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.riacho.auth.kms", importOptions = ImportOption.DoNotIncludeTests.class)
class KmsArchitectureTest {

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.riacho.auth.kms.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nobodyDependsOnTheWiring = noClasses()
            .that()
            .resideOutsideOfPackage("io.riacho.auth.kms")
            .should()
            .dependOnClassesThat(resideInAPackage("io.riacho.auth.kms"));

    @ArchTest
    static final ArchRule operationsDoNotTouchTheDatabase = noClasses()
            .that()
            .resideInAPackage("io.riacho.auth.kms.api")
            .should()
            .dependOnClassesThat(resideInAnyPackage("javax.sql..", "java.sql..", "org.springframework..")
                    .or(simpleNameEndingWith("Store")));

    @ArchTest
    static final ArchRule cryptographyIsDoneByTink =
            noClasses().should().dependOnClassesThat(resideInAnyPackage("javax.crypto.."));
}
