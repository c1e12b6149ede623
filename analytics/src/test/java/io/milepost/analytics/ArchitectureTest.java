package io.milepost.analytics;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.util.Random;
import java.util.Set;

/** Which part may see which: an event goes one way, and what computes figures knows nothing but events. */
@AnalyzeClasses(packages = "io.milepost.analytics", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String[] PURE = {"..analytics.fold..", "..analytics.cell..", "..analytics.measure.."};

    private static final Set<String> HIDDEN_INPUTS =
            Set.of("now", "currentTimeMillis", "sleep", "random", "randomUUID");

    @ArchTest
    static final ArchRule WHAT_COMPUTES_FIGURES_IS_PURE = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat(resideInAPackage("io.micronaut..")
                    .or(resideInAPackage("java.sql.."))
                    .or(resideInAPackage("javax.sql.."))
                    .or(resideInAPackage("java.net.."))
                    .or(resideInAPackage("java.nio.file.."))
                    .or(DescribedPredicate.describe("a clock", type -> type.isEquivalentTo(Clock.class))));

    @ArchTest
    static final ArchRule WHAT_COMPUTES_FIGURES_DOES_NOT_KNOW_WHO_FEEDS_OR_ASKS_IT = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..analytics.ingest..",
                    "..analytics.store..",
                    "..analytics.api..",
                    "..analytics.config..",
                    "..analytics.problem..");

    @ArchTest
    static final ArchRule QUESTIONS_ARE_ANSWERED_BY_MEASURES = noClasses()
            .that()
            .resideInAPackage("..analytics.api..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..analytics.store.jdbc..",
                    "..analytics.ingest..",
                    "..analytics.event..",
                    "..analytics.fold..",
                    "..analytics.cell..",
                    "java.sql..");

    @ArchTest
    static final ArchRule SQL_IS_SPOKEN_IN_ONE_PLACE = noClasses()
            .that()
            .resideOutsideOfPackage("..analytics.store.jdbc..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "io.micronaut.data..");

    @ArchTest
    static final ArchRule TIME_AND_CHANCE_ARE_HANDED_IN = noClasses()
            .that()
            .resideOutsideOfPackage("..analytics.config..")
            .and(are(DescribedPredicate.not(simpleName("Analytics"))))
            .should()
            .accessTargetWhere(DescribedPredicate.describe(
                    "time or chance is taken from the machine", ArchitectureTest::takesTimeOrChance));

    @ArchTest
    static final ArchRule NO_PART_GOES_ROUND_IN_A_CIRCLE =
            slices().matching("io.milepost.analytics.(*)..").should().beFreeOfCycles();

    private static boolean takesTimeOrChance(JavaAccess<?> access) {
        AccessTarget target = access.getTarget();
        String owner = target.getOwner().getName();
        if (owner.equals(Random.class.getName())) {
            return access.getTarget().getFullName().equals("java.util.Random.<init>()");
        }
        if (owner.equals(Clock.class.getName())) {
            return target.getName().startsWith("system");
        }
        return (owner.startsWith("java.time.")
                        || owner.equals("java.lang.System")
                        || owner.equals("java.lang.Thread")
                        || owner.equals("java.lang.Math")
                        || owner.equals("java.util.UUID"))
                && HIDDEN_INPUTS.contains(target.getName());
    }
}
