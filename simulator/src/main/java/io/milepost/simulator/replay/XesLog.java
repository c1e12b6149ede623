package io.milepost.simulator.replay;

import io.milepost.simulator.replay.LogRow.Phase;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** An XES file (IEEE 1849), read as a stream. */
public final class XesLog {

    private static final String NAME = "concept:name";
    private static final String TRANSITION = "lifecycle:transition";

    private final Path file;
    private final @Nullable String userKey;
    private final Times times;

    /** @param userKey attribute of a trace or its events that names the user; null = the case is the user */
    public XesLog(Path file, @Nullable String userKey, Times times) {
        this.file = file;
        this.userKey = userKey;
        this.times = times;
    }

    /** @throws LogException with line and column, if it is no XES */
    public List<LogRow> read() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try (InputStream in = LogFile.open(file)) {
            XMLStreamReader xml = factory.createXMLStreamReader(in);
            try {
                return rows(xml);
            } finally {
                xml.close();
            }
        } catch (XMLStreamException e) {
            unpack();
            String place = e.getLocation() == null
                    ? ""
                    : ":" + e.getLocation().getLineNumber() + ":"
                            + e.getLocation().getColumnNumber();
            String message = String.valueOf(e.getMessage()).replaceAll("(?s).*Message: ", "");
            throw new LogException(file + place + ": is no XES: " + message, e);
        } catch (IOException e) {
            throw LogFile.unreadable(file, StandardCharsets.UTF_8, e);
        }
    }

    /** A reader of XML tells of a broken packing as of broken XML. */
    private void unpack() {
        try (InputStream in = LogFile.open(file)) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw LogFile.unreadable(file, StandardCharsets.UTF_8, e);
        }
    }

    private List<LogRow> rows(XMLStreamReader xml) throws XMLStreamException {
        List<LogRow> rows = new ArrayList<>();
        boolean log = false;
        int traces = 0;
        while (xml.hasNext()) {
            if (xml.next() == XMLStreamConstants.START_ELEMENT) {
                log |= xml.getLocalName().equals("log");
                if (!log) {
                    throw new LogException(place(xml) + "is no XES: its root is <" + xml.getLocalName() + ">");
                }
                if (xml.getLocalName().equals("trace")) {
                    trace(xml, ++traces, rows);
                }
            }
        }
        return rows;
    }

    private void trace(XMLStreamReader xml, int number, List<LogRow> rows) throws XMLStreamException {
        Map<String, String> trace = new HashMap<>();
        List<Map<String, String>> events = new ArrayList<>();
        List<String> places = new ArrayList<>();
        int depth = 1;
        while (depth > 0) {
            int next = xml.next();
            if (next == XMLStreamConstants.END_ELEMENT) {
                depth--;
            } else if (next == XMLStreamConstants.START_ELEMENT) {
                if (depth == 1 && xml.getLocalName().equals("event")) {
                    places.add(place(xml));
                    events.add(attributes(xml));
                } else {
                    if (depth == 1) {
                        read(xml, trace);
                    }
                    depth++;
                }
            }
        }
        String caseId = trace.getOrDefault(NAME, "case-" + number);
        for (int i = 0; i < events.size(); i++) {
            if (!LogRow.isInBetween(events.get(i).get(TRANSITION))) {
                rows.add(row(caseId, trace, events.get(i), places.get(i)));
            }
        }
    }

    private static Map<String, String> attributes(XMLStreamReader xml) throws XMLStreamException {
        Map<String, String> attributes = new HashMap<>();
        int depth = 1;
        while (depth > 0) {
            int next = xml.next();
            if (next == XMLStreamConstants.END_ELEMENT) {
                depth--;
            } else if (next == XMLStreamConstants.START_ELEMENT) {
                if (depth == 1) {
                    read(xml, attributes);
                }
                depth++;
            }
        }
        return attributes;
    }

    private static void read(XMLStreamReader xml, Map<String, String> into) {
        String key = xml.getAttributeValue(null, "key");
        String value = xml.getAttributeValue(null, "value");
        if (key != null && value != null) {
            into.put(key, value);
        }
    }

    private LogRow row(String caseId, Map<String, String> trace, Map<String, String> event, String place) {
        String user = caseId;
        if (userKey != null) {
            user = trace.getOrDefault(userKey, event.getOrDefault(userKey, caseId));
        }
        try {
            return new LogRow(
                    caseId,
                    user,
                    needed(event, NAME, place),
                    time(needed(event, "time:timestamp", place), place),
                    event.get("concept:instance"),
                    phase(event.get(TRANSITION)));
        } catch (IllegalArgumentException e) {
            throw new LogException(place + e.getMessage(), e);
        }
    }

    private static String needed(Map<String, String> event, String key, String place) {
        String value = event.get(key);
        if (value == null || value.isBlank()) {
            throw new LogException(place + "the event has no " + key + "; every event needs one");
        }
        return value;
    }

    private Instant time(String text, String place) {
        try {
            return times.read(text);
        } catch (DateTimeException e) {
            throw new LogException(place + "'" + text + "' is no time; expected is " + times.expected(), e);
        }
    }

    /** Without a transition an event tells the end, as the standard has it; so do those of other models. */
    private static @Nullable Phase phase(@Nullable String transition) {
        if (transition == null) {
            return null;
        }
        return transition.toLowerCase(Locale.ROOT).equals("start") ? Phase.START : Phase.COMPLETE;
    }

    private String place(XMLStreamReader xml) {
        return file + ":" + xml.getLocation().getLineNumber() + ":"
                + xml.getLocation().getColumnNumber() + ": ";
    }
}
