package io.milepost.simulator.report;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.milepost.simulator.verify.Difference;
import io.milepost.simulator.verify.Evidence;
import io.milepost.simulator.verify.Verdict;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** A verdict for machines (JSON, CSV, JUnit's XML) or as a page of its own, as the name of the file says. */
public final class ReportFile {

    private final Path file;

    /** @throws IllegalArgumentException if the name ends in none of .json, .csv, .html and .xml, or its folder is not there */
    public ReportFile(Path file) {
        this.file = file;
        if (!List.of("json", "csv", "xml", "html").contains(extension())) {
            throw new IllegalArgumentException(
                    "a report should be called .json, .csv, .html or .xml (JUnit), not " + file.getFileName());
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw new IllegalArgumentException("there is no folder " + folder + " for the report; make it first");
        }
    }

    private String extension() {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /**
     * @param world what was judged, for people
     * @param journeys what a page shows of each; asked for where a page is wanted
     */
    public void write(String world, Verdict verdict, Supplier<List<JourneyPage>> journeys) throws IOException {
        Files.writeString(
                file,
                switch (extension()) {
                    case "json" -> json(world, verdict);
                    case "csv" -> csv(verdict);
                    case "html" -> new Html().page(world, verdict, journeys.get());
                    default -> junit(world, verdict);
                });
    }

    private static String json(String world, Verdict verdict) throws IOException {
        JsonMapper mapper =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        ObjectNode json = mapper.createObjectNode()
                .put("world", world)
                .put("agrees", verdict.agrees())
                .put("answers", verdict.questions())
                .put("figures", verdict.compared());
        ArrayNode differences = json.putArray("differences");
        verdict.differences().forEach(difference -> json(differences.addObject(), difference));
        ArrayNode notes = json.putArray("notes");
        verdict.notes().forEach(notes::add);
        return mapper.writeValueAsString(json) + "\n";
    }

    private static void json(ObjectNode json, Difference difference) {
        json.put("figures", difference.figures())
                .put("scope", difference.scope())
                .put("measure", difference.measure())
                .put("expected", difference.expected())
                .put("got", difference.got())
                .put("because", difference.because());
        ArrayNode evidence = json.putArray("evidence");
        difference.evidence().forEach(one -> {
            ArrayNode events = evidence.addObject()
                    .put("user", one.user())
                    .put("row", one.row())
                    .put("missing", one.missing())
                    .putArray("events");
            one.events().forEach(events::add);
        });
    }

    private static String evidence(Difference difference) {
        return difference.evidence().stream().map(Evidence::toString).collect(Collectors.joining("; "));
    }

    private static String csv(Verdict verdict) throws IOException {
        Writer out = new StringWriter();
        try (CSVPrinter printer = CSVFormat.RFC4180
                .builder()
                .setHeader("figures", "scope", "measure", "expected", "got", "because", "evidence")
                .get()
                .print(out)) {
            for (Difference one : verdict.differences()) {
                printer.printRecord(
                        one.figures(),
                        one.scope(),
                        one.measure(),
                        one.expected(),
                        one.got(),
                        one.because(),
                        evidence(one));
            }
        }
        return out.toString();
    }

    /** One test for the whole, and one more that failed for each difference. */
    private static String junit(String world, Verdict verdict) throws IOException {
        StringWriter out = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", "milepost " + world);
            xml.writeAttribute("tests", Integer.toString(verdict.differences().size() + 1));
            xml.writeAttribute(
                    "failures", Integer.toString(verdict.differences().size()));
            xml.writeEmptyElement("testcase");
            xml.writeAttribute("classname", "io.milepost.simulator");
            xml.writeAttribute("name", verdict.questions() + " answers, " + verdict.compared() + " figures compared");
            for (Difference difference : verdict.differences()) {
                xml.writeStartElement("testcase");
                xml.writeAttribute("classname", "io.milepost.simulator." + difference.figures());
                xml.writeAttribute("name", difference.measure() + " [" + difference.scope() + "]");
                xml.writeStartElement("failure");
                xml.writeAttribute("message", difference.toString());
                xml.writeCharacters(difference.because() + "\n" + evidence(difference));
                xml.writeEndElement();
                xml.writeEndElement();
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException("the report cannot be written: " + e.getMessage(), e);
        }
        return out + "\n";
    }
}
