package io.riacho.protocol.query;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/**
 * Writes the SDK's model classes and errors as the XML of the Query protocol. Members without a value are left out; lists
 * and maps that were set are written, even when they are empty. Safe for use by many threads.
 */
public final class QueryWriter {

    /**
     * @param operation such as {@code GetUser}
     * @param result the element around the members, such as {@code GetUserResult}; null where there is none
     * @param value null where the operation answers nothing but its metadata
     */
    public void write(
            String operation,
            @Nullable String result,
            String namespace,
            @Nullable SdkPojo value,
            String requestId,
            OutputStream to) {
        document(to, writer -> {
            start(writer, operation + "Response", namespace);
            if (result != null) {
                writer.writeStartElement(result);
            }
            if (value != null) {
                structure(writer, value);
            }
            if (result != null) {
                writer.writeEndElement();
            }
            writer.writeStartElement("ResponseMetadata");
            element(writer, "RequestId", requestId);
            writer.writeEndElement();
            writer.writeEndElement();
        });
    }

    /** @param status of HTTP: tells whose fault it was */
    public void writeError(
            String code, String message, int status, String namespace, String requestId, OutputStream to) {
        document(to, writer -> {
            start(writer, "ErrorResponse", namespace);
            writer.writeStartElement("Error");
            element(writer, "Type", status < 500 ? "Sender" : "Receiver");
            element(writer, "Code", code);
            element(writer, "Message", message);
            writer.writeEndElement();
            element(writer, "RequestId", requestId);
            writer.writeEndElement();
        });
    }

    private static void document(OutputStream to, Content content) {
        try {
            // The JDK's own, whatever else is on the class path; the factory is not made to be shared by threads.
            XMLStreamWriter writer =
                    XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(to, StandardCharsets.UTF_8.name());
            content.write(writer);
            writer.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("the answer is not XML", e);
        }
    }

    private static void start(XMLStreamWriter writer, String name, String namespace) throws XMLStreamException {
        writer.writeStartElement(name);
        writer.writeDefaultNamespace(namespace);
    }

    private static void element(XMLStreamWriter writer, String name, String text) throws XMLStreamException {
        writer.writeStartElement(name);
        XmlText.write(writer, text);
        writer.writeEndElement();
    }

    private static void structure(XMLStreamWriter writer, SdkPojo structure) throws XMLStreamException {
        for (SdkField<?> field : structure.sdkFields()) {
            Object value = field.getValueOrDefault(structure);
            if (value != null && !(value instanceof SdkAutoConstructList) && !(value instanceof SdkAutoConstructMap)) {
                member(writer, field.unmarshallLocationName(), value, field);
            }
        }
    }

    private static void member(XMLStreamWriter writer, String name, Object value, SdkField<?> field)
            throws XMLStreamException {
        switch (value) {
            case List<?> list -> list(writer, name, list, field.getRequiredTrait(ListTrait.class));
            case Map<?, ?> map -> map(writer, name, map, field.getRequiredTrait(MapTrait.class));
            case SdkPojo nested -> {
                writer.writeStartElement(name);
                structure(writer, nested);
                writer.writeEndElement();
            }
            default -> element(writer, name, ScalarText.write(value, field));
        }
    }

    private static void list(XMLStreamWriter writer, String name, List<?> list, ListTrait trait)
            throws XMLStreamException {
        SdkField<?> element = trait.memberFieldInfo();
        if (!trait.isFlattened()) {
            writer.writeStartElement(name);
        }
        for (Object value : list) {
            if (value != null) {
                member(writer, trait.isFlattened() ? name : element.locationName(), value, element);
            }
        }
        if (!trait.isFlattened()) {
            writer.writeEndElement();
        }
    }

    private static void map(XMLStreamWriter writer, String name, Map<?, ?> map, MapTrait trait)
            throws XMLStreamException {
        if (!trait.isFlattened()) {
            writer.writeStartElement(name);
        }
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (entry.getValue() != null) {
                writer.writeStartElement(trait.isFlattened() ? name : "entry");
                element(writer, trait.keyLocationName(), String.valueOf(entry.getKey()));
                member(writer, trait.valueLocationName(), entry.getValue(), trait.valueFieldInfo());
                writer.writeEndElement();
            }
        }
        if (!trait.isFlattened()) {
            writer.writeEndElement();
        }
    }

    @FunctionalInterface
    private interface Content {

        void write(XMLStreamWriter writer) throws XMLStreamException;
    }
}
