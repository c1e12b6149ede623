package io.milepost.analytics.report;

import io.micronaut.context.annotation.Requires;
import io.milepost.analytics.report.Report.State;
import jakarta.inject.Singleton;
import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Tells by mail that a report is there, or failed. The report itself, and who is in it, stays here. Any thread. */
@Singleton
@Requires(bean = MailSettings.class)
final class ReportMail {

    private static final String PATIENCE_MILLIS = "10000";

    private final MailSettings settings;

    ReportMail(MailSettings settings) {
        this.settings = settings;
    }

    /** Whether mail can go to that address: one mailbox, with a domain. */
    static boolean isAddress(String text) {
        try {
            InternetAddress[] addresses = InternetAddress.parse(text, true);
            return addresses.length == 1 && !addresses[0].isGroup() && text.contains("@");
        } catch (AddressException e) {
            return false;
        }
    }

    /**
     * Sends one mail. Blocks for seconds at most.
     *
     * @param link to the report's file
     */
    void send(String to, Report report, String link) throws MessagingException {
        MimeMessage mail = new MimeMessage(Session.getInstance(properties(), authenticator()));
        mail.setFrom(new InternetAddress(settings.from(), true));
        mail.setRecipient(Message.RecipientType.TO, new InternetAddress(to, true));
        boolean done = report.state() == State.DONE;
        mail.setSubject(
                "Report " + (done ? "ready" : "failed") + ": " + report.fileName(), StandardCharsets.UTF_8.name());
        mail.setText(
                done
                        ? "The report " + report.fileName() + " is ready. Until " + report.expiresAt()
                                + " it can be fetched from\n\n" + link + "\n"
                        : "The report " + report.fileName() + " could not be made: " + report.error() + "\n",
                StandardCharsets.UTF_8.name());
        mail.setSentDate(Date.from(Objects.requireNonNull(report.finishedAt(), "a report that has ended")));
        Transport.send(mail);
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.host", settings.host());
        properties.setProperty("mail.smtp.port", String.valueOf(settings.port()));
        properties.setProperty("mail.smtp.auth", String.valueOf(settings.user() != null));
        properties.setProperty("mail.smtp.starttls.required", String.valueOf(settings.startTls()));
        properties.setProperty("mail.smtp.starttls.enable", String.valueOf(settings.startTls()));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        for (String kind : new String[] {"connectiontimeout", "timeout", "writetimeout"}) {
            properties.setProperty("mail.smtp." + kind, PATIENCE_MILLIS);
        }
        return properties;
    }

    private @Nullable Authenticator authenticator() {
        if (settings.user() == null) {
            return null;
        }
        return new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(settings.user(), settings.password());
            }
        };
    }
}
