package io.milepost.simulator.scenario;

import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.xml.sax.SAXParseException;

/** The lines of an XML file at which elements with an id begin; the model library does not keep them. */
final class XmlLines {

    /** An element that names another one. */
    record Reference(String element, int line) {}

    static final XmlLines NONE = new XmlLines(Map.of(), Map.of());

    private static final Pattern DANGLING = Pattern.compile("no ID/IDREF binding for IDREF '([^']*)'");

    private static final Pattern LINE = Pattern.compile("Line=(\\d+)");
    private static final Pattern NOISE =
            Pattern.compile("^(Error: )?(URI=\\S+ )?(Line=\\d+: )?(cvc-[\\w.-]+: )?| One of '[^']*' is expected\\.");

    private final Map<String, Integer> lines;
    private final Map<String, Reference> references;

    private XmlLines(Map<String, Integer> lines, Map<String, Reference> references) {
        this.lines = lines;
        this.references = references;
    }

    static XmlLines read(String xml) {
        Map<String, Integer> lines = new HashMap<>();
        Map<String, Reference> references = new HashMap<>();
        try {
            XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
            factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
            factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
            XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(xml));
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamConstants.START_ELEMENT) {
                    String id = reader.getAttributeValue(null, "id");
                    int line = reader.getLocation().getLineNumber();
                    if (id != null) {
                        lines.put(id, line);
                    }
                    for (int i = 0; i < reader.getAttributeCount(); i++) {
                        if (reader.getAttributeLocalName(i).endsWith("Ref")) {
                            String element = id == null ? reader.getLocalName() : id;
                            references.putIfAbsent(reader.getAttributeValue(i), new Reference(element, line));
                        }
                    }
                }
            }
        } catch (XMLStreamException e) {
            return new XmlLines(lines, references);
        }
        return new XmlLines(lines, references);
    }

    /** 1 where it is not known. */
    int of(String id) {
        return lines.getOrDefault(id, 1);
    }

    /** The first element that refers to that id; null where none does. */
    @Nullable
    Reference referring(String id) {
        return references.get(id);
    }

    /** The id that is referred to and that no element has; null where that is not what is wrong. */
    static @Nullable String dangling(Throwable e) {
        Matcher id = DANGLING.matcher(told(e));
        return id.find() ? id.group(1) : null;
    }

    /** {@code :12} where the parser said a line, else nothing. */
    static String place(Throwable e) {
        SAXParseException parsed = parsed(e);
        if (parsed != null && parsed.getLineNumber() > 0) {
            return ":" + parsed.getLineNumber();
        }
        Matcher line = LINE.matcher(told(e));
        return line.find() ? ":" + line.group(1) : "";
    }

    /** What the parser said, in one line, without the names of namespaces. */
    static String reason(Throwable e) {
        SAXParseException parsed = parsed(e);
        String text = parsed == null ? told(e) : String.valueOf(parsed.getMessage());
        return NOISE.matcher(text.replaceAll("\\s+", " "))
                .replaceAll("")
                .replaceAll("\\{\"[^\"]*\":(\\w+)}", "$1")
                .strip();
    }

    private static String told(Throwable e) {
        return String.valueOf((e.getCause() == null ? e : e.getCause()).getMessage());
    }

    private static @Nullable SAXParseException parsed(Throwable e) {
        for (Throwable at = e; at != null; at = at.getCause()) {
            if (at instanceof SAXParseException parsed) {
                return parsed;
            }
        }
        return null;
    }
}
