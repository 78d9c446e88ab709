package dev.vidimus.inventory.bom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.inventory.bom.Bill.Edge;
import dev.vidimus.inventory.bom.Bill.Relation;
import dev.vidimus.inventory.bom.Part.Licence;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BillChangesTest {
  private static final Part MODEL =
      Part.of("m", Part.MODEL, "model", Known.OBSERVED)
          .versioned("1")
          .hashed(List.of("SHA-256:" + "a".repeat(64)));

  @Test
  void nothingChangesBetweenEqualBills() {
    assertThat(changes(bill(MODEL), bill(MODEL))).isEmpty();
  }

  @Test
  void aNewPartIsAddedAndAnOldOneRemoved() {
    Part other = Part.of("x", "library", "x", Known.OBSERVED).versioned("1");
    assertThat(changes(bill(MODEL), bill(MODEL, other))).containsExactly("added library x");
    assertThat(changes(bill(MODEL, other), bill(MODEL))).containsExactly("removed library x");
  }

  @Test
  void anotherVersionIsNoOtherPart() {
    Part before = Part.of("x@1", "library", "x", Known.OBSERVED).versioned("1");
    Part after =
        Part.of("x@2", "library", "x", Known.OBSERVED)
            .versioned("2")
            .hashed(List.of("MD5:" + "0".repeat(32)));
    assertThat(changes(bill(before), bill(after))).containsExactly("version library x");
  }

  @Test
  void otherBytesOfOneVersionAreSerious() {
    Part after = MODEL.hashed(List.of("SHA-256:" + "b".repeat(64)));
    BillChanges changes = BillChanges.between(bill(MODEL), bill(after));
    assertThat(changes.isSerious()).isTrue();
    assertThat(words(changes)).containsExactly("hash " + Part.MODEL + " model");
  }

  @Test
  void oneMoreHashIsNoChange() {
    Part after = MODEL.hashed(List.of(MODEL.hashes().getFirst(), "MD5:" + "0".repeat(32)));
    assertThat(changes(bill(MODEL), bill(after))).isEmpty();
  }

  @Test
  void anotherLicenceIsSerious() {
    Part after = MODEL.licensed(List.of(new Licence("MIT", Licence.DECLARED)));
    assertThat(BillChanges.between(bill(MODEL), bill(after)).isSerious()).isTrue();
  }

  @Test
  void anOriginThatIsKnownLessSurelyIsSeriousAndOneThatIsKnownBetterIsNot() {
    Bill declared = derived(Known.DECLARED);
    Bill verified = derived(Known.VERIFIED);
    assertThat(words(BillChanges.between(verified, declared)))
        .containsExactly("edge-status model adapter_of base");
    assertThat(BillChanges.between(verified, declared).isSerious()).isTrue();
    assertThat(BillChanges.between(declared, verified).isSerious()).isFalse();
  }

  private static Bill derived(Known known) {
    return new Bill(
        "m",
        List.of(MODEL, Part.of("b", Part.MODEL, "base", Known.DECLARED).elsewhere()),
        List.of(new Edge("m", Relation.DESCENDS_FROM, "b", "adapter_of", known)),
        "unknown",
        Part.NOTHING);
  }

  private static Bill bill(Part... parts) {
    return new Bill("", List.of(parts), List.of(), "unknown", Part.NOTHING);
  }

  private static List<String> changes(Bill before, Bill after) {
    return words(BillChanges.between(before, after));
  }

  private static List<String> words(BillChanges changes) {
    return changes.changes().stream()
        .map(change -> change.kind().word() + " " + change.part())
        .toList();
  }
}
