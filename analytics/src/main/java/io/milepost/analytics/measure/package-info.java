/**
 * The questions and their answers: a query is a value, each answer has the names and shapes of the HTTP interface, and
 * every measure is declared once, on the component of the record that carries it. No framework, no clock, no I/O.
 */
@NullMarked
package io.milepost.analytics.measure;

import org.jspecify.annotations.NullMarked;
