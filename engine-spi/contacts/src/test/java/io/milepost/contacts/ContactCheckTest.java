package io.milepost.contacts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContactCheckTest {

    private static final String PHONE = "+49 30 901820";
    private static final String NO_PHONE = "+49 30";
    private static final String MAIL = "anna@example.com";
    private static final String NO_MAIL = "anna@example";

    private final ContactCheck check = new ContactCheck(null);

    @Test
    void oneKindOfContactMustBeThereAndValid() {
        assertThat(check.fault(PHONE, "")).isNull();
        assertThat(check.fault(NO_PHONE, "")).isEqualTo("invalid-phone");
        assertThat(check.fault("", MAIL)).isNull();
        assertThat(check.fault("", NO_MAIL)).isEqualTo("invalid-mail");
        assertThat(check.fault("", "")).isEqualTo("empty");
    }

    @Test
    void ofTwoKindsOneMayBeEmptyAndNoneInvalid() {
        assertThat(check.fault(PHONE, MAIL)).isNull();
        assertThat(check.fault(NO_PHONE, NO_MAIL)).isEqualTo("invalid-phone-and-mail");
        assertThat(check.fault(PHONE, NO_MAIL)).isEqualTo("invalid-mail");
        assertThat(check.fault(NO_PHONE, MAIL)).isEqualTo("invalid-phone");
    }

    @ParameterizedTest
    @CsvSource({
        "DE, 030 901820, +4930901820",
        "DE, (030) 90 18-20, +4930901820",
        "DE, +1 650 253 0000, +16502530000",
        "US, 650-253-0000, +16502530000",
        "GB, 07400 123456, +447400123456"
    })
    void understandsTheNumbersOfARegion(String region, String written, String e164) {
        assertThat(new ContactCheck(region).e164(written)).isEqualTo(e164);
    }

    @ParameterizedTest
    @ValueSource(strings = {"030 901820", "+49 30 9", "+999 1234567", "phone", "4.93E+10", "+", "+4930901820123456789"})
    void otherTextsAreNoPhoneNumbers(String text) {
        assertThat(check.e164(text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"anna.smith+news@example.co.uk", "o'neil@example.com", "anna@müller.de"})
    void isWideEnoughForRealMailAddresses(String address) {
        assertThat(check.fault("", address)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"anna", "@example.com", "anna@", "a b@example.com", "anna@example..com", "a@b@example.com"})
    void otherTextsAreNoMailAddresses(String text) {
        assertThat(check.fault("", text)).isEqualTo("invalid-mail");
    }
}
