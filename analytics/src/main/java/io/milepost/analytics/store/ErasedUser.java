package io.milepost.analytics.store;

/**
 * A user who was erased.
 *
 * @param idHash of the id under the account's key
 * @param pseudonym what the user is called since
 */
public record ErasedUser(byte[] idHash, String pseudonym) {}
