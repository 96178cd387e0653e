package io.riacho.protocol;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.riacho.protocol", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.riacho.protocol.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule whatServicesSeeKnowsNothingBehindIt = noClasses()
            .that()
            .resideInAPackage("io.riacho.protocol")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.riacho.protocol.*..", "org.springframework..", "tools.jackson..");

    @ArchTest
    static final ArchRule onlyWhatListensKnowsSpringAndTomcat = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.riacho.protocol.server",
                    "io.riacho.protocol.rest",
                    "io.riacho.protocol.tls",
                    "io.riacho.protocol.endpoint")
            .and()
            .haveSimpleNameNotEndingWith("Configuration")
            .and()
            .haveSimpleNameNotEndingWith("Properties")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "org.apache..", "jakarta..");

    @ArchTest
    static final ArchRule dependenciesAreTheAllowedOnes = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.riacho.protocol..",
                    "io.riacho.policy..",
                    "io.riacho.tracing..",
                    "com.github.benmanes.caffeine.cache..",
                    "java..",
                    "javax.crypto..",
                    "javax.net.ssl..",
                    "javax.xml.stream..",
                    "javax.security.auth.x500..",
                    "jakarta.servlet..",
                    "org.apache.catalina..",
                    "org.apache.coyote..",
                    "org.apache.tomcat.util.net..",
                    "org.apache.tomcat.util.threads..",
                    "org.apache.tomcat.util.net..",
                    "org.bouncycastle..",
                    "ch.qos.logback.core..",
                    "org.springframework..",
                    "org.slf4j..",
                    "org.jspecify.annotations..",
                    "software.amazon.awssdk..",
                    "tools.jackson..");

    @ArchTest
    static final ArchRule certificatesAreMadeInOnePlace = noClasses()
            .that()
            .resideOutsideOfPackage("io.riacho.protocol.tls")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bouncycastle..");

    @ArchTest
    static final ArchRule onlyTheAuditLogKnowsLogback = noClasses()
            .that()
            .resideOutsideOfPackage("io.riacho.protocol.audit")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ch.qos.logback..");

    @ArchTest
    static final ArchRule noServicesModelIsKnown =
            noClasses().should().dependOnClassesThat().resideInAPackage("software.amazon.awssdk.services..");
}
