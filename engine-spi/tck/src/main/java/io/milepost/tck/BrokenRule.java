package io.milepost.tck;

/** Says which rule is broken, what to look at, and all that was told. */
final class BrokenRule extends AssertionError {
    private static final long serialVersionUID = 1;

    BrokenRule(Rule rule, Throwable cause, String history) {
        super(
                "%s: %s%nFound: %s%nLikely causes:%n  - %s%nWhat was told:%n%s"
                        .formatted(
                                rule.id(),
                                rule.text(),
                                cause.getMessage(),
                                String.join(String.format("%n  - "), rule.causes()),
                                history),
                cause);
    }
}
