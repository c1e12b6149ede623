package io.milepost.simulator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.milepost.simulator", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule seesOfMilepostOnlyTheSpiAndItsTransport = classes()
            .should()
            .onlyDependOnClassesThat(JavaClass.Predicates.resideInAnyPackage(
                            "io.milepost.simulator..", "io.milepost.spi..", "io.milepost.transport..")
                    .or(JavaClass.Predicates.resideOutsideOfPackage("io.milepost..")));

    @ArchTest
    static final ArchRule theTruthKnowsNothingOfWhatItJudges = noClasses()
            .that()
            .resideInAPackage("..simulator.truth..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..simulator.engine..",
                    "..simulator.scenario..",
                    "..simulator.channel..",
                    "..simulator.fault..",
                    "..simulator.verify..",
                    "io.milepost.transport..");

    @ArchTest
    static final ArchRule onlyTheCommandLineEndsOrWritesToStandardOutput = noClasses()
            .that()
            .resideOutsideOfPackages("..simulator.cli..", "io.milepost.simulator")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .callMethod(System.class, "exit", int.class);

    @ArchTest
    static final ArchRule timeAndChanceAreHandedIn = noClasses()
            .that()
            .resideOutsideOfPackages("..simulator.cli..", "io.milepost.simulator")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callConstructor(java.util.Random.class);

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.milepost.simulator.(*)..").should().beFreeOfCycles();
}
