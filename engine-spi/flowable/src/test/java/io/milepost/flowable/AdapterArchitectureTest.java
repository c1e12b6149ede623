package io.milepost.flowable;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packagesOf = JourneysConfigurator.class, importOptions = ImportOption.DoNotIncludeTests.class)
class AdapterArchitectureTest {
    @ArchTest
    static final ArchRule seesTheApiAndItsEngine = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.milepost.flowable",
                    "io.milepost.spi",
                    "io.milepost.transport",
                    "org.flowable..",
                    // The connection of the engine's transaction is had by its session alone.
                    "org.apache.ibatis.session",
                    "java..",
                    "javax.sql",
                    "org.jspecify.annotations",
                    "org.slf4j");

    @ArchTest
    static final ArchRule showsTwoClassesAlone = classes()
            .that()
            .haveModifier(JavaModifier.PUBLIC)
            .should()
            .haveSimpleName("JourneysConfigurator")
            .orShould()
            .haveSimpleName("Journeys");
}
