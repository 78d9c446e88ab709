package dev.vidimus.inventory.bom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.Location;
import dev.vidimus.inventory.bom.Bill.Edge;
import dev.vidimus.inventory.bom.Bill.Relation;
import dev.vidimus.inventory.bom.Part.Licence;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class InheritanceTest {
  @Test
  void whatAGrandparentForbidsIsForbiddenStill() {
    Bill bill = bill(model("a", "MIT"), model("b", ""), model("c", "CC-BY-NC-4.0"));
    assertThat(Inheritance.inherited(bill, "a"))
        .containsOnlyKeys(Licences.Condition.NON_COMMERCIAL);
    assertThat(findings(bill))
        .containsExactly(
            "derived licence wider than parent: a drops [non-commercial use only] of c");
  }

  @Test
  void aChildThatTakesItOverIsFine() {
    assertThat(findings(bill(model("a", "CC-BY-NC-SA-4.0"), model("b", "CC-BY-NC-4.0")))).isEmpty();
  }

  @Test
  void aChildWithoutLicenceClaimsNothing() {
    assertThat(findings(bill(model("a", ""), model("b", "CC-BY-NC-4.0")))).isEmpty();
  }

  @Test
  void modelsMadeFromEachOtherEnd() {
    Bill bill = bill(model("a", "MIT"), model("b", "GPL-3.0-only"));
    List<Edge> edges = new ArrayList<>(bill.edges());
    edges.add(Edge.of("b", Relation.DESCENDS_FROM, "a"));
    Bill circle = new Bill("a", bill.parts(), edges, "unknown", Part.NOTHING);
    assertThat(findings(circle)).hasSize(1);
  }

  @Test
  void aLongLineIsFollowedToItsEnd() {
    Part[] line = new Part[30_000];
    for (int i = 0; i < line.length; i++) {
      line[i] = model("m" + i, i == line.length - 1 ? "CC-BY-NC-4.0" : i == 0 ? "MIT" : "");
    }
    assertThat(findings(bill(line)))
        .containsExactly(
            "derived licence wider than parent: m0 drops [non-commercial use only] of m29999");
  }

  private static Part model(String name, String licence) {
    Part part = Part.of(name, Part.MODEL, name, Known.DECLARED);
    return licence.isEmpty()
        ? part
        : part.licensed(List.of(new Licence(licence, Licence.DECLARED)));
  }

  /// Each made from the next.
  private static Bill bill(Part... models) {
    List<Edge> edges = new ArrayList<>();
    for (int i = 1; i < models.length; i++) {
      edges.add(Edge.of(models[i - 1].ref(), Relation.DESCENDS_FROM, models[i].ref()));
    }
    return new Bill("a", List.of(models), edges, "unknown", Part.NOTHING);
  }

  private static List<String> findings(Bill bill) {
    return Inheritance.findings(bill, Location.of("bill")).stream().map(Finding::message).toList();
  }
}
