package io.milepost.analytics.export;

import java.io.IOException;
import java.io.OutputStream;

/** A way to write a table as a file. Any number of threads. */
public sealed interface FileFormat permits CsvFile, XlsxFile {

    /** Of file names, without the dot. */
    String ending();

    String mediaType();

    /** Writes all of it and flushes; leaves the stream open. Holds a bounded part of the rows. */
    <R> void write(Download<R> download, OutputStream out) throws IOException;
}
