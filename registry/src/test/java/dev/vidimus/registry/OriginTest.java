package dev.vidimus.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.artifact.Digest;
import dev.vidimus.inventory.bom.Bill;
import dev.vidimus.inventory.bom.Known;
import dev.vidimus.policy.FactSchema;
import dev.vidimus.registry.decide.Decided;
import dev.vidimus.registry.lifecycle.Actor;
import dev.vidimus.registry.question.Artifact;
import dev.vidimus.registry.question.CurrentBill;
import dev.vidimus.registry.question.Impact;
import dev.vidimus.registry.question.Origins;
import dev.vidimus.registry.question.Origins.Judged;
import dev.vidimus.registry.question.Origins.Standing;
import dev.vidimus.registry.question.Tensors;
import dev.vidimus.registry.question.UnknownReference;
import dev.vidimus.scan.Meter;
import dev.vidimus.testkit.GgufForger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an artifact says of its origin is computed again as it comes in.
class OriginTest {
  private static final String OF_BASE = "base_model: acme/base";

  @TempDir Path folder;
  private Firm firm;
  private Actor sam;

  @BeforeEach
  void begin() throws Exception {
    firm = Firm.begin(folder);
    sam = firm.person("sam");
  }

  private List<Judged> judged(Registry.Admitted admitted) throws Exception {
    return firm.registry().ask(sql -> new Origins(sql).judged(admitted.artifact().snapshot()));
  }

  private Judged only(Registry.Admitted admitted) throws Exception {
    List<Judged> all = judged(admitted);
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  private List<?> blocking(Decided decided) {
    return decided.decision().blocking().stream().map(result -> result.rule().id()).toList();
  }

  @Test
  void aCastOfWhatIsHereIsVerified() throws Exception {
    float[] base = Weights.noise(1);
    Weights.admit(firm, sam, "acme/base", Weights.f32(base), "");
    Registry.Admitted cast = Weights.admit(firm, sam, "acme/small", Weights.bf16(base), OF_BASE);
    Judged judged = only(cast);
    assertThat(judged.standing()).isEqualTo(Standing.VERIFIED);
    assertThat(judged.why()).isEqualTo("cast: VERIFIED CAST_EXACT");
    assertThat(cast.decision().facts().value("lineage", "verified")).isEqualTo(1L);
    assertThat(blocking(cast.decision()).toString()).doesNotContain("lineage");
    assertThat(cast.decision().facts().evidence(FactSchema.LINEAGE.word())).hasSize(2);
  }

  @Test
  void theBillKnowsWhatWasProvenAndRefuted() throws Exception {
    float[] base = Weights.noise(1);
    Weights.admit(firm, sam, "acme/base", Weights.f32(base), "");
    Registry.Admitted cast = Weights.admit(firm, sam, "acme/small", Weights.bf16(base), OF_BASE);
    Bill bill = bill(cast);
    assertThat(bill.from(bill.root(), Bill.Relation.DESCENDS_FROM))
        .extracting(edge -> edge.to() + " " + edge.known())
        .containsExactly("pkg:huggingface/acme/base VERIFIED");
    assertThat(facts(bill))
        .anyMatch(fact -> fact.startsWith("vidimus:tensor-root sha256:"))
        .anyMatch(fact -> fact.matches("vidimus:evidence acme/base: cast: VERIFIED .*sha256:.*"));
    Bill lie = bill(Weights.admit(firm, sam, "acme/lie", Weights.f32(Weights.noise(2)), OF_BASE));
    assertThat(lie.from(lie.root(), Bill.Relation.DESCENDS_FROM))
        .extracting(Bill.Edge::known)
        .containsExactly(Known.DECLARED);
    assertThat(facts(lie)).anyMatch(fact -> fact.startsWith("vidimus:refuted acme/base: "));
  }

  private Bill bill(Registry.Admitted admitted) throws Exception {
    String snapshot = admitted.artifact().snapshot();
    return Objects.requireNonNull(
        firm.registry().ask(sql -> new CurrentBill(sql, firm.registry().log()).of(snapshot)));
  }

  private static List<String> facts(Bill bill) {
    return Objects.requireNonNull(bill.part(bill.root())).properties().stream()
        .map(fact -> fact.name() + " " + fact.value())
        .toList();
  }

  @Test
  void aFineTuneIsVerifiedByStatistics() throws Exception {
    float[] base = Weights.noise(1);
    Weights.admit(firm, sam, "acme/base", Weights.f32(base), "");
    byte[] tuned = Weights.f32(Weights.tuned(base, 2));
    assertThat(only(Weights.admit(firm, sam, "acme/chat", tuned, OF_BASE)).why())
        .isEqualTo("finetune: VERIFIED DERIVED");
  }

  @Test
  void weightsOfSomethingElseAreRefuted() throws Exception {
    Weights.admit(firm, sam, "acme/base", Weights.f32(Weights.noise(1)), "");
    Registry.Admitted other =
        Weights.admit(firm, sam, "acme/lie", Weights.f32(Weights.noise(2)), OF_BASE);
    assertThat(only(other).standing()).isEqualTo(Standing.REFUTED);
    assertThat(blocking(other.decision()).toString())
        .contains("lineage-not-refuted", "lineage-verified");
  }

  @Test
  void weightsThatCannotBeReadHideNoneThatAreRefuted() throws Exception {
    Weights.admit(firm, sam, "acme/base", Weights.f32(Weights.noise(1)), "");
    Path model = Weights.folder(firm, "hidden", Weights.f32(Weights.noise(2)), OF_BASE);
    Files.createDirectory(model.resolve("z"));
    Files.write(model.resolve("z/model.safetensors"), new byte[20]);
    assertThat(only(Weights.admit(firm, sam, "acme/hidden", model)).standing())
        .isEqualTo(Standing.REFUTED);
  }

  @Test
  void aMergeIsNotFalseBecauseOnlyOneOfItsParentsIsHere() throws Exception {
    Weights.admit(firm, sam, "acme/base", Weights.f32(Weights.noise(1)), "");
    Registry.Admitted merge =
        Weights.admit(
            firm,
            sam,
            "acme/merge",
            Weights.f32(Weights.noise(2)),
            "base_model: [acme/base, acme/other]\nbase_model_relation: merge");
    List<Judged> all = judged(merge);
    assertThat(all).extracting(Judged::standing).containsOnly(Standing.OPEN);
    assertThat(all.getFirst().why()).contains("what it was merged with is not here");
  }

  @Test
  void aMergeOfVeryManyIsNotCompared() throws Exception {
    StringBuilder parents = new StringBuilder("base_model:\n");
    for (int i = 0; i < 17; i++) {
      Weights.admit(firm, sam, "acme/base" + i, Weights.f32(Weights.noise(i)), "");
      parents.append("- acme/base").append(i).append('\n');
    }
    Registry.Admitted merge =
        Weights.admit(firm, sam, "acme/merge", Weights.f32(Weights.noise(99)), parents.toString());
    assertThat(judged(merge))
        .hasSize(17)
        .allMatch(one -> one.why().contains("merged from more than 16 models"));
  }

  @Test
  void aBaseThatIsNotHereIsOpenUntilItComes() throws Exception {
    float[] base = Weights.noise(1);
    Registry.Admitted cast = Weights.admit(firm, sam, "acme/small", Weights.bf16(base), OF_BASE);
    assertThat(only(cast).why()).isEqualTo("is not in the registry");
    assertThat(blocking(cast.decision()).toString()).contains("lineage-verified");
    Weights.admit(firm, sam, "acme/base", Weights.f32(base), "");
    assertThat(only(cast).why()).isEqualTo("was not compared");
    firm.registry().examine(sam.id(), cast.artifact().snapshot(), null, new Meter());
    assertThat(only(cast).standing()).isEqualTo(Standing.VERIFIED);
  }

  @Test
  void aBaseWhoseBytesAreGoneTakesNothingBack() throws Exception {
    float[] base = Weights.noise(1);
    Registry.Admitted origin = Weights.admit(firm, sam, "acme/base", Weights.f32(base), "");
    Registry.Admitted cast = Weights.admit(firm, sam, "acme/small", Weights.bf16(base), OF_BASE);
    for (String hex :
        firm.column(
            "SELECT substr(sha256, 8) FROM file WHERE snapshot = '"
                + origin.artifact().snapshot()
                + "'")) {
      Files.delete(firm.registry().blobs().path(Digest.ofHex(hex)));
    }
    firm.registry().examine(sam.id(), cast.artifact().snapshot(), null, new Meter());
    assertThat(firm.column("SELECT verdict FROM derivation ORDER BY idx"))
        .containsExactly("VERIFIED", "UNKNOWN");
    assertThat(only(cast).standing()).isEqualTo(Standing.VERIFIED);
    byte[] late = Weights.bf16(Weights.noise(3));
    assertThat(only(Weights.admit(firm, sam, "acme/late", late, OF_BASE)).why())
        .contains("UNKNOWN UNREADABLE", "could not look");
  }

  @Test
  void ofSeveralVersionsTheOneThatFitsCounts() throws Exception {
    float[] base = Weights.noise(1);
    Registry.Admitted first = Weights.admit(firm, sam, "acme/base", Weights.f32(base), "");
    Weights.admit(firm, sam, "acme/base", Weights.f32(Weights.noise(2)), "");
    Registry.Admitted cast = Weights.admit(firm, sam, "acme/small", Weights.bf16(base), OF_BASE);
    assertThat(only(cast).standing()).isEqualTo(Standing.VERIFIED);
    assertThat(firm.column("SELECT parent FROM derivation"))
        .containsExactly(first.artifact().snapshot());
  }

  @Test
  void aCardThatNamesItselfIsOpen() throws Exception {
    float[] base = Weights.noise(1);
    Registry.Admitted own =
        Weights.admit(firm, sam, "acme/own", Weights.f32(base), "base_model: acme/own");
    assertThat(only(own).why()).isEqualTo("means itself");
  }

  @Test
  void aBrokenCardIsUnknownAndNotSilent() throws Exception {
    Registry.Admitted odd =
        Weights.admit(
            firm, sam, "acme/odd", Weights.f32(Weights.noise(1)), "base_model: [\"a\": }");
    assertThat(odd.decision().facts().value("lineage", "claims")).isNull();
    assertThat(blocking(odd.decision()).toString()).contains("lineage-verified");
  }

  @Test
  void adaptersDatasetsAndKeysOfGgufAreSaidAndNotCompared() throws Exception {
    Path model =
        Weights.folder(
            firm,
            "many",
            Weights.f32(Weights.noise(1)),
            "base_model: acme/base\nbase_model_relation: adapter\ndatasets: [acme/corpus]");
    Files.write(
        model.resolve("x.gguf"),
        GgufForger.gguf()
            .string("general.architecture", "llama")
            .string("general.base_model.0.name", "Base Model")
            .string("general.base_model.0.organization", "Acme")
            .string("general.source.repo_url", "https://huggingface.co/acme/tuned/tree/main")
            .bytes());
    Registry.Admitted many = Weights.admit(firm, sam, "acme/many", model);
    List<String> said =
        firm.registry().ask(sql -> new Origins(sql).claims(many.artifact().snapshot())).stream()
            .map(c -> c.kind() + " " + c.relation() + " " + c.direct() + " " + c.text())
            .toList();
    assertThat(said)
        .containsExactlyInAnyOrder(
            "model adapter-of true acme/base (README.md: base_model)",
            "dataset trained-on true acme/corpus (README.md: datasets)",
            "model fine-tune false Acme/Base-Model (x.gguf: general.base_model.0)",
            "model convert true acme/tuned at main (x.gguf: general.source)");
  }

  @Test
  void tensorsAreFoundInEveryArtifactThatHasThem() throws Exception {
    byte[] weights = Weights.f32(Weights.noise(1));
    Weights.admit(firm, sam, "acme/a", weights, "");
    Weights.admit(firm, sam, "acme/b", weights, "license: mit");
    Weights.admit(firm, sam, "acme/c", Weights.f32(Weights.noise(2)), "");
    List<String> digests =
        firm.column("SELECT digest FROM tensor GROUP BY digest ORDER BY count(*)");
    assertThat(digests).hasSize(2);
    List<Tensors.Found> found = firm.registry().ask(sql -> new Tensors(sql).find(digests.get(1)));
    assertThat(found).extracting(one -> one.artifact().name()).containsExactly("acme/a", "acme/b");
    Tensors.Page first = firm.registry().ask(sql -> new Tensors(sql).page(digests.get(1), 0, 1));
    Tensors.Page second =
        firm.registry()
            .ask(sql -> new Tensors(sql).page(digests.get(1), Long.parseLong(first.next()), 1));
    assertThat(first.found()).containsExactly(found.getFirst());
    assertThat(second.found()).containsExactly(found.getLast());
    assertThat(second.next()).isEmpty();
  }

  @Test
  void aBaseFromWhichMoreFollowsThanIsAnsweredIsRefusedAsAWhole() throws Exception {
    float[] base = Weights.noise(1);
    Weights.admit(firm, sam, "acme/base", Weights.f32(base), "");
    Weights.admit(firm, sam, "acme/a", Weights.bf16(base), OF_BASE);
    Weights.admit(firm, sam, "acme/b", Weights.f32(base), OF_BASE);
    List<String> selector = List.of("base:acme/base");
    List<Artifact> following = firm.registry().ask(sql -> new Impact(sql, 2).artifacts(selector));
    assertThat(following).hasSize(2);
    assertThatThrownBy(() -> firm.registry().ask(sql -> new Impact(sql, 1).artifacts(selector)))
        .isInstanceOf(UnknownReference.class)
        .hasMessage("base:acme/base: 2 follow from it, over 1");
  }

  @Test
  void tablesAreTheSameWhenTheyAreMadeAgain() throws Exception {
    float[] base = Weights.noise(1);
    Weights.admit(firm, sam, "acme/base", Weights.f32(base), "");
    Weights.admit(firm, sam, "acme/small", Weights.bf16(base), OF_BASE + "\ndatasets: [d]");
    Weights.admit(firm, sam, "acme/lie", Weights.f32(Weights.noise(2)), OF_BASE);
    assertThat(firm.column("SELECT verdict FROM derivation")).hasSize(2);
    Records.requireRebuilt(firm);
  }
}
