package dev.vidimus.inventory.bom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FileBytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.inventory.bom.Bill.Relation;
import dev.vidimus.testkit.Fixtures;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nothing is lost on the way from one format into the other and back.
final class RoundTripTest {
  @TempDir Path folder;

  @Test
  void whatIsFoundInFilesComesBackFromBothFormats() throws Exception {
    for (Map.Entry<String, Bill> example : Examples.bills(folder).entrySet()) {
      comesBack(example.getKey(), example.getValue());
    }
  }

  @Test
  void whatARegistryRecordedComesBackFromBothFormats() throws Exception {
    Bill bill = Discovery.bill(Material.of(Examples.adapter(folder)));
    Bill known =
        new Recorded(
                List.of(
                    new Recorded.Origin("acme/base", "adapter_of", Recorded.Standing.VERIFIED, "x"),
                    new Recorded.Origin("acme/new", "cast", Recorded.Standing.ATTESTED, "y"),
                    new Recorded.Origin("acme/lie", "cast", Recorded.Standing.REFUTED, "z")),
                List.of(new Recorded.Weights("a", "sha256:" + "ab".repeat(32))),
                List.of(new Recorded.Workload("prod", "chat", "2026-01-01T00:00:00Z", "ann")))
            .on(bill);
    comesBack("recorded", known);
    assertThat(known.from(known.root(), Relation.DESCENDS_FROM))
        .extracting(edge -> edge.to() + " " + edge.known())
        .containsExactly("pkg:huggingface/acme/base VERIFIED", "pkg:huggingface/acme/new ATTESTED");
    assertThat(known.from("deployment:prod/chat", Relation.DEPENDS_ON))
        .extracting(Bill.Edge::to)
        .containsExactly(known.root());
    String text = CycloneDxWriter.write(known, "1.6", "0");
    assertThat(BomCheck.of(Bytes.of(text.getBytes(StandardCharsets.UTF_8)), "x").isValid())
        .isTrue();
  }

  @Test
  void everyValidDocumentOfTheFixturesComesBackFromBothFormats() throws Exception {
    int read = 0;
    Path bom = Fixtures.folder("bom");
    for (String part :
        List.of("cyclonedx/1.6", "cyclonedx/1.7", "cyclonedx/own", "cyclonedx/real", "spdx")) {
      for (Path file : documents(bom.resolve(part))) {
        Bill bill;
        try (Bytes bytes = FileBytes.open(file)) {
          bill = BillReader.read(bytes, file.toString()).bill();
        } catch (FormatException e) {
          continue; // other tests say which of them are invalid
        }
        read++;
        comesBack(file.toString(), bill);
      }
    }
    assertThat(read).isEqualTo(70);
  }

  private static List<Path> documents(Path folder) throws Exception {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  private static void comesBack(String name, Bill bill) throws Exception {
    String cyclonedx = CycloneDxWriter.write(bill, name.contains("1.7") ? "1.7" : "1.6", "0");
    String spdx = SpdxWriter.write(bill, "0");
    assertThat(read(cyclonedx)).as(name).isEqualTo(bill);
    assertThat(read(spdx)).as(name).isEqualTo(bill);
    assertThat(read(SpdxWriter.write(read(cyclonedx), "0"))).as(name).isEqualTo(bill);
    assertThat(SpdxWriter.write(bill, "0")).as(name).isEqualTo(spdx);
  }

  @Test
  void ancestorsCardAndHierarchyAreFactsOfTheBill() throws Exception {
    Bill bill =
        read(
            """
            {"bomFormat":"CycloneDX","specVersion":"1.5","version":1,"components":[
              {"type":"application","bom-ref":"app","name":"app","components":[
                {"type":"machine-learning-model","bom-ref":"m","name":"m",
                 "modelCard":{"modelParameters":{"task":"t","datasets":[{"type":"dataset","name":"d"}]}},
                 "pedigree":{"notes":"kept","ancestors":[
                   {"type":"machine-learning-model","name":"base","version":"2"}]}}]}]}
            """);
    assertThat(bill.from("app", Relation.CONTAINS)).extracting(Bill.Edge::to).containsExactly("m");
    assertThat(bill.from("m", Relation.DESCENDS_FROM))
        .extracting(Bill.Edge::to)
        .containsExactly("base@2");
    assertThat(bill.from("m", Relation.TRAINED_ON))
        .extracting(Bill.Edge::to)
        .containsExactly("dataset:d");
    assertThat(CycloneDxWriter.write(bill, "1.6", "0")).contains("\"notes\":\"kept\"");
    comesBack("hierarchy", bill);
  }

  @Test
  void partsThatContainEachOtherAreAllWritten() throws Exception {
    List<Part> parts = new ArrayList<>();
    List<Bill.Edge> edges = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      parts.add(Part.of("p" + i, "library", "n" + i, Known.OBSERVED));
      edges.add(Bill.Edge.of("p" + i, Relation.CONTAINS, "p" + (i + 1) % 100));
    }
    comesBack("circle", new Bill("p0", parts, edges, "unknown", Part.NOTHING));
  }

  @Test
  void anInvalidDocumentIsNotRead() {
    assertThatThrownBy(
            () -> read("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"version\":0}"))
        .isInstanceOf(FormatException.Malformed.class)
        .hasMessageContaining("version");
  }

  private static Bill read(String text) throws Exception {
    return BillReader.read(Bytes.of(text.getBytes(StandardCharsets.UTF_8)), "document").bill();
  }
}
