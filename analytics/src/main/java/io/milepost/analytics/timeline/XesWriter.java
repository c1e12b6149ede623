package io.milepost.analytics.timeline;

import io.milepost.analytics.event.Nanos;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes a log of XES (IEEE 1849-2016) with the extensions concept, time and lifecycle. One thread. */
final class XesWriter {

    private static final String NAMESPACE = "http://www.xes-standard.org/";
    private static final String NAME = "concept:name";
    private static final String TRANSITION = "lifecycle:transition";
    private static final String TIME = "time:timestamp";
    private static final char NO_CHARACTER = '\uFFFD';

    private final OutputStream out;
    private final XMLStreamWriter xml;

    /** Writes all that goes before the traces. Leaves the stream open in the end. */
    XesWriter(OutputStream to, String logName) throws IOException {
        out = new BufferedOutputStream(to, 1 << 14);
        try {
            xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
            begin(logName);
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    private void begin(String logName) throws XMLStreamException {
        xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
        xml.writeStartElement("log");
        xml.writeDefaultNamespace(NAMESPACE);
        xml.writeAttribute("xes.version", "1849.2016");
        xml.writeAttribute("xes.features", "");
        for (String extension : List.of("Concept", "Time", "Lifecycle")) {
            String prefix = extension.toLowerCase(Locale.ROOT);
            xml.writeEmptyElement("extension");
            xml.writeAttribute("name", extension);
            xml.writeAttribute("prefix", prefix);
            xml.writeAttribute("uri", NAMESPACE + prefix + ".xesext");
        }
        global("trace");
        attribute("string", NAME, "unknown");
        xml.writeEndElement();
        global("event");
        attribute("string", NAME, "unknown");
        attribute("string", TRANSITION, "complete");
        attribute("date", TIME, "1970-01-01T00:00:00Z");
        xml.writeEndElement();
        classifier("Activity", NAME);
        classifier("ActivityAndTransition", NAME + " " + TRANSITION);
        attribute("string", NAME, logName);
        attribute("string", "lifecycle:model", "standard");
    }

    private void global(String scope) throws XMLStreamException {
        xml.writeStartElement("global");
        xml.writeAttribute("scope", scope);
    }

    private void classifier(String name, String keys) throws XMLStreamException {
        xml.writeEmptyElement("classifier");
        xml.writeAttribute("name", name);
        xml.writeAttribute("keys", keys);
    }

    void trace(XesTrace trace) throws IOException {
        try {
            xml.writeStartElement("trace");
            attribute("string", NAME, trace.entryId());
            attribute("string", "userId", trace.userId());
            attribute("int", "version", String.valueOf(trace.version()));
            if (trace.variant() != null) {
                attribute("string", "variant", trace.variant());
            }
            attribute("boolean", "test", String.valueOf(trace.test()));
            for (XesTrace.Event event : trace.events()) {
                write(event);
            }
            xml.writeEndElement();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    private void write(XesTrace.Event event) throws XMLStreamException {
        xml.writeStartElement("event");
        attribute("string", NAME, event.name());
        attribute("string", TRANSITION, event.transition());
        attribute("date", TIME, Nanos.toInstant(event.time()).toString());
        for (Map.Entry<String, String> more : event.more().entrySet()) {
            attribute("string", more.getKey(), more.getValue());
        }
        xml.writeEndElement();
    }

    void end() throws IOException {
        try {
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.flush();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
        out.flush();
    }

    private void attribute(String type, String key, String value) throws XMLStreamException {
        xml.writeEmptyElement(type);
        xml.writeAttribute("key", key);
        xml.writeAttribute("value", legal(value));
    }

    /** XML has no way to write some characters, such as most control characters. */
    private static String legal(String text) {
        StringBuilder legal = new StringBuilder(text.length());
        text.codePoints().map(c -> isLegal(c) ? c : NO_CHARACTER).forEach(legal::appendCodePoint);
        return legal.toString();
    }

    private static boolean isLegal(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || c >= 0x20 && c < 0xD800
                || c >= 0xE000 && c < 0xFFFE
                || c >= 0x10000;
    }
}
