package io.milepost.transport;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

@AnalyzeClasses(packagesOf = Transport.class, importOptions = ImportOption.DoNotIncludeTests.class)
class TransportArchitectureTest {
    @ArchTest
    static final ArchRule seesTheApiAndLittleElse = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.milepost.transport",
                    "io.milepost.spi",
                    "java..",
                    "javax.sql",
                    "org.jspecify.annotations",
                    "org.slf4j",
                    "com.fasterxml.jackson.core..");

    @ArchTest
    static final ArchRule isHandedTimeAndDelays = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class);
}
