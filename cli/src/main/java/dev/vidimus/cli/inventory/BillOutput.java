package dev.vidimus.cli.inventory;

import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.inventory.bom.Bill;
import dev.vidimus.inventory.bom.Bill.Edge;
import dev.vidimus.inventory.bom.BillChanges;
import dev.vidimus.inventory.bom.BillChanges.Change;
import dev.vidimus.inventory.bom.Part;
import dev.vidimus.inventory.bom.Part.Licence;
import dev.vidimus.inventory.bom.Part.Property;
import java.util.Map;
import java.util.TreeMap;

/// Bills of materials and what changed between two, for people and for machines.
final class BillOutput {
  private static final int SHOWN = 200;

  private BillOutput() {}

  static String text(Bill bill) {
    StringBuilder text = new StringBuilder();
    Part root = bill.part(bill.root());
    if (root != null) {
      text.append(Printable.of(root.label(), SHOWN))
          .append("  (")
          .append(root.type())
          .append(")\n");
    }
    Map<String, Integer> kinds = new TreeMap<>();
    for (Part part : bill.parts()) {
      kinds.merge(part.type(), 1, Integer::sum);
      if (!part.ref().equals(bill.root())) {
        text.append("  ")
            .append(part.known().word())
            .repeat(' ', 10 - part.known().word().length());
        text.append(part.type()).append("  ").append(Printable.of(part.label(), SHOWN));
        for (Licence licence : part.licences()) {
          text.append("  ").append(Printable.of(licence.text(), SHOWN));
        }
        text.append('\n');
      }
    }
    for (Edge edge : bill.edges()) {
      switch (edge.relation()) {
        case DESCENDS_FROM, TRAINED_ON, TESTED_ON -> edge(text, bill, edge);
        case CONTAINS, DEPENDS_ON, PROVIDES, CONFIGURED_BY -> {}
      }
    }
    text.append(DepsOutput.count(bill.parts().size(), "part")).append(": ").append(kinds);
    return text.append("; completeness: ").append(bill.completeness()).append('\n').toString();
  }

  private static void edge(StringBuilder text, Bill bill, Edge edge) {
    String how = edge.how().isEmpty() ? edge.relation().word() : edge.how();
    text.append("  ").append(edge.known().word()).repeat(' ', 10 - edge.known().word().length());
    text.append(Printable.of(name(bill, edge.from()), SHOWN)).append(' ').append(how);
    text.append(' ').append(Printable.of(name(bill, edge.to()), SHOWN)).append('\n');
  }

  private static String name(Bill bill, String ref) {
    Part part = bill.part(ref);
    return part == null ? ref : part.label();
  }

  static JsonWriter json(Bill bill, String format) {
    JsonWriter json = new JsonWriter().object().name("schema").string("vidimus.bom/1");
    json.name("format").string(format).name("root").string(bill.root());
    json.name("completeness").string(bill.completeness()).name("parts").array();
    for (Part part : bill.parts()) {
      json.object().name("ref").string(part.ref()).name("type").string(part.type());
      json.name("name").string(part.name()).name("version").string(part.version());
      json.name("purl").string(part.purl()).name("known").string(part.known().word());
      json.name("elsewhere").bool(part.isElsewhere()).name("hashes").array();
      part.hashes().forEach(json::string);
      json.endArray().name("licences").array();
      for (Licence licence : part.licences()) {
        json.object().name("text").string(licence.text()).name("how").string(licence.how());
        json.endObject();
      }
      json.endArray().name("properties").array();
      for (Property property : part.properties()) {
        json.object().name("name").string(property.name());
        json.name("value").string(property.value()).endObject();
      }
      json.endArray().name("card").value(part.card());
      json.name("rest").value(part.rest()).endObject();
    }
    json.endArray().name("edges").array();
    for (Edge edge : bill.edges()) {
      json.object()
          .name("from")
          .string(edge.from())
          .name("relation")
          .string(edge.relation().word());
      json.name("to").string(edge.to()).name("how").string(edge.how());
      json.name("known").string(edge.known().word()).endObject();
    }
    return json.endArray().name("rest").value(bill.rest()).endObject();
  }

  static String text(BillChanges changes) {
    StringBuilder text = new StringBuilder();
    for (Change change : changes.changes()) {
      String word = change.kind().word();
      text.append(word).repeat(' ', 14 - word.length());
      text.append(Printable.of(change.part(), SHOWN));
      String before = Printable.of(change.before(), SHOWN);
      String after = Printable.of(change.after(), SHOWN);
      boolean isWhole = before.isEmpty() || after.isEmpty();
      text.append("  ").append(before).append(isWhole ? "" : " -> ").append(after).append('\n');
    }
    return text.append(DepsOutput.count(changes.changes().size(), "change"))
        .append('\n')
        .toString();
  }

  static JsonWriter json(BillChanges changes) {
    JsonWriter json = new JsonWriter().object().name("schema").string("vidimus.bom.diff/1");
    json.name("changes").array();
    for (Change change : changes.changes()) {
      json.object().name("kind").string(change.kind().word()).name("part").string(change.part());
      json.name("before").string(change.before()).name("after").string(change.after());
      json.name("serious").bool(change.isSerious()).endObject();
    }
    return json.endArray().endObject();
  }
}
