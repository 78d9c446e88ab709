package dev.vidimus.registry.examine;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.Spool;
import dev.vidimus.artifact.Verdict;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.lineage.tensors.Model;
import dev.vidimus.lineage.tensors.ModelPlaces;
import dev.vidimus.lineage.tensors.ModelReader;
import dev.vidimus.lineage.tensors.TensorDigests;
import dev.vidimus.registry.statement.JsonMembers;
import dev.vidimus.scan.Meter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Which tensors does it consist of? Their digests, so that everything with the same tensor is
/// found, whatever file it sits in. It reads every byte of the weights once.
public final class TensorListing implements ArtifactExaminer {
  /// Name of the examiner, and of the document that lists them, a tensor in each line.
  public static final String TENSORS = "tensors";

  private static final int MOST_MODELS = 200;
  private static final int MOST_TENSORS = 1 << 18;
  private static final int PRINTED = 300;

  private final ModelReader reader;
  private final String version;

  /// @param spool where members of archives go that are inflated
  /// @param version of this build
  public TensorListing(Spool spool, String version) {
    this.reader = new ModelReader(spool);
    this.version = version;
  }

  @Override
  public String id() {
    return TENSORS;
  }

  @Override
  public String version() {
    return version;
  }

  /// The digests have a version of their own, which no build changes.
  @Override
  public String ruleSet() {
    return Digest.sha256("vidimus.tensor.v1".getBytes(StandardCharsets.UTF_8)).toString();
  }

  @Override
  public Found examine(Quarantined subject, Meter meter) throws IOException {
    Listing listing = new Listing();
    List<String> places = ModelPlaces.in(subject.snapshot());
    for (String place : places.subList(0, Math.min(MOST_MODELS, places.size()))) {
      Path path = place.isEmpty() ? subject.root() : subject.root().resolve(place);
      try (Model model = reader.open(path)) {
        listing.add(place, model, subject.snapshot().size());
      } catch (FormatException e) {
        listing.skip(place, String.valueOf(e.getMessage()));
      }
    }
    if (places.size() > MOST_MODELS) {
      listing.skip("", (places.size() - MOST_MODELS) + " more folders of weights");
    }
    return new Found(
        listing.notExamined.isEmpty() ? Verdict.CLEAN : Verdict.INCOMPLETE,
        List.of(),
        listing.notExamined,
        new JsonMembers().put("models", new JsonArray(listing.models)).object(),
        List.of(new Found.Document(TENSORS, "application/x-ndjson", listing.lines.toString())));
  }

  private static final class Listing {
    private final List<JsonValue> models = new ArrayList<>();
    private final List<String> notExamined = new ArrayList<>();
    private final StringBuilder lines = new StringBuilder();
    private int tensors;

    void skip(String place, String problem) {
      notExamined.add(Printable.of(place.isEmpty() ? problem : place + ": " + problem, PRINTED));
    }

    void add(String place, Model model, long size) throws IOException {
      if (model.tensors().size() > MOST_TENSORS - tensors) {
        skip(place, "more than " + MOST_TENSORS + " tensors");
        return;
      }
      if (!ModelPlaces.isPlain(model, size)) {
        skip(place, "its tensors are views that have far more bytes than its files");
        return;
      }
      tensors += model.tensors().size();
      TensorDigests digests = TensorDigests.of(model, false);
      models.add(
          new JsonMembers()
              .put("folder", place)
              .put("format", model.format())
              .put("root", digests.root().toString())
              .put("multiset", digests.multiset().toString())
              .put("tensors", digests.tensors().size())
              .put("bytes", model.bytes())
              .object());
      for (TensorDigests.Named named : digests.tensors()) {
        JsonWriter json = new JsonWriter().object();
        json.name("digest").string(named.digest().toString()).name("folder").string(place);
        json.name("name").string(named.tensor().name());
        json.name("dtype").string(named.tensor().type().word());
        json.name("shape").string(named.tensor().shape().toString());
        json.name("bytes").number(named.tensor().data().size());
        lines.append(json.endObject()).append('\n');
      }
    }
  }
}
