package io.riacho.policy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.riacho.policy", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule THE_POLICY_LANGUAGE_DEPENDS_ON_THE_JDK_AND_A_JSON_PARSER = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.riacho.policy", "java..", "org.jspecify..", "tools.jackson.core..");

    @ArchTest
    static final ArchRule IT_TOUCHES_NO_FILE_AND_NO_CLOCK = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.nio.file..", "java.nio.channels..")
            .orShould()
            .callMethod(java.time.Instant.class, "now");
}
