package io.milepost.analytics.store;

/**
 * How far the rows of an account's facts are.
 *
 * @param format of the rows; those of another format must all be written anew
 * @param completeTo sequence of the newest journal block all of whose effects are in the rows; later blocks may be in
 *     part
 * @param writes grows with each write, so that a write that was lost is noticed
 * @param empty whether there is no row at all
 */
public record FactProgress(int format, long completeTo, long writes, boolean empty) {}
