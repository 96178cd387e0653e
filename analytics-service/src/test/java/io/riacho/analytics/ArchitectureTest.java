package io.riacho.analytics;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.riacho.analytics", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.riacho.analytics.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nobodyDependsOnTheWiring = noClasses()
            .that()
            .resideOutsideOfPackage("io.riacho.analytics")
            .should()
            .dependOnClassesThat(resideInAPackage("io.riacho.analytics"));

    @ArchTest
    static final ArchRule onlyTheRuntimeKnowsFlink = noClasses()
            .that()
            .resideOutsideOfPackage("io.riacho.analytics.runtime..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.apache.flink..", "io.riacho.flink.."));

    @ArchTest
    static final ArchRule theRuntimeIsReachedThroughItsSeam = classes()
            .that()
            .resideInAPackage("io.riacho.analytics.runtime")
            .and()
            .arePublic()
            .should()
            .haveSimpleNameEndingWith("Configuration")
            .orShould()
            .beAssignableTo("org.apache.flink.core.fs.FileSystemFactory");

    @ArchTest
    static final ArchRule entitiesStayInTheirPackage = classes()
            .that()
            .haveSimpleNameEndingWith("Entity")
            .or()
            .haveSimpleNameEndingWith("Row")
            .should()
            .bePackagePrivate()
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule operationsDoNotTouchTheDatabase = noClasses()
            .that()
            .haveSimpleNameEndingWith("Operations")
            .should()
            .dependOnClassesThat(resideInAnyPackage("java.sql..", "javax.sql..", "org.springframework.."))
            .allowEmptyShould(true);
}
