package io.milepost.analytics.report;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.bind.annotation.Bindable;
import org.jspecify.annotations.Nullable;

/**
 * The mail server that takes mail about reports; named {@code milepost.mail.host} and so on. Without a host there is no
 * mail.
 *
 * @param from the sender's address
 * @param user null = the server asks for no log-in
 * @param password goes with the user
 * @param startTls whether to ask for an encrypted connection, and to send nothing without one
 */
@ConfigurationProperties("milepost.mail")
@Requires(property = "milepost.mail.host")
record MailSettings(
        String host,
        @Bindable(defaultValue = "25") int port,
        String from,
        @Nullable String user,
        @Nullable String password,
        @Bindable(defaultValue = "false") boolean startTls) {}
