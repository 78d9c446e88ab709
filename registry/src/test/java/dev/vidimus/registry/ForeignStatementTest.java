package dev.vidimus.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.evidence.intoto.Statement;
import dev.vidimus.evidence.intoto.Subject;
import dev.vidimus.evidence.keys.SigningKey;
import dev.vidimus.evidence.ledger.Entry;
import dev.vidimus.evidence.ledger.LedgerCommands;
import dev.vidimus.registry.home.KeyRing;
import dev.vidimus.registry.lifecycle.Actor;
import dev.vidimus.registry.lifecycle.Acts;
import dev.vidimus.registry.lifecycle.EvidenceDigest;
import dev.vidimus.registry.question.Artifact;
import dev.vidimus.registry.question.Chain;
import dev.vidimus.registry.question.Persons;
import dev.vidimus.registry.statement.Approval;
import dev.vidimus.registry.statement.Intake;
import dev.vidimus.registry.statement.Kind;
import dev.vidimus.registry.statement.PersonChange;
import dev.vidimus.registry.statement.Revocation;
import dev.vidimus.registry.statement.Role;
import dev.vidimus.registry.statement.Sealing;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Entries that somebody put into the ledger who may not say so: shown, and never facts.
class ForeignStatementTest {
  @TempDir Path folder;
  private Firm firm;
  private Actor sam;
  private Actor alice;
  private Actor mallory;
  private Artifact artifact;

  @BeforeEach
  void begin() throws Exception {
    firm = Firm.begin(folder);
    sam = firm.person("sam");
    alice = firm.person("alice");
    mallory = firm.enrol("mallory", Role.AUDITOR);
    artifact = firm.admit(sam, "model", "{}");
  }

  /// Logs it as a program would that has the log's key and no registry in the way.
  private void log(
      String type, String actor, JsonObject predicate, List<Subject> subjects, SigningKey key)
      throws Exception {
    Kind kind = Kind.ofWord(type);
    Statement statement =
        new Statement(
            Statement.V1,
            subjects,
            kind == null ? "https://example.com/other/v1" : kind.predicateType(),
            predicate);
    byte[] envelope = Sealing.seal(statement, key);
    Entry entry = Entry.about(envelope, type, firm.now(), actor, List.of(artifact.snapshot()));
    new LedgerCommands(firm.home().ledger())
        .append(new KeyRing(firm.home()).log(), firm::now, List.of(entry), List.of(envelope));
  }

  private void requireNoFact(String problem) throws Exception {
    record Last(boolean fact, String problem) {}
    Last last =
        firm.registry()
            .ask(
                sql ->
                    sql.all(
                            "SELECT fact, problem FROM statement ORDER BY idx",
                            row -> new Last(row.flag(1), row.text(2)))
                        .getLast());
    assertThat(last.fact()).isFalse();
    assertThat(last.problem()).contains(problem);
    assertThat(Firm.dump(firm.open("jdbc:sqlite:" + folder.resolve("fresh.db"))))
        .isEqualTo(Firm.dump(firm.registry()));
  }

  private JsonObject approval() throws Exception {
    String policy = firm.registry().judge("model", null, "promote").decision().policy();
    String evidence = firm.registry().ask(sql -> EvidenceDigest.of(sql, artifact.snapshot()));
    return new Approval("internal", policy, evidence, false, "").json();
  }

  private List<Subject> subject() {
    return Acts.subjects(artifact.snapshot());
  }

  @Test
  void approvalInAnotherNameIsNone() throws Exception {
    log("approval", alice.id(), approval(), subject(), mallory.key());
    requireNoFact("signature");
    assertThat(firm.registry().answers("model")).isEmpty();
  }

  @Test
  void approvalWithoutTheRoleIsNone() throws Exception {
    log("approval", mallory.id(), approval(), subject(), mallory.key());
    requireNoFact("one of the roles [reviewer, security]");
    assertThat(firm.registry().answers("model")).isEmpty();
  }

  @Test
  void approvalAfterARemovalIsNone() throws Exception {
    firm.registry().dismiss(firm.admin(), alice.id());
    log("approval", alice.id(), approval(), subject(), alice.key());
    requireNoFact("a known person");
  }

  @Test
  void personIsNotMadeByWhoeverIsNoAdmin() throws Exception {
    String pem = mallory.key().verifying().pem();
    JsonObject promoted =
        new PersonChange(mallory.id(), false, false, List.of(Role.values()), pem).json();
    log("person", mallory.id(), promoted, List.of(), mallory.key());
    requireNoFact("one of the roles [admin]");
    Persons.Person person = firm.registry().ask(sql -> new Persons(sql).byId(mallory.id()));
    assertThat(person.roles()).containsExactly("auditor");
  }

  @Test
  void gateMakesNobodyAnAdminAndRevokesNothing() throws Exception {
    SigningKey gate = new KeyRing(firm.home()).gate();
    JsonObject revocation = new Revocation(List.of(artifact.snapshot()), true, "no").json();
    log("revocation", "gate", revocation, subject(), gate);
    requireNoFact("one of the roles [security]");
    assertThat(firm.registry().resolve("model").state()).isEqualTo("inspected");
  }

  @Test
  void intakeByAPersonsKeyIsNone() throws Exception {
    Intake.Source source = new Intake.Source("file", "here", "", List.of());
    JsonObject intake =
        new Intake(sam.id(), "other", 1, source, 1, 1, "internal", List.of()).json();
    log("intake", sam.id(), intake, subject(), sam.key());
    requireNoFact("signature");
  }

  @Test
  void intakeThatTakesAVersionIsNone() throws Exception {
    Intake.Source source = new Intake.Source("file", "here", "", List.of());
    JsonObject intake =
        new Intake(sam.id(), "model", 1, source, 1, 1, "internal", List.of()).json();
    Subject other = new Subject("snapshot", Map.of("sha256", "ab".repeat(32)));
    log("intake", sam.id(), intake, List.of(other), new KeyRing(firm.home()).gate());
    requireNoFact("one that means no other bytes");
    log("intake", sam.id(), intake, List.of(), new KeyRing(firm.home()).gate());
    requireNoFact("the SHA-256 of a snapshot");
  }

  @Test
  void kindThatNobodyKnowsIsShown() throws Exception {
    log("blessing", sam.id(), approval(), subject(), sam.key());
    requireNoFact("a kind that is not known");
  }

  @Test
  void whatIsNoFactIsShownWithTheArtifactThatItNames() throws Exception {
    log("approval", mallory.id(), approval(), subject(), mallory.key());
    List<Chain.Said> said =
        firm.registry().ask(sql -> new Chain(sql).statements(artifact.snapshot()));
    assertThat(said.getLast().problem()).contains("reviewer");
    assertThat(said.getLast().actor()).isEqualTo(mallory.id());
  }
}
