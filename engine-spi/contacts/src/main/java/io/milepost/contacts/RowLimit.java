package io.milepost.contacts;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import org.apache.commons.csv.CSVException;

/** Ends the reading of a row that never ends, such as one with an open quote, before it fills the memory. */
final class RowLimit extends FilterReader {

    /** Well above what is told as too long, as the parser reads ahead. */
    private static final int MOST = 1 << 20;

    private int read;

    RowLimit(Reader in) {
        super(in);
    }

    void beginRow() {
        read = 0;
    }

    @Override
    public int read() throws IOException {
        count(1);
        return super.read();
    }

    @Override
    public int read(char[] into, int from, int length) throws IOException {
        int some = super.read(into, from, length);
        count(Math.max(0, some));
        return some;
    }

    private void count(int more) throws CSVException {
        read += more;
        if (read > MOST) {
            throw new CSVException("a row has more than %d characters", MOST);
        }
    }
}
