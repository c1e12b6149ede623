package io.milepost.simulator.scenario;

/**
 * The left side of a {@code when} row: {@code plan=pro}, {@code variant=B}; {@code variant=none} where there is none;
 * {@code through=email} for an entry that has come to that node.
 */
record Condition(String name, String value) {

    private static final String PATH = "through";

    static Condition parse(String text) {
        int equals = text.indexOf('=');
        if (equals <= 0) {
            throw new IllegalArgumentException(
                    "'" + text + "' should be 'otherwise' or a condition such as 'plan=pro' or 'variant=B'");
        }
        return new Condition(
                text.substring(0, equals).strip(), text.substring(equals + 1).strip());
    }

    boolean holds(Traits traits) {
        if (name.equals(PATH)) {
            return traits.wentThrough(value);
        }
        String actual = traits.trait(name);
        return value.equals(actual == null ? "none" : actual);
    }
}
