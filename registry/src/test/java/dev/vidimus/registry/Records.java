package dev.vidimus.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Digest;
import dev.vidimus.registry.question.Artifact;
import dev.vidimus.registry.question.Chain;
import dev.vidimus.scan.Meter;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What must hold of a firm's records, whatever happened to the processes that kept them.
final class Records {
  private Records() {}

  /// Every act that was acknowledged is in the ledger, once; versions of a name are distinct.
  ///
  /// @param acknowledged what [Worker] printed
  static void requireAll(Firm firm, List<String> acknowledged) throws Exception {
    Map<String, Integer> logged = new HashMap<>();
    for (String envelope :
        firm.column("SELECT envelope FROM statement WHERE fact = 1 AND kind <> 'intake'")) {
      logged.merge("statement " + envelope, 1, Integer::sum);
    }
    for (String label :
        firm.column("SELECT snapshot || ' ' || name || '@' || version FROM submission")) {
      logged.merge("admit " + label, 1, Integer::sum);
    }
    Set<String> labels = new HashSet<>();
    for (String line : acknowledged) {
      String what = line.substring(line.indexOf(' ') + 1);
      boolean admitted = line.startsWith("admit ");
      assertThat(logged.get((admitted ? "admit " : "statement ") + what)).describedAs(line).isOne();
      if (admitted) {
        assertThat(labels.add(what.substring(what.indexOf(' ')))).describedAs(line).isTrue();
      }
    }
    assertThat(firm.column("SELECT problem FROM statement WHERE fact = 0")).isEmpty();
  }

  /// The ledger is whole, and so is every artifact that is visible.
  static void requireWhole(Firm firm) throws Exception {
    firm.registry().ask(sql -> true); // what a crash left in the log comes into the tables
    for (Artifact left : firm.registry().ask(sql -> new Chain(sql).unfinished())) {
      firm.registry().examine(firm.admin().id(), left.snapshot(), null, new Meter());
    }
    firm.verify();
    assertThat(
            firm.column(
                "SELECT a.snapshot FROM artifact a WHERE a.state = 'quarantined' OR 6 <> (SELECT"
                    + " count(*) FROM inspection i WHERE i.snapshot = a.snapshot)"))
        .isEmpty();
    assertThat(
            firm.column(
                "SELECT snapshot FROM artifact WHERE snapshot NOT IN (SELECT snapshot FROM file)"))
        .isEmpty();
    for (String digest :
        firm.column(
            "SELECT DISTINCT f.sha256 FROM file f JOIN artifact a ON a.snapshot = f.snapshot")) {
      Path blob = firm.registry().blobs().path(Digest.ofHex(digest.substring("sha256:".length())));
      assertThat(Digest.sha256(Files.readAllBytes(blob)).toString()).isEqualTo(digest);
    }
  }

  static void requireRebuilt(Firm firm) throws Exception {
    List<String> before = Firm.dump(firm.registry());
    firm.registry().rebuild();
    assertThat(Firm.dump(firm.registry())).isEqualTo(before);
  }

  /// What is left in the temporary folder are folders that nobody had locked when he died.
  static void requireNoLockedStaging(Firm firm) throws Exception {
    try (DirectoryStream<Path> left =
        Files.newDirectoryStream(firm.home().temporary(), "intake-*")) {
      for (Path folder : left) {
        assertThat(folder.resolve("lock")).doesNotExist();
        assertThat(folder.resolve("tree")).doesNotExist();
      }
    }
  }
}
