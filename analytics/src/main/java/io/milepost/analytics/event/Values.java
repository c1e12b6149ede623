package io.milepost.analytics.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the value a parser stands on as one of the kinds the contract knows, and leaves its content hash in {@link
 * #hash}, where hashes are wanted. The parser then stands on the value's last token. Nulls are the caller's: they count as absent.
 */
final class Values {

    static final int LONGEST_IDENTIFIER = 200;
    private static final int LONGEST_NUMBER = 1000;
    private static final int AMOUNT_DIGITS = 30;

    private final JsonParser parser;
    private final boolean hashing;
    /** Of the value last read; undefined without {@code hashing}. */
    long hash;

    Values(JsonParser parser, boolean hashing) {
        this.parser = parser;
        this.hashing = hashing;
    }

    /** One element of a list, or one field of an object. */
    interface Element<T> {
        T read() throws IOException, Fault;
    }

    interface FieldReader {
        /** Reads the value of a field it knows; false = it does not know it, and has read nothing. */
        boolean read(String name) throws IOException, Fault;
    }

    String text(String field) throws IOException, Fault {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw Fault.invalid(field, "expected a string");
        }
        String text = parser.getText();
        if (hashing) {
            hash = ContentHash.ofText(text);
        }
        return text;
    }

    String nonEmptyText(String field) throws IOException, Fault {
        String text = text(field);
        if (text.isEmpty()) {
            throw Fault.invalid(field, "expected a string that is not empty");
        }
        return text;
    }

    String identifier(String field) throws IOException, Fault {
        String text = text(field);
        checkIdentifier(field, text);
        return text;
    }

    static void checkIdentifier(String field, String text) throws Fault {
        if (!isIdentifier(text)) {
            throw Fault.invalid(field, "expected 1 to 200 characters without control characters and lone surrogates");
        }
    }

    private static boolean isIdentifier(String text) {
        int length = text.length();
        if (length == 0 || length > 2 * LONGEST_IDENTIFIER) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                return isUnusualIdentifier(text);
            }
        }
        return length <= LONGEST_IDENTIFIER;
    }

    private static boolean isUnusualIdentifier(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST_IDENTIFIER
                && text.codePoints()
                        .noneMatch(c -> Character.isISOControl(c)
                                || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    String word(String field) throws IOException, Fault {
        String text = text(field);
        if (!isWord(text)) {
            throw Fault.invalid(field, "expected a lower-case word, such as in-app");
        }
        return text;
    }

    private static boolean isWord(String text) {
        boolean letter = false;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            boolean joint = c == '-' || c == '_' || c == '.';
            if (joint ? !letter : !isLowerCase(c)) {
                return false;
            }
            letter = !joint;
        }
        return letter;
    }

    private static boolean isLowerCase(int c) {
        return c < 128
                ? c >= 'a' && c <= 'z' || c >= '0' && c <= '9'
                : Character.isLetterOrDigit(c) && !Character.isUpperCase(c) && !Character.isTitleCase(c);
    }

    String oneOf(String field, List<String> words) throws IOException, Fault {
        String text = text(field);
        if (!words.contains(text)) {
            throw Fault.invalid(field, "expected one of " + String.join(", ", words));
        }
        return text;
    }

    boolean bool(String field) throws IOException, Fault {
        JsonToken token = parser.currentToken();
        if (token == null || !token.isBoolean()) {
            throw Fault.invalid(field, "expected true or false");
        }
        hash = token == JsonToken.VALUE_TRUE ? ContentHash.TRUE : ContentHash.FALSE;
        return token == JsonToken.VALUE_TRUE;
    }

    /** Any integer of 64 bits, also when written 1.0 or 1e0. */
    long integer(String field, long least) throws IOException, Fault {
        JsonToken token = parser.currentToken();
        long value;
        if (token == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            value = parser.getLongValue();
            if (hashing) {
                hash = ofLong(value);
            }
        } else if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
            value = exact(field, number(field));
        } else {
            throw Fault.invalid(field, integerFrom(least));
        }
        if (value < least) {
            throw Fault.invalid(field, integerFrom(least));
        }
        return value;
    }

    private static String integerFrom(long least) {
        return least == Long.MIN_VALUE ? "expected an integer of 64 bits" : "expected an integer of at least " + least;
    }

    private static long exact(String field, BigDecimal value) throws Fault {
        try {
            return value.longValueExact();
        } catch (ArithmeticException notIntegral) {
            throw Fault.invalid(field, "expected an integer of 64 bits");
        }
    }

    private long ofLong(long value) throws IOException {
        return ContentHash.isSmall(value) ? ContentHash.ofSmall(value) : ContentHash.ofNumber(parser.getText());
    }

    BigDecimal number(String field) throws IOException, Fault {
        JsonToken token = parser.currentToken();
        if (token == null || !token.isNumeric()) {
            throw Fault.invalid(field, "expected a number");
        }
        if (parser.getTextLength() > LONGEST_NUMBER) {
            throw Fault.invalid(field, "expected a number of at most " + LONGEST_NUMBER + " characters");
        }
        String text = parser.getText();
        if (hashing) {
            hash = ContentHash.ofNumber(text);
        }
        return decimal(field, text);
    }

    private static BigDecimal decimal(String field, String text) throws Fault {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw Fault.invalid(field, "expected a decimal number");
        }
    }

    /** An amount of money: a number, or a string with one. */
    BigDecimal amount(String field) throws IOException, Fault {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_STRING) {
            String text = text(field);
            if (!isDecimal(text)) {
                throw Fault.invalid(field, "expected a decimal number, such as \"12.34\"");
            }
            return money(field, text);
        }
        number(field);
        return money(field, parser.getText());
    }

    private static boolean isDecimal(String text) {
        int digits = 0;
        int points = 0;
        int start = !text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.' && points++ == 0 && i > start && i + 1 < text.length()) {
                continue;
            }
            if (c < '0' || c > '9') {
                return false;
            }
            digits++;
        }
        return digits > 0;
    }

    private static BigDecimal money(String field, String text) throws Fault {
        String expected = "expected at most " + AMOUNT_DIGITS + " digits";
        if (text.length() > 2 * AMOUNT_DIGITS) {
            throw Fault.invalid(field, expected);
        }
        BigDecimal amount = decimal(field, text);
        long fraction = Math.max(amount.scale(), 0);
        long whole = Math.max((long) amount.precision() - amount.scale(), 0);
        boolean plain = text.indexOf('e') < 0 && text.indexOf('E') < 0;
        long written = plain ? text.chars().filter(Character::isDigit).count() : 0;
        if (Math.max(whole + fraction, written) > AMOUNT_DIGITS) {
            throw Fault.invalid(field, expected);
        }
        return amount;
    }

    /** A String, BigDecimal or Boolean. */
    Object scalar(String field) throws IOException, Fault {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_STRING) {
            return text(field);
        }
        if (token != null && token.isBoolean()) {
            return bool(field);
        }
        if (token != null && token.isNumeric()) {
            return number(field);
        }
        throw Fault.invalid(field, "expected a string, a number, true or false");
    }

    /** A flat object; nulls are left out. */
    Map<String, Object> attributes(String field) throws IOException, Fault {
        Map<String, Object> attributes = new LinkedHashMap<>();
        object(field, name -> {
            if (attributes.putIfAbsent(name, scalar(name)) != null) {
                throw Fault.invalid(name, "given twice");
            }
            return true;
        });
        return attributes;
    }

    <T> List<T> list(String field, Element<T> element) throws IOException, Fault {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw Fault.invalid(field, "expected a list");
        }
        List<T> list = new ArrayList<>();
        long sum = ContentHash.EMPTY_ARRAY;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            try {
                list.add(element.read());
            } catch (Fault fault) {
                throw fault.within(field + "[" + list.size() + "]");
            }
            sum = ContentHash.append(sum, hash);
        }
        hash = sum;
        return list;
    }

    /** Gives each field that is not null to the reader, whose faults get the field's path in front. */
    void object(@Nullable String field, FieldReader reader) throws IOException, Fault {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new Fault(Rejection.Reason.INVALID_FIELD, field, "expected an object");
        }
        long sum = ContentHash.EMPTY_OBJECT;
        String name;
        while ((name = parser.nextFieldName()) != null) {
            if (parser.nextToken() == JsonToken.VALUE_NULL) {
                continue;
            }
            try {
                if (!reader.read(name)) {
                    any();
                }
            } catch (Fault fault) {
                throw field == null ? fault : fault.within(field);
            }
            if (hashing) {
                sum += ContentHash.ofField(name, hash);
            }
        }
        hash = ContentHash.ofObject(sum);
    }

    /** Any JSON value: passed over. */
    void any() throws IOException {
        if (hashing) {
            hash = hashOfValue();
        } else {
            parser.skipChildren();
        }
    }

    private long hashOfValue() throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> ContentHash.ofText(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> ContentHash.ofNumber(parser.getText());
            case VALUE_TRUE -> ContentHash.TRUE;
            case VALUE_FALSE -> ContentHash.FALSE;
            case START_ARRAY -> hashOfArray();
            case START_OBJECT -> hashOfObject();
            default -> ContentHash.NULL;
        };
    }

    private long hashOfArray() throws IOException {
        long sum = ContentHash.EMPTY_ARRAY;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            sum = ContentHash.append(sum, hashOfValue());
        }
        return sum;
    }

    private long hashOfObject() throws IOException {
        long sum = ContentHash.EMPTY_OBJECT;
        String name;
        while ((name = parser.nextFieldName()) != null) {
            if (parser.nextToken() != JsonToken.VALUE_NULL) {
                sum += ContentHash.ofField(name, hashOfValue());
            }
        }
        return ContentHash.ofObject(sum);
    }
}
