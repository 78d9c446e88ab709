package dev.vidimus.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.inventory.advisories.Import;
import dev.vidimus.inventory.bom.Bill;
import dev.vidimus.inventory.bom.Known;
import dev.vidimus.inventory.bom.Part;
import dev.vidimus.inventory.findings.Companions;
import dev.vidimus.policy.Decision.Outcome;
import dev.vidimus.registry.decide.Decided;
import dev.vidimus.registry.intake.LocalSource;
import dev.vidimus.registry.lifecycle.Actor;
import dev.vidimus.registry.question.Bills;
import dev.vidimus.scan.Meter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an admitted artifact is made of is evidence.
class InventoryTest {
  @TempDir Path folder;
  private Firm firm;
  private Actor sam;

  @BeforeEach
  void begin() throws Exception {
    firm = Firm.begin(folder);
    sam = firm.person("sam");
  }

  @Test
  void whatIsAdmittedHasABillThatTheLedgerKeeps() throws Exception {
    String snapshot = admit("numpy==1.0\n").artifact().snapshot();
    Bill bill =
        Objects.requireNonNull(
            firm.registry().ask(sql -> new Bills(sql, firm.registry().log()).of(snapshot)));
    assertThat(bill.root()).isEqualTo("snapshot:" + snapshot);
    Part numpy = Objects.requireNonNull(bill.part("pkg:pypi/numpy@1.0"));
    assertThat(numpy.known()).isEqualTo(Known.OBSERVED);
  }

  @Test
  void aPackageThatIsKnownToBeMaliciousBlocksEverywhere() throws Exception {
    Path record =
        Files.writeString(
            folder.resolve("MAL-1.json"),
            """
            {"id":"MAL-1","modified":"2026-11-20T00:00:00Z","affected":[
              {"package":{"ecosystem":"PyPI","name":"evil-pack"},"versions":["1.0"]}]}
            """);
    new Import(
            firm.home().advisories(),
            InstantSource.fixed(Instant.parse("2026-11-21T00:00:00Z")),
            count -> {})
        .run(List.of(record), true);
    Decided decided = admit("evil-pack==1.0\n");
    assertThat(decided.decision().outcome()).isEqualTo(Outcome.FAILED);
    assertThat(decided.decision().blocking())
        .extracting(one -> one.message())
        .anyMatch(text -> text.contains("evil-pack 1.0 has MAL-1"));
  }

  @Test
  void whetherAPackageIsMaliciousIsUnknownUntilAdvisoriesWereAsked() throws Exception {
    assertThat(admit("some-pack==1.0\n").facts().value("inventory", "malware")).isNull();
    assertThat(admit("# none\n").facts().value("inventory", "malware")).isEqualTo(List.of());
    take("OSV-1", "other-pack");
    assertThat(admit("some-pack==1.0\n").facts().value("inventory", "malware"))
        .isEqualTo(List.of());
  }

  @Test
  void whatIsKnownToBeExploitedCountsAtAdmission() throws Exception {
    take("CVE-2026-1", "weak-pack");
    assertThat(vulnerable()).isEmpty();
    Path known =
        Files.writeString(
            folder.resolve("kev.json"),
            "{\"vulnerabilities\":[{\"cveID\":\"CVE-2026-1\",\"dateAdded\":\"2026-10-01\"}]}");
    new Companions(firm.home().advisories()).kev(known);
    assertThat(vulnerable()).hasSize(1).first().asString().contains("exploited since 2026-10-01");
  }

  private List<?> vulnerable() throws Exception {
    return (List<?>)
        Objects.requireNonNull(admit("weak-pack==1.0\n").facts().value("inventory", "vulnerable"));
  }

  private void take(String id, String name) throws Exception {
    Path record =
        Files.writeString(
            folder.resolve(id + ".json"),
            "{\"id\":\""
                + id
                + "\",\"modified\":\"2026-11-20T00:00:00Z\",\"severity\":[{\"type\":\"CVSS_V3\","
                + "\"score\":\"CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N\"}],\"affected\":[{"
                + "\"package\":{\"ecosystem\":\"PyPI\",\"name\":\""
                + name
                + "\"},\"versions\":[\"1.0\"]}]}");
    new Import(
            firm.home().advisories(),
            InstantSource.fixed(Instant.parse("2026-11-21T00:00:00Z")),
            count -> {})
        .run(List.of(record), true);
  }

  private Decided admit(String requirements) throws Exception {
    Path model = Files.createDirectories(folder.resolve("sources/model"));
    Files.writeString(model.resolve("config.json"), "{}");
    Files.writeString(model.resolve("requirements.txt"), requirements);
    return firm.registry()
        .admit(
            new Registry.Request(sam.id(), "model", "internal"),
            staging -> LocalSource.fetch(model, model.toString(), staging),
            new Meter())
        .decision();
  }
}
