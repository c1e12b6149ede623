package io.milepost.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Each rule must fail, under its own number, on the engine that breaks it. */
class BrokenEnginesTest {
    @ParameterizedTest
    @EnumSource(Fault.class)
    void isCaughtByItsRule(Fault fault) {
        ToyKitTest.fault = fault;
        Throwable failure = failureOf(fault.rule);
        assertThat(failure).as(fault + " was not caught").isInstanceOf(BrokenRule.class);
        assertThat(failure).hasMessageStartingWith(fault.rule + ":").hasMessageContaining("Likely causes");
    }

    @Test
    void everyRuleHasItsBrokenEngine() {
        assertThat(rules().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Fault.values()).map(fault -> fault.rule).toList());
    }

    @AfterEach
    void mend() {
        ToyKitTest.fault = null;
    }

    static Map<String, Method> rules() {
        Map<String, Method> rules = new TreeMap<>();
        Stream.of(JourneyEngineKit.class.getDeclaredClasses())
                .flatMap(concern -> Stream.of(concern.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Rule.class))
                .forEach(method -> assertThat(
                                rules.put(method.getAnnotation(Rule.class).id(), method))
                        .as("two rules of one id")
                        .isNull());
        return rules;
    }

    private static @Nullable Throwable failureOf(String rule) {
        Method method = Objects.requireNonNull(rules().get(rule), rule);
        DiscoverySelector selector =
                DiscoverySelectors.selectNestedMethod(List.of(ToyKitTest.class), method.getDeclaringClass(), method);
        LauncherDiscoveryRequest request =
                LauncherDiscoveryRequestBuilder.request().selectors(selector).build();
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                result.getThrowable().ifPresent(thrown -> failure.compareAndSet(null, thrown));
            }
        });
        return failure.get();
    }
}
