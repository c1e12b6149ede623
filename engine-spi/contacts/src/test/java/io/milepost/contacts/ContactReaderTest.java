package io.milepost.contacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milepost.spi.ImportReport.RowError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ContactReaderTest {

    private static final ContactFormat BOTH = ContactFormat.ofPhonesAndMails("phone", "mail");

    /** All that a file came to. */
    private static final class Told implements ContactRows {
        final List<Contact> valid = new ArrayList<>();
        final List<RowError> invalid = new ArrayList<>();

        @Override
        public void valid(Contact contact) {
            valid.add(contact);
        }

        @Override
        public void invalid(RowError error) {
            invalid.add(error);
        }
    }

    private static Told read(ContactFormat format, byte[] file) {
        Told told = new Told();
        try {
            new ContactReader(format).read(new ByteArrayInputStream(file), told);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return told;
    }

    private static Told read(ContactFormat format, String file) {
        return read(format, file.getBytes(format.charset()));
    }

    private static RowError error(long row, String reason) {
        return new RowError(row, reason);
    }

    @Test
    void tellsOfEachRowByTheNumberASpreadsheetShows() {
        Told told = read(
                BOTH,
                "phone,mail\r\n+4930901820,anna@example.com\r\n+49,ben@example.com\r\n,\r\n,cleo@example.com\r\n+49,x\r\n");

        assertThat(told.valid).extracting(Contact::row).containsExactly(2L, 5L);
        assertThat(told.invalid)
                .containsExactly(error(3, "invalid-phone"), error(4, "empty"), error(6, "invalid-phone-and-mail"));
    }

    @Test
    void callsAUserByTheIdElseByThePhoneElseByTheMail() {
        Told told = read(
                BOTH.withIds("customer").withRegion("DE").withAttributes("city", "tier"),
                "city,CUSTOMER,mail,Phone,tier\n Berlin ,c-1,anna@example.com,030 901820,\n,,Ben@Example.com,,gold\n"
                        + ",,ben@example.com,030 901820,\n");

        assertThat(told.valid)
                .containsExactly(
                        new Contact(2, "c-1", "+4930901820", "anna@example.com", Map.of("city", "Berlin")),
                        new Contact(3, "ben@example.com", null, "Ben@Example.com", Map.of("tier", "gold")),
                        new Contact(4, "+4930901820", "+4930901820", "ben@example.com", Map.of()));
    }

    @Test
    void aLineWithoutAnythingIsAnEmptyRowUnlessNothingFollows() {
        Told told = read(ContactFormat.ofMails("mail"), "mail\n\nanna@example.com\n\n\nben@example.com\n\n\n\n");

        assertThat(told.valid).extracting(Contact::row).containsExactly(3L, 6L);
        assertThat(told.invalid).containsExactly(error(2, "empty"), error(4, "empty"), error(5, "empty"));
    }

    @Test
    void takesWhatSpreadsheetsWrite() {
        Told told = read(
                BOTH.withSeparator(';'),
                "\uFEFF\"phone\";\"mail\"\r\n\"+49 30 901820\";\"a\"\"b\"\r\n\u00a0+4930901820\u00a0;\r\n\";\n\";ben@example.com\r\n;cleo@example.com\r\n");

        assertThat(told.invalid).containsExactly(error(2, "invalid-mail"), error(4, "invalid-phone"));
        assertThat(told.valid).extracting(Contact::userId).containsExactly("+4930901820", "cleo@example.com");
        assertThat(told.valid).extracting(Contact::row).containsExactly(3L, 5L);
    }

    @Test
    void readsOtherCharsets() {
        Told told = read(
                ContactFormat.ofMails("e-mail")
                        .withCharset(Charset.forName("windows-1252"))
                        .withAttributes("straße"),
                "straße,e-mail\nMüllerstraße,anna@example.com\n");

        assertThat(told.valid).extracting(Contact::attributes).containsExactly(Map.of("straße", "Müllerstraße"));
    }

    @Test
    void shortRowsLackValuesAndLongOnesHaveTooMany() {
        Told told = read(BOTH, "phone,mail\n+4930901820\n,anna@example.com,more,and more\n");

        assertThat(told.valid).hasSize(2);
    }

    @Test
    void turnsAwayIdsAndRowsThatNoEventCanHave() {
        Told told = read(
                ContactFormat.ofMails("mail").withIds("id"),
                "id,mail\n" + "x".repeat(201) + ",anna@example.com\n\"a\u0007b\",anna@example.com\n"
                        + "x".repeat(10_000) + ",anna@example.com\n" + "😀".repeat(200) + ",anna@example.com\n");

        assertThat(told.invalid).containsExactly(error(2, "invalid-id"), error(3, "invalid-id"), error(4, "too-long"));
        assertThat(told.valid).hasSize(1);
    }

    @Test
    void whatIsBehindARowThatCannotBeReadIsNotRead() {
        String good = "mail\nanna@example.com\n";
        for (Told told : List.of(
                read(ContactFormat.ofMails("mail"), good + "\"ben@example.com\ncleo@example.com\n"),
                read(ContactFormat.ofMails("mail"), good + "\"" + "x,\n".repeat(2_000_000)))) {
            assertThat(told.valid).hasSize(1);
            assertThat(told.invalid).containsExactly(error(3, "unreadable"));
        }
    }

    @Test
    void aRowOfAnotherCharsetIsTurnedAwayWhereItMatters() {
        String file = "mail,note\nmüller@example.com,\nben@example.com,\ncleo@example.com,schön\n";

        Told told = read(ContactFormat.ofMails("mail"), file.getBytes(StandardCharsets.ISO_8859_1));

        assertThat(told.invalid).containsExactly(error(2, "unreadable"));
        assertThat(told.valid).hasSize(2);
    }

    @Test
    void refusesAFileWithoutItsColumns() {
        for (String file : List.of("", "phone\n+4930901820\n", "phone,mail,MAIL\n", "\"phone,mail\n")) {
            assertThatThrownBy(() -> new ContactReader(BOTH)
                            .read(new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)), new Told()))
                    .as(file)
                    .isInstanceOf(UnusableFileException.class);
        }
    }

    @Test
    void anyRowIsOneOrTheOther() {
        long seed = Long.getLong("milepost.seed", 1);
        Random random = new Random(seed);
        String letters = "+4930,9018\"20;a@example.com \t\r\n\u00e9\u0000=😀";
        for (int i = 0; i < 2_000; i++) {
            StringBuilder file = new StringBuilder("phone,mail\nx,\n");
            random.ints(random.nextInt(60), 0, letters.length()).forEach(at -> file.append(letters.charAt(at)));

            Told told = read(BOTH, file.toString().getBytes(StandardCharsets.UTF_8));

            List<Long> rows = new ArrayList<>();
            told.valid.forEach(contact -> rows.add(contact.row()));
            told.invalid.forEach(error -> rows.add(error.row()));
            assertThat(rows)
                    .as("seed %d, file %d", seed, i)
                    .doesNotHaveDuplicates()
                    .contains(2L);
            assertThat(rows).as("seed %d, file %d", seed, i).allMatch(row -> row >= 2 && row <= rows.size() + 1);
        }
    }
}
