package io.riacho.streams;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.riacho.streams.limit.LimitSettings;
import jakarta.persistence.Entity;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

@AnalyzeClasses(packages = "io.riacho.streams", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.riacho.streams.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nobodyDependsOnTheWiring = noClasses()
            .that()
            .resideOutsideOfPackage("io.riacho.streams")
            .should()
            .dependOnClassesThat(resideInAPackage("io.riacho.streams"));

    @ArchTest
    static final ArchRule entitiesArePackagePrivate =
            classes().that().areAnnotatedWith(Entity.class).should().bePackagePrivate();

    @ArchTest
    static final ArchRule operationsDoNotTouchTheDatabase = noClasses()
            .that()
            .haveSimpleNameEndingWith("Operations")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                            "jakarta.persistence..",
                            "org.hibernate..",
                            "javax.sql..",
                            "java.sql..",
                            "org.springframework.jdbc..",
                            "org.springframework.orm..",
                            "org.springframework.transaction..")
                    .or(simpleNameEndingWith("Store")));

    /** Spring MVC knows a controller by an annotation; it is made in the wiring all the same. */
    @ArchTest
    static final ArchRule theServiceIsWiredInOnePlace = noClasses()
            .that()
            .resideOutsideOfPackage("io.riacho.streams")
            .and()
            .haveSimpleNameNotEndingWith("Controller")
            .should()
            .beMetaAnnotatedWith(Component.class)
            .orShould()
            .beAnnotatedWith(Configuration.class);

    @ArchTest
    static final ArchRule beansAreMadeInOnePlace = noMethods()
            .that()
            .areDeclaredInClassesThat()
            .resideOutsideOfPackage("io.riacho.streams")
            .should()
            .beAnnotatedWith(Bean.class);

    /** LimitSettings alone is bound to the configuration. */
    @ArchTest
    static final ArchRule theRecordPathDoesNotKnowSpring = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.riacho.streams.record",
                    "io.riacho.streams.shard",
                    "io.riacho.streams.iterator",
                    "io.riacho.streams.token",
                    "io.riacho.streams.limit",
                    "io.riacho.streams.error")
            .and()
            .doNotBelongToAnyOf(LimitSettings.class)
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.springframework.."));

    @ArchTest
    static final ArchRule theRecordPathDoesNotTouchTheDatabase = noClasses()
            .that()
            .resideInAnyPackage("io.riacho.streams.record", "io.riacho.streams.shard", "io.riacho.streams.iterator")
            .should()
            .dependOnClassesThat(resideInAnyPackage("jakarta.persistence..", "org.hibernate..", "javax.sql..")
                    .or(simpleNameEndingWith("Store")));
}
