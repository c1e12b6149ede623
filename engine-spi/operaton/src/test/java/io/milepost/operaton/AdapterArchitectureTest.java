package io.milepost.operaton;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packagesOf = JourneysPlugin.class, importOptions = ImportOption.DoNotIncludeTests.class)
class AdapterArchitectureTest {
    @ArchTest
    static final ArchRule seesTheApiTheTransportAndItsEngine = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.milepost.operaton",
                    "io.milepost.spi",
                    "io.milepost.transport",
                    "org.operaton.bpm..",
                    // The connection of the engine's transaction is had by its session alone.
                    "org.apache.ibatis.session",
                    "java..",
                    "javax.sql",
                    "org.jspecify.annotations",
                    "org.slf4j");

    @ArchTest
    static final ArchRule showsThreeClassesAlone = classes()
            .that()
            .haveModifier(JavaModifier.PUBLIC)
            .should()
            .haveSimpleName("JourneysPlugin")
            .orShould()
            .haveSimpleName("Journeys")
            .orShould()
            .haveSimpleName("CaptureAdapterProvider");
}
