package dev.vidimus.evidence.ledger.tlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonValue.JsonNumber;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonValue.JsonString;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.testkit.Fixtures;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The proof vectors of transparency-dev/merkle, 310 of them, each with what it must come to.
final class MerkleFixturesTest {
  @Test
  void everyVectorComesToWhatItMust() throws Exception {
    Path signing = Fixtures.folder("signing");
    List<String> wrong = new ArrayList<>();
    int count = 0;
    for (String row : Files.readAllLines(signing.resolve("expected.tsv"))) {
      String[] columns = row.split("\t", -1);
      if (!columns[0].startsWith("tlog/merkle/")) {
        continue;
      }
      count++;
      JsonObject vector =
          (JsonObject) Json.parse(Files.readString(signing.resolve(columns[0])), columns[0]);
      String kind = columns[0].split("/")[2];
      if (verifies(kind, vector) != columns[2].startsWith("VERIFY")) {
        wrong.add(columns[0]);
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(count).isEqualTo(310);
  }

  @Test
  void everyVectorHasARow() throws Exception {
    Path signing = Fixtures.folder("signing");
    try (Stream<Path> files = Files.walk(signing.resolve("tlog/merkle"))) {
      assertThat(files.filter(Files::isRegularFile)).hasSize(310);
    }
  }

  private static boolean verifies(String kind, JsonObject v) {
    try {
      switch (kind) {
        case "inclusion" ->
            Inclusion.require(
                hash(v, "leafHash"),
                number(v, "leafIdx"),
                number(v, "treeSize"),
                proof(v),
                hash(v, "root"));
        case "consistency" ->
            Consistency.require(
                number(v, "size1"),
                number(v, "size2"),
                hash(v, "root1"),
                hash(v, "root2"),
                proof(v));
        case "subtreeinclusion" ->
            Subtree.requireInclusion(
                hash(v, "leafHash"),
                number(v, "leafIdx"),
                number(v, "start"),
                number(v, "end"),
                proof(v),
                hash(v, "root"));
        case "subtreeconsistency" ->
            Subtree.requireConsistency(
                number(v, "start"),
                number(v, "end"),
                number(v, "size"),
                proof(v),
                hash(v, "root1"),
                hash(v, "root2"));
        default -> throw new IllegalStateException("unknown group " + kind);
      }
      return true;
    } catch (CheckFailed e) {
      return false;
    }
  }

  private static long number(JsonObject vector, String name) {
    return vector.get(name) instanceof JsonNumber(String text) ? Long.parseUnsignedLong(text) : 0;
  }

  private static List<Digest> proof(JsonObject vector) {
    List<Digest> proof = new ArrayList<>();
    if (vector.get("proof") instanceof JsonArray(List<JsonValue> elements)) {
      elements.forEach(element -> proof.add(hash(((JsonString) element).text())));
    }
    return proof;
  }

  private static Digest hash(JsonObject vector, String name) throws CheckFailed {
    String text = vector.string(name);
    if (text == null || text.isEmpty()) {
      throw new CheckFailed(name, "a hash", "none"); // nobody can ask with one
    }
    return hash(text);
  }

  /// Some vectors have "don't care" in place of a hash, twice the same or not. A type that holds
  /// 32 bytes cannot, so a digest stands for them: equal for equal ones, and for no hash else.
  private static Digest hash(String base64) {
    byte[] value = Base64.getDecoder().decode(base64);
    if (value.length == 32) {
      return Digest.of(value);
    }
    ByteArrayOutputStream marked = new ByteArrayOutputStream();
    marked.writeBytes("no hash".getBytes(StandardCharsets.UTF_8));
    marked.writeBytes(value);
    return Digest.sha256(marked.toByteArray());
  }
}
