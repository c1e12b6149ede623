package io.milepost.analytics.api;

import io.milepost.analytics.measure.ListPosition;
import io.milepost.analytics.measure.ListQuery;
import io.milepost.analytics.measure.Scope;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** Places in a list as opaque texts. Each carries a hash of itself and its question, and so fits no other list. */
final class ListCursors {

    private static final int HASH = 8;
    private static final String EXPECTED = "must be the nextCursor of a page of this very list, as it was given";

    private ListCursors() {}

    static String write(ListPosition position, ListQuery query) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(position.time());
            out.writeInt(position.given());
            for (String text : position.texts()) {
                byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
                out.writeInt(utf8.length);
                out.write(utf8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] place = bytes.toByteArray();
        bytes.writeBytes(hash(place, query));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    /** Ends the request with a 400 where the text is no place in this list. */
    static ListPosition read(String cursor, ListQuery query) {
        byte[] bytes = bytes(cursor);
        byte[] place = Arrays.copyOf(bytes, Math.max(0, bytes.length - HASH));
        if (!Arrays.equals(hash(place, query), Arrays.copyOfRange(bytes, place.length, bytes.length))) {
            throw Parameters.invalid("cursor", EXPECTED);
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(place))) {
            long time = in.readLong();
            int given = in.readInt();
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < ListPosition.TEXTS; i++) {
                texts.add(new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8));
            }
            return new ListPosition(time, texts, given);
        } catch (IOException | IllegalArgumentException e) {
            throw Parameters.invalid("cursor", EXPECTED);
        }
    }

    private static byte[] bytes(String cursor) {
        try {
            return Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException e) {
            throw Parameters.invalid("cursor", EXPECTED);
        }
    }

    private static byte[] hash(byte[] place, ListQuery query) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(question(query).getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(digest.digest(place), HASH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** All that decides which rows a list has, but for the instant of open entries, which moves by itself. */
    private static String question(ListQuery query) {
        Scope scope = query.query().scope();
        return String.join(
                "\n",
                query.query().journeyId(),
                query.list().name(),
                String.valueOf(query.partId()),
                new TreeMap<>(query.filters()).toString(),
                String.valueOf(scope.from()),
                String.valueOf(scope.to()),
                new TreeSet<>(scope.versions()).toString(),
                new TreeSet<>(scope.variants()).toString(),
                scope.basis().name(),
                String.valueOf(scope.includeTest()));
    }
}
