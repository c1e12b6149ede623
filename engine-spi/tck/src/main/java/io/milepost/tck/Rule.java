package io.milepost.tck;

import io.milepost.spi.Capability;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A rule of the kit, on the method that checks it.
 *
 * @since 0.1
 */
@Test
@ExtendWith(RuleExtension.class)
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Rule {
    /** Stable for ever: a letter for the concern and a number. */
    String id();

    Level level() default Level.MUST;

    /** One sentence with its level in it. */
    String text();

    /** What most often breaks it. */
    String[] causes();

    /** Without these the rule is skipped, aloud. */
    Capability[] needs() default {};

    /**
     * As in RFC 2119.
     *
     * @since 0.1
     */
    enum Level {
        MUST,
        SHOULD,
        MAY
    }
}
