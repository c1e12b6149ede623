/** Load and measurements; nothing here runs in a build. */
package io.milepost.analytics.benchmark;
