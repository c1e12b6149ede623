package io.milepost.contacts;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import org.apache.commons.validator.routines.EmailValidator;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody can be reached: by at least one of the phone number and the mail address, and by each that is given.
 * Any thread.
 */
final class ContactCheck {

    static final String EMPTY = "empty";
    static final String INVALID_PHONE = "invalid-phone";
    static final String INVALID_MAIL = "invalid-mail";
    static final String INVALID_BOTH = "invalid-phone-and-mail";

    private final PhoneNumberUtil phones = PhoneNumberUtil.getInstance();
    private final EmailValidator mails = EmailValidator.getInstance();
    private final @Nullable String region;

    /** @param region whose national numbers are understood; null = none's */
    ContactCheck(@Nullable String region) {
        this.region = region;
    }

    /** What is wrong with a contact; null = nothing. Empty = not given, also where the file has no such column. */
    @Nullable
    String fault(String phone, String mail) {
        boolean wrongPhone = !phone.isEmpty() && e164(phone) == null;
        boolean wrongMail = !mail.isEmpty() && !mails.isValid(mail);
        if (wrongPhone) {
            return wrongMail ? INVALID_BOTH : INVALID_PHONE;
        }
        if (wrongMail) {
            return INVALID_MAIL;
        }
        return phone.isEmpty() && mail.isEmpty() ? EMPTY : null;
    }

    /** Null = not valid. */
    @Nullable
    String e164(String phone) {
        try {
            PhoneNumber number = phones.parse(phone, region);
            return phones.isValidNumber(number) ? phones.format(number, PhoneNumberFormat.E164) : null;
        } catch (NumberParseException e) {
            return null;
        }
    }
}
