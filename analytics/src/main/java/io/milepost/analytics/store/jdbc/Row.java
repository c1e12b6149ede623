package io.milepost.analytics.store.jdbc;

import io.milepost.analytics.event.Nanos;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The values of one row of a batch, from left to right. One row, one thread. */
final class Row {

    private static final int NANOS_PER_MICRO = 1_000;
    private static final int NANO_DIGITS_OF_A_MILLI = 6;

    private final PreparedStatement statement;
    private int column;

    Row(PreparedStatement statement) {
        this.statement = statement;
    }

    Row number(long value) throws SQLException {
        statement.setLong(++column, value);
        return this;
    }

    Row truth(boolean value) throws SQLException {
        statement.setBoolean(++column, value);
        return this;
    }

    Row text(@Nullable String value) throws SQLException {
        statement.setString(++column, value == null ? null : storable(value));
        return this;
    }

    Row decimal(@Nullable BigDecimal value) throws SQLException {
        statement.setBigDecimal(++column, value);
        return this;
    }

    /** Two columns: the instant down to its microsecond, and the nanoseconds past that. */
    Row instant(@Nullable Long nanos) throws SQLException {
        if (nanos == null) {
            statement.setNull(++column, Types.TIMESTAMP_WITH_TIMEZONE);
            statement.setNull(++column, Types.SMALLINT);
        } else {
            statement.setObject(
                    ++column,
                    Nanos.toInstant(nanos).truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC));
            statement.setShort(++column, (short) Math.floorMod(nanos, NANOS_PER_MICRO));
        }
        return this;
    }

    Row millis(@Nullable Long nanos) throws SQLException {
        return decimal(nanos == null ? null : BigDecimal.valueOf(nanos, NANO_DIGITS_OF_A_MILLI));
    }

    void end() throws SQLException {
        statement.addBatch();
    }

    /** Free text may hold what no database takes: the null character, and halves of characters. */
    private static String storable(String text) {
        boolean odd = text.chars().anyMatch(c -> c == 0 || Character.isSurrogate((char) c));
        if (!odd) {
            return text;
        }
        return text.codePoints()
                .map(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) ? 0xFFFD : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
