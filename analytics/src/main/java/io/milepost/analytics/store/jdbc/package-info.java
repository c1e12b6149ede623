/** All SQL: embedded H2 and PostgreSQL, with one small object for what differs between them. */
@NullMarked
package io.milepost.analytics.store.jdbc;

import org.jspecify.annotations.NullMarked;
