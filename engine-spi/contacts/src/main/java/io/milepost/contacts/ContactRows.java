package io.milepost.contacts;

import io.milepost.spi.ImportReport.RowError;
import java.io.IOException;

/** Hears of each row of a contact file, in its order. */
public interface ContactRows {

    /** Somebody who can enter. */
    void valid(Contact contact) throws IOException;

    /** A row that was turned away. */
    void invalid(RowError error) throws IOException;
}
