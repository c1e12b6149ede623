package io.milepost.contacts;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

@AnalyzeClasses(packagesOf = ContactImport.class, importOptions = ImportOption.DoNotIncludeTests.class)
class ContactsArchitectureTest {
    @ArchTest
    static final ArchRule seesTheApiAndItsLibraries = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.milepost.contacts",
                    "io.milepost.spi",
                    "java..",
                    "org.jspecify.annotations",
                    "org.slf4j",
                    "org.apache.commons.csv",
                    "org.apache.commons.io..",
                    "org.apache.commons.validator..",
                    "com.google.i18n.phonenumbers..",
                    "org.apache.sshd..");

    @ArchTest
    static final ArchRule onlyTheFetcherKnowsSftp = noClasses()
            .that()
            .haveSimpleNameNotStartingWith("Sftp")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.sshd..");

    @ArchTest
    static final ArchRule isHandedTheTime = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Clock.class, "systemUTC");
}
