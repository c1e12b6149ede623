package io.milepost.contacts;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a contact file is written: CSV as RFC 4180 has it, with a header. Columns are found by name, upper or lower case.
 *
 * @param idColumn user's id; null = no such column
 * @param phoneColumn null = the file has no phone numbers
 * @param mailColumn null = the file has no mail addresses
 * @param attributeColumns columns that become attributes of the entry
 * @param separator between values
 * @param charset a byte order mark of UTF-8 is passed over
 * @param region two letters of ISO 3166: whose national phone numbers are understood; null = only numbers that begin
 *     with + and the country's code are
 */
public record ContactFormat(
        @Nullable String idColumn,
        @Nullable String phoneColumn,
        @Nullable String mailColumn,
        List<String> attributeColumns,
        char separator,
        Charset charset,
        @Nullable String region) {

    public ContactFormat {
        attributeColumns = List.copyOf(attributeColumns);
        if (phoneColumn == null && mailColumn == null) {
            throw new IllegalArgumentException("phoneColumn or mailColumn is required: a contact has one of them");
        }
        if (separator == '"' || separator == '\r' || separator == '\n') {
            throw new IllegalArgumentException("separator must be neither a quote nor a line break");
        }
        if (region != null
                && !PhoneNumberUtil.getInstance().getSupportedRegions().contains(region)) {
            throw new IllegalArgumentException("region must be two capital letters of ISO 3166, such as DE");
        }
    }

    /** A file of phone numbers. */
    public static ContactFormat ofPhones(String column) {
        return of(column, null);
    }

    /** A file of mail addresses. */
    public static ContactFormat ofMails(String column) {
        return of(null, column);
    }

    /** A file of both, of which a row may leave one empty. */
    public static ContactFormat ofPhonesAndMails(String phoneColumn, String mailColumn) {
        return of(phoneColumn, mailColumn);
    }

    private static ContactFormat of(@Nullable String phone, @Nullable String mail) {
        return new ContactFormat(null, phone, mail, List.of(), ',', StandardCharsets.UTF_8, null);
    }

    public ContactFormat withIds(String column) {
        return new ContactFormat(column, phoneColumn, mailColumn, attributeColumns, separator, charset, region);
    }

    public ContactFormat withAttributes(String... columns) {
        return new ContactFormat(idColumn, phoneColumn, mailColumn, List.of(columns), separator, charset, region);
    }

    public ContactFormat withSeparator(char between) {
        return new ContactFormat(idColumn, phoneColumn, mailColumn, attributeColumns, between, charset, region);
    }

    public ContactFormat withCharset(Charset of) {
        return new ContactFormat(idColumn, phoneColumn, mailColumn, attributeColumns, separator, of, region);
    }

    public ContactFormat withRegion(String of) {
        return new ContactFormat(idColumn, phoneColumn, mailColumn, attributeColumns, separator, charset, of);
    }
}
