package io.milepost.contacts;

import io.milepost.spi.EntryRef;
import io.milepost.spi.ImportReport.RowError;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.io.ByteOrderMark;
import org.apache.commons.io.input.BOMInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads contact files and tells of each row whether it is valid, in memory that does not depend on the file. Any thread.
 *
 * <p>A row is valid if a phone number or a mail address is given and none that is given is invalid. With one kind of
 * contact: empty or invalid is an error. With both: both invalid, or both empty, or one invalid whatever the other is an
 * error. Reasons are {@code empty}, {@code invalid-phone}, {@code invalid-mail}, {@code invalid-phone-and-mail}; beside
 * these {@code invalid-id} (longer than 200 characters, or with control characters), {@code too-long} (more than 10,000
 * characters a row) and {@code unreadable} (bytes that are no characters, in a column that is used; also where a file
 * stops being CSV: what follows that row is not read).
 */
public final class ContactReader {

    private static final int LONGEST_ROW = 10_000;
    private static final String INVALID_ID = "invalid-id";
    private static final String TOO_LONG = "too-long";
    private static final String UNREADABLE = "unreadable";
    /** What the decoder puts for bytes that are no characters. */
    private static final char REPLACEMENT = 0xFFFD;

    private final ContactFormat format;
    private final ContactCheck check;

    public ContactReader(ContactFormat format) {
        this.format = format;
        this.check = new ContactCheck(format.region());
    }

    /**
     * Reads a file to its end; does not close it.
     *
     * @throws UnusableFileException where the header has not each column of the format once
     * @throws IOException of the stream or of {@code rows}
     */
    public void read(InputStream file, ContactRows rows) throws IOException {
        BOMInputStream bytes = BOMInputStream.builder()
                .setInputStream(file)
                .setByteOrderMarks(ByteOrderMark.UTF_8)
                .get();
        RowLimit text = new RowLimit(new InputStreamReader(
                bytes,
                format.charset()
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE)));
        CSVFormat csv = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(format.separator())
                .setIgnoreEmptyLines(false)
                .setTrailingData(true)
                .get();
        CSVParser parser = CSVParser.parse(text, csv);
        new Reading(text, parser.iterator(), rows).toTheEnd();
    }

    /** One file on its way. */
    private final class Reading {

        private final RowLimit text;
        private final Iterator<CSVRecord> records;
        private final ContactRows rows;
        private long row;
        /** Rows without anything, which count unless nothing follows them. */
        private long blank;

        Reading(RowLimit text, Iterator<CSVRecord> records, ContactRows rows) {
            this.text = text;
            this.records = records;
            this.rows = rows;
        }

        void toTheEnd() throws IOException {
            Columns columns = new Columns(header());
            row = 1;
            try {
                for (CSVRecord record = next(); record != null; record = next()) {
                    tell(record, columns);
                }
            } catch (CSVException e) {
                tellBlank();
                rows.invalid(new RowError(row + 1, UNREADABLE));
            }
        }

        private CSVRecord header() throws IOException {
            try {
                CSVRecord header = next();
                if (header != null) {
                    return header;
                }
            } catch (CSVException e) {
                throw new UnusableFileException("the file has no header that is CSV");
            }
            throw new UnusableFileException("the file is empty, without a header");
        }

        private @Nullable CSVRecord next() throws IOException {
            text.beginRow();
            try {
                return records.hasNext() ? records.next() : null;
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }

        private void tell(CSVRecord record, Columns columns) throws IOException {
            if (record.size() == 1 && record.get(0).isEmpty()) {
                blank++;
                return;
            }
            tellBlank();
            row++;
            String fault = isTooLong(record) ? TOO_LONG : columns.fault(record);
            if (fault == null) {
                rows.valid(columns.contact(row, record));
            } else {
                rows.invalid(new RowError(row, fault));
            }
        }

        private void tellBlank() throws IOException {
            for (; blank > 0; blank--) {
                row++;
                rows.invalid(new RowError(row, ContactCheck.EMPTY));
            }
        }
    }

    private static boolean isTooLong(CSVRecord record) {
        int length = 0;
        for (String value : record) {
            length += value.length();
        }
        return length > LONGEST_ROW;
    }

    /** Where a file has what; -1 = nowhere. */
    private final class Columns {

        private final int id;
        private final int phone;
        private final int mail;
        private final Map<String, Integer> attributes = new LinkedHashMap<>();

        Columns(CSVRecord header) throws UnusableFileException {
            List<String> names = new ArrayList<>();
            header.forEach(name -> names.add(stripped(name).toLowerCase(Locale.ROOT)));
            id = find(format.idColumn(), names);
            phone = find(format.phoneColumn(), names);
            mail = find(format.mailColumn(), names);
            for (String attribute : format.attributeColumns()) {
                attributes.put(attribute, find(attribute, names));
            }
        }

        private static int find(@Nullable String column, List<String> names) throws UnusableFileException {
            if (column == null) {
                return -1;
            }
            String name = column.toLowerCase(Locale.ROOT);
            int place = names.indexOf(name);
            if (place < 0) {
                throw new UnusableFileException("the file has no column " + column);
            }
            if (names.lastIndexOf(name) != place) {
                throw new UnusableFileException("the file has the column " + column + " more than once");
            }
            return place;
        }

        @Nullable
        String fault(CSVRecord record) {
            if (isUnreadable(record)) {
                return UNREADABLE;
            }
            String fault = check.fault(value(record, phone), value(record, mail));
            return fault == null && !isId(id(record)) ? INVALID_ID : fault;
        }

        private boolean isUnreadable(CSVRecord record) {
            return Stream.concat(Stream.of(id, phone, mail), attributes.values().stream())
                    .anyMatch(place -> value(record, place).indexOf(REPLACEMENT) >= 0);
        }

        Contact contact(long row, CSVRecord record) {
            String number = value(record, phone);
            String address = value(record, mail);
            Map<String, Object> values = new LinkedHashMap<>();
            attributes.forEach((name, place) -> {
                if (!value(record, place).isEmpty()) {
                    values.put(name, value(record, place));
                }
            });
            return new Contact(
                    row,
                    id(record),
                    number.isEmpty() ? null : check.e164(number),
                    address.isEmpty() ? null : address,
                    values);
        }

        private String id(CSVRecord record) {
            String said = value(record, id);
            if (!said.isEmpty()) {
                return said;
            }
            String number = value(record, phone);
            String e164 = number.isEmpty() ? null : check.e164(number);
            return e164 == null ? value(record, mail).toLowerCase(Locale.ROOT) : e164;
        }
    }

    private static String value(CSVRecord record, int place) {
        return place < 0 || place >= record.size() ? "" : stripped(record.get(place));
    }

    /** Without the white space around it, that of other scripts and the unbreakable one included. */
    private static String stripped(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (to > from && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    /** The rules of ids are the vocabulary's. */
    private static boolean isId(String id) {
        try {
            return !new EntryRef("any", 1, "any", id).userId().isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
