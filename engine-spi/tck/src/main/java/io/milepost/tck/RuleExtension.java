package io.milepost.tck;

import io.milepost.spi.Capability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestWatcher;
import org.opentest4j.TestAbortedException;

/** Skips aloud, explains failures, and writes down how each rule came out. */
final class RuleExtension implements BeforeTestExecutionCallback, TestExecutionExceptionHandler, TestWatcher {

    @Override
    public void beforeTestExecution(ExtensionContext context) {
        JourneyEngineKit kit = kit(context);
        for (Capability need : rule(context).needs()) {
            if (!kit.capabilities().contains(need)) {
                throw new TestAbortedException(rule(context).id() + " skipped: " + kit.reasonWithout(need));
            }
        }
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        if (failure instanceof TestAbortedException) {
            throw failure;
        }
        throw new BrokenRule(rule(context), failure, kit(context).history());
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        note(context, "green", "");
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        note(context, "red", "");
    }

    @Override
    public void testAborted(ExtensionContext context, Throwable cause) {
        note(context, "skipped", String.valueOf(cause.getMessage()));
    }

    private static void note(ExtensionContext context, String result, String reason) {
        Optional<Path> report = kit(context).report();
        report.ifPresent(file -> {
            Rule rule = rule(context);
            String line = String.join("\t", rule.id(), rule.level().name(), result, rule.text(), reason) + "\n";
            try {
                Files.createDirectories(file.toAbsolutePath().getParent());
                Files.writeString(
                        file, line, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static Rule rule(ExtensionContext context) {
        return context.getRequiredTestMethod().getAnnotation(Rule.class);
    }

    private static JourneyEngineKit kit(ExtensionContext context) {
        return context.getRequiredTestInstances()
                .findInstance(JourneyEngineKit.class)
                .orElseThrow();
    }
}
