package dev.vidimus.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.registry.change.Draft;
import dev.vidimus.registry.decide.Deciding;
import dev.vidimus.registry.lifecycle.Actor;
import dev.vidimus.registry.lifecycle.Acts;
import dev.vidimus.registry.lifecycle.Enrolment;
import dev.vidimus.registry.lifecycle.EvidenceDigest;
import dev.vidimus.registry.question.Artifact;
import dev.vidimus.registry.statement.Approval;
import dev.vidimus.registry.statement.Kind;
import dev.vidimus.registry.statement.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Nobody does two things about one artifact that are for two people.
class SeparationOfDutiesTest {
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir Path folder;
  private Firm firm;
  private final List<Actor> people = new ArrayList<>();

  @BeforeEach
  void begin() throws Exception {
    firm = Firm.begin(folder);
    for (String name : List.of("ann", "ben", "cat", "dan")) {
      people.add(firm.person(name));
    }
  }

  /// Who does what; people are alike, so that what matters is who is whom.
  ///
  /// @param submitter index of a person, as the others
  record Duties(int submitter, int first, int second, int author) {
    boolean areSeparate() {
      return first != second
          && first != submitter
          && first != author
          && second != submitter
          && second != author;
    }
  }

  /// All ways in which four duties fall to at most four people, but for their names.
  static Stream<Duties> duties() {
    List<Duties> all = new ArrayList<>();
    for (int first = 0; first <= 1; first++) {
      for (int second = 0; second <= Math.max(0, first) + 1; second++) {
        int most = Math.max(first, second);
        for (int author = 0; author <= most + 1; author++) {
          all.add(new Duties(0, first, second, author));
        }
      }
    }
    return all.stream();
  }

  @Test
  void fourDutiesFallToPeopleInFifteenWays() {
    assertThat(duties().distinct()).hasSize(15);
    assertThat(duties().filter(Duties::areSeparate)).hasSize(2);
  }

  @ParameterizedTest
  @MethodSource("duties")
  void onlyTwoWhoDidNothingElseLetItRun(Duties duties) throws Exception {
    Artifact artifact = submitted(duties);
    int refused = 0;
    for (int person : List.of(duties.first(), duties.second())) {
      try {
        firm.approve(people.get(person), artifact);
      } catch (CheckFailed e) {
        refused++;
      }
    }
    assertThat(refused == 0).isEqualTo(duties.areSeparate());
    assertThat(firm.promotes(people.getFirst(), artifact)).isEqualTo(duties.areSeparate());
  }

  @ParameterizedTest
  @MethodSource("duties")
  void approvalsThatNobodyRefusedDoNotCountEither(Duties duties) throws Exception {
    Artifact artifact = submitted(duties);
    approveUnasked(people.get(duties.first()), artifact);
    approveUnasked(people.get(duties.second()), artifact);
    assertThat(firm.promotes(people.getFirst(), artifact)).isEqualTo(duties.areSeparate());
  }

  /// The granter of an exception, beside the duties of [Duties].
  record FiveDuties(Duties four, int granter) {
    /// The exception counts: asked for and granted by two, neither of whom brings the artifact in
    /// and grants.
    boolean mayGrant() {
      return granter != four.author() && granter != four.submitter();
    }
  }

  /// All ways in which five duties fall to at most five people, but for their names.
  static Stream<FiveDuties> fiveDuties() {
    return duties()
        .flatMap(
            four -> {
              int most =
                  Math.max(Math.max(four.first(), four.second()), Math.max(0, four.author()));
              return IntStream.rangeClosed(0, most + 1).mapToObj(one -> new FiveDuties(four, one));
            });
  }

  @Test
  void fiveDutiesFallToPeopleInFiftyTwoWays() {
    assertThat(fiveDuties().distinct()).hasSize(52);
    assertThat(fiveDuties().filter(one -> one.four().areSeparate() && one.mayGrant())).hasSize(6);
  }

  @ParameterizedTest
  @MethodSource("fiveDuties")
  void exceptionLetsRunOnlyWhatSeparatePeopleLetRun(FiveDuties duties) throws Exception {
    people.add(firm.person("eve"));
    Artifact artifact = firm.admit(people.get(duties.four().submitter()), "model", "{}");
    firm.pass(Duration.ofDays(91)); // the scan is too old, and only an exception helps
    String request =
        firm.registry()
            .requestException(
                people.get(duties.four().author()), "model", "scan-fresh", "a hurry", DAY)
            .envelope();
    Actor granter = people.get(duties.granter());
    try {
      firm.registry().make(Acts.grantException(granter, request));
      assertThat(duties.mayGrant()).isTrue();
    } catch (CheckFailed e) {
      assertThat(duties.mayGrant()).isFalse();
      assertThat(e).hasMessageContaining("separation of duties");
    }
    approveUnasked(people.get(duties.four().first()), artifact);
    approveUnasked(people.get(duties.four().second()), artifact);
    assertThat(firm.promotes(people.getFirst(), artifact))
        .isEqualTo(duties.four().areSeparate() && duties.mayGrant());
  }

  @Test
  void whoeverGrantedAndThenBringsItInGrantedNothing() throws Exception {
    Artifact artifact = firm.admit(people.get(0), "model", "{}");
    firm.pass(Duration.ofDays(91));
    String request =
        firm.registry()
            .requestException(people.get(1), "model", "scan-fresh", "a hurry", DAY)
            .envelope();
    firm.registry().make(Acts.grantException(people.get(2), request));
    assertThat(failing(artifact)).doesNotContain("scan-fresh");
    firm.admit(people.get(2), "twin", "{}");
    firm.pass(Duration.ofDays(91));
    assertThat(failing(artifact)).contains("scan-fresh");
  }

  private List<String> failing(Artifact artifact) throws Exception {
    return firm
        .registry()
        .judge(artifact.snapshot(), null, "promote")
        .decision()
        .blocking()
        .stream()
        .map(result -> result.rule().id())
        .toList();
  }

  @Test
  void authorsOfAnExceptionOfThePolicyApproveNothingItConcerns() throws Exception {
    Artifact artifact = firm.admit(people.get(0), "model", "{}");
    Actor owner = people.get(1);
    Actor publisher = people.get(2);
    String exception =
        "- {id: x, rule: scan-fresh, artifact: '%s', reason: r, owner: %s, approver: %s, expires: '%s'}"
            .formatted(artifact.snapshot(), owner.id(), people.get(3).id(), firm.now().plus(DAY));
    firm.registry()
        .make(Deciding.publish(publisher, Policies.with("exceptions/x.yaml", exception)));
    for (Actor author : List.of(owner, publisher)) {
      assertThatThrownBy(() -> firm.approve(author, artifact))
          .hasMessageContaining("somebody who made no exception of the policy for model@1");
      approveUnasked(author, artifact);
    }
    assertThat(firm.promotes(people.get(0), artifact)).isFalse();
    firm.approve(people.get(3), artifact);
    firm.approve(firm.person("eve"), artifact);
    assertThat(firm.promotes(people.get(0), artifact)).isTrue();
  }

  @Test
  void exceptionOfThePolicyNamesPeopleWhoMay() throws Exception {
    Actor clerk = firm.enrol("clerk", Role.AUDITOR);
    String exception =
        "- {id: x, rule: scan-fresh, artifact: 'sha256:%s', reason: r, owner: %s, approver: %s, expires: '%s'}"
            .formatted("ab".repeat(32), people.get(0).id(), clerk.id(), firm.now().plus(DAY));
    assertThatThrownBy(
            () ->
                firm.registry()
                    .make(
                        Deciding.publish(
                            firm.admin(), Policies.with("exceptions/x.yaml", exception))))
        .isInstanceOf(CheckFailed.class)
        .hasMessageContaining("[reviewer, security]");
  }

  private Artifact submitted(Duties duties) throws Exception {
    Artifact artifact = firm.admit(people.get(duties.submitter()), "model", "{}");
    firm.registry()
        .requestException(
            people.get(duties.author()), "model", "scan-fresh", "a hurry", Duration.ofDays(1));
    return artifact;
  }

  /// Logs an approval as somebody would who has a key and asks no preconditions.
  private void approveUnasked(Actor person, Artifact artifact) throws Exception {
    String policy = firm.registry().judge("model", null, "promote").decision().policy();
    firm.registry()
        .make(
            session -> {
              String evidence = EvidenceDigest.of(session.sql(), artifact.snapshot());
              Approval approval = new Approval("internal", policy, evidence, false, "");
              return session.append(
                  new Draft(
                      Kind.APPROVAL,
                      person.id(),
                      Acts.subjects(artifact.snapshot()),
                      approval.json(),
                      person.key()));
            });
  }

  @Test
  void whoeverSubmittedItUnderAnotherNameIsASubmitterToo() throws Exception {
    Artifact artifact = firm.admit(people.get(0), "model", "{}");
    firm.approve(people.get(1), artifact);
    firm.admit(people.get(1), "twin", "{}");
    assertThatThrownBy(() -> firm.approve(people.get(1), artifact))
        .isInstanceOf(CheckFailed.class)
        .hasMessageContaining("who did not submit model@1");
    approveUnasked(people.get(1), artifact);
    approveUnasked(people.get(2), artifact);
    assertThat(firm.promotes(people.get(0), artifact)).isFalse();
    approveUnasked(people.get(3), artifact);
    assertThat(firm.promotes(people.get(0), artifact)).isTrue();
  }

  @Test
  void onePersonTwiceIsOne() throws Exception {
    Artifact artifact = firm.admit(people.get(0), "model", "{}");
    firm.approve(people.get(1), artifact);
    assertThatThrownBy(() -> firm.approve(people.get(1), artifact))
        .hasMessageContaining("another person than who approved already");
    approveUnasked(people.get(1), artifact);
    assertThat(firm.promotes(people.get(0), artifact)).isFalse();
  }

  @Test
  void serviceApprovesNothing() throws Exception {
    Artifact artifact = firm.admit(people.get(0), "model", "{}");
    Actor robot = people.get(1);
    firm.approve(robot, artifact);
    firm.approve(people.get(2), artifact);
    firm.registry()
        .make(
            Enrolment.add(
                firm.admin(), robot.id(), true, List.of(Role.REVIEWER), robot.key().verifying()));
    assertThat(firm.promotes(people.get(0), artifact)).isFalse();
    assertThatThrownBy(() -> firm.approve(robot, artifact)).isInstanceOf(CheckFailed.class);
  }

  @Test
  void removedPersonDoesNotCount() throws Exception {
    Artifact artifact = firm.admit(people.get(0), "model", "{}");
    firm.approve(people.get(1), artifact);
    firm.approve(people.get(2), artifact);
    firm.registry().dismiss(firm.admin(), people.get(2).id());
    assertThat(firm.promotes(people.get(0), artifact)).isFalse();
    assertThatThrownBy(() -> firm.approve(people.get(2), artifact))
        .hasMessageContaining("a known person");
    firm.approve(people.get(3), artifact);
    assertThat(firm.promotes(people.get(0), artifact)).isTrue();
  }

  @Test
  void lastAdminStays() {
    assertThatThrownBy(() -> firm.registry().dismiss(firm.admin(), firm.admin().id()))
        .hasMessageContaining("another admin who stays");
  }

  @Test
  void whoeverHasNotTheRoleIsRefused() throws Exception {
    Actor clerk = firm.enrol("eve", Role.AUDITOR);
    Artifact artifact = firm.admit(people.get(0), "model", "{}");
    assertThatThrownBy(() -> firm.admit(clerk, "other", "{\"a\": 1}"))
        .hasMessageContaining("one of the roles [submitter]");
    assertThatThrownBy(() -> firm.approve(clerk, artifact)).hasMessageContaining("reviewer");
    assertThatThrownBy(() -> firm.promotes(clerk, artifact)).hasMessageContaining("release");
    assertThatThrownBy(() -> firm.registry().dismiss(clerk, people.get(0).id()))
        .hasMessageContaining("one of the roles [admin]");
    assertThatThrownBy(
            () -> firm.registry().make(Acts.revoke(clerk, List.of("model"), false, "no", false)))
        .hasMessageContaining("security");
  }
}
