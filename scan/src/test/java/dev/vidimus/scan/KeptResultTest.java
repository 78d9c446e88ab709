package dev.vidimus.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.NotExamined;
import dev.vidimus.artifact.Report;
import dev.vidimus.scan.inspection.Reference;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeptResultTest {
  private static final ScannedFile SCANNED =
      new ScannedFile(
          new Report(
              Location.of("a/b.pt"),
              "torch ü",
              List.of(
                  TreeRule.LINK_OUT.at(new Location("a/b.pt", "x!/y", 7), "message", "evidence"),
                  TreeRule.OTHER_BLOB.at(Location.of("a/b.pt"), "\ud83d\ude00", "")),
              List.of(new NotExamined(new Location("a/b.pt", "z", -1), "reason")),
              1L << 40),
          List.of(),
          3,
          List.of(new Reference(Reference.Kind.CODE, "a.B", "auto_map", Location.of("a/b.pt"))));

  @Test
  void comesBackAsItWas() {
    assertThat(KeptResult.read(KeptResult.write(SCANNED), "a/b.pt")).isEqualTo(SCANNED);
  }

  @Test
  void everyCutGivesNothing() {
    byte[] bytes = KeptResult.write(SCANNED);
    for (int length = 0; length < bytes.length; length++) {
      assertThat(KeptResult.read(Arrays.copyOf(bytes, length), "a/b.pt")).isNull();
    }
  }

  @Test
  void hugeLengthGivesNothing() {
    byte[] bytes = KeptResult.write(SCANNED);
    bytes[4] = 0x7f; // of the first text
    assertThat(KeptResult.read(bytes, "a/b.pt")).isNull();
  }

  @Test
  void otherFormGivesNothing() {
    byte[] bytes = KeptResult.write(SCANNED);
    bytes[3]++;
    assertThat(KeptResult.read(bytes, "a/b.pt")).isNull();
  }
}
