package io.milepost.contacts;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A valid row of a contact file.
 *
 * @param row as a spreadsheet counts: the header is row 1
 * @param userId what the id column says; where there is none, the phone number, else the mail address in lower case
 * @param phone in E.164, e.g. {@code +4930123456}; null = none
 * @param mail null = none
 * @param attributes the columns that the format names as such, those that are empty left out
 */
public record Contact(
        long row, String userId, @Nullable String phone, @Nullable String mail, Map<String, Object> attributes) {
    public Contact {
        attributes = Map.copyOf(attributes);
    }
}
