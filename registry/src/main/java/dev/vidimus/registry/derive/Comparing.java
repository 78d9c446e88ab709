package dev.vidimus.registry.derive;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FileBytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.Snapshot;
import dev.vidimus.artifact.Spool;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.evidence.ledger.tlog.TileSource;
import dev.vidimus.lineage.derive.Claim;
import dev.vidimus.lineage.derive.Declared;
import dev.vidimus.lineage.derive.Meter;
import dev.vidimus.lineage.derive.Outcome;
import dev.vidimus.lineage.derive.Parameters;
import dev.vidimus.lineage.derive.Reason;
import dev.vidimus.lineage.derive.Relation;
import dev.vidimus.lineage.derive.Verdict;
import dev.vidimus.lineage.graph.EdgeKind;
import dev.vidimus.lineage.tensors.Model;
import dev.vidimus.lineage.tensors.ModelPlaces;
import dev.vidimus.lineage.tensors.ModelReader;
import dev.vidimus.registry.blob.BlobStore;
import dev.vidimus.registry.home.Home;
import dev.vidimus.registry.intake.Requarantine;
import dev.vidimus.registry.question.Origins;
import dev.vidimus.registry.statement.Derivation;
import dev.vidimus.registry.statement.JsonMembers;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Computes again what an artifact says that it was made from. What cannot be looked at is unknown,
/// never verified.
public final class Comparing {
  private static final int MOST_COMPARISONS = 16;

  /// Of a model in it with a model that it names: whoever names all models of a registry gets no
  /// more than that.
  private static final int MOST_PAIRS = 64;

  private static final int PRINTED = 300;
  private static final List<String> RECIPES =
      List.of("mergekit_config.yml", "mergekit_config.yaml");

  private final Home home;
  private final BlobStore blobs;
  private final TileSource log;
  private final ModelReader reader;
  private final String version;
  private final InstantSource clock;

  /// @param version of this build
  public Comparing(
      Home home, BlobStore blobs, TileSource log, String version, InstantSource clock, int memory) {
    this.home = home;
    this.blobs = blobs;
    this.log = log;
    this.reader = new ModelReader(new Spool(home.temporary().resolve("spool"), memory));
    this.version = version;
    this.clock = clock;
  }

  /// What somebody says, and what that may mean here.
  ///
  /// @param claim what is said
  /// @param candidates artifacts that it may mean, the likeliest first
  public record Lead(Origins.Claim claim, List<Requarantine.Known> candidates) {
    public Lead {
      candidates = List.copyOf(candidates);
    }
  }

  /// Compares an artifact with everything that it names and that is here.
  ///
  /// @param subject its files
  /// @param leads what is said of it
  /// @return one for each comparison that says something
  public List<Derivation> of(Snapshot subject, List<Lead> leads) throws IOException {
    List<Derivation> all = new ArrayList<>();
    try (Parents parents = new Parents(home, blobs, log, reader)) {
      Subject one = new Subject(subject, parents);
      List<Lead> merged = new ArrayList<>();
      Set<String> compared = new HashSet<>();
      // Of what is said in two places, that of a parent says more than that of a forebear.
      List<Lead> ordered = new ArrayList<>(leads);
      ordered.sort(Comparator.comparing(lead -> !lead.claim().direct()));
      for (Lead lead : ordered) {
        if (!lead.claim().isOfWeights() || lead.candidates().isEmpty()) {
          continue;
        }
        EdgeKind kind = EdgeKind.ofWord(lead.claim().relation());
        String target = lead.candidates().getFirst().artifact().snapshot();
        boolean isMerged = isMerge(kind);
        if (!compared.add(isMerged + " " + target)) {
          continue; // said in two places
        }
        if (isMerged) {
          merged.add(lead);
        } else if (all.size() < MOST_COMPARISONS) {
          all.add(one.best(lead));
        }
      }
      if (!merged.isEmpty()) {
        all.add(one.merge(merged));
      }
    }
    return all;
  }

  private static boolean isMerge(@Nullable EdgeKind kind) {
    return kind == EdgeKind.MERGE_MODELS || kind == EdgeKind.MERGE_ADAPTER;
  }

  private final class Subject {
    private final Snapshot snapshot;
    private final Parents parents;
    private int left = MOST_PAIRS;

    Subject(Snapshot snapshot, Parents parents) {
      this.snapshot = snapshot;
      this.parents = parents;
    }

    /// Of several versions that a name may mean, the first that fits; else the likeliest.
    Derivation best(Lead lead) throws IOException {
      Derivation likeliest = null;
      for (Requarantine.Known candidate : lead.candidates()) {
        Derivation one = compare(lead.claim(), List.of(candidate), Parameters.NONE);
        if (one.verified()) {
          return one;
        }
        likeliest = likeliest == null ? one : likeliest;
      }
      if (likeliest == null) {
        throw new IllegalStateException("a lead without candidates");
      }
      return likeliest;
    }

    Derivation merge(List<Lead> leads) throws IOException {
      Declared declared = recipe();
      List<Lead> ordered = declared == null ? List.of() : ordered(leads, declared.parents());
      List<Requarantine.Known> from = new ArrayList<>();
      (ordered.isEmpty() ? leads : ordered).forEach(lead -> from.add(lead.candidates().getFirst()));
      Parameters parameters = Parameters.NONE;
      if (declared != null && !ordered.isEmpty()) {
        JsonObject said = declared.parameters();
        parameters =
            new Parameters(
                said == null ? new JsonMembers().put("method", declared.type()).object() : said);
      }
      return compare(leads.getFirst().claim(), from, parameters);
    }

    /// The leads in the order of the recipe, which its parameters are for; none if they are not the
    /// models that it names.
    private static List<Lead> ordered(List<Lead> leads, List<String> parents) {
      List<Lead> ordered = new ArrayList<>();
      for (String parent : parents) {
        int at = parent.indexOf('@');
        String name = at < 0 ? parent : parent.substring(0, at);
        leads.stream()
            .filter(lead -> lead.claim().target().equals(name))
            .findFirst()
            .ifPresent(ordered::add);
      }
      return ordered.size() == leads.size() && ordered.size() == parents.size()
          ? ordered
          : List.of();
    }

    /// The recipe that lies in it; null if there is none that can be read.
    private @Nullable Declared recipe() throws IOException {
      for (String name : RECIPES) {
        Path file = snapshot.root().resolve(name);
        if (Files.isRegularFile(file)) {
          try (Bytes bytes = FileBytes.open(file)) {
            return Declared.read(bytes, name);
          } catch (FormatException e) {
            return null; // the examiner said so
          }
        }
      }
      return null;
    }

    private Derivation compare(
        Origins.Claim claim, List<Requarantine.Known> from, Parameters declared)
        throws IOException {
      Instant begin = now();
      Outcome outcome;
      List<Derivation.Material> materials = new ArrayList<>();
      try {
        List<Model> models = new ArrayList<>();
        Model adapter = null;
        if (from.size() > MOST_COMPARISONS) {
          throw new IOException("it is merged from more than " + MOST_COMPARISONS + " models");
        }
        for (Requarantine.Known known : from) {
          Model model = parents.open(known);
          boolean isAdapter = isAdapter(model) && adapter == null && from.size() > 1;
          materials.add(material(isAdapter ? "adapter" : "parent", known));
          if (isAdapter) {
            adapter = model;
          } else {
            models.add(model);
          }
        }
        outcome = all(claim, models, adapter, declared);
      } catch (FormatException e) {
        outcome = Outcome.unreadable("none", plain(e), e);
      } catch (InterruptedIOException e) {
        throw e;
      } catch (IOException | RuntimeException e) { // not kept, not whole, or we failed
        outcome = open(Reason.UNREADABLE, "could not look: " + plain(e));
      }
      if (materials.size() < from.size()) {
        materials.clear();
        from.forEach(known -> materials.add(material("parent", known)));
      }
      JsonObject said =
          new JsonMembers()
              .put("relation", claim.relation())
              .put("place", claim.place())
              .put("parameters", declared.object().members().isEmpty() ? null : declared.object())
              .object();
      return Derivation.of(outcome, materials, said, version, begin, now());
    }

    /// The worst of everything in it that has weights: all quantizations of a model, or its parts.
    private Outcome all(
        Origins.Claim claim, List<Model> models, @Nullable Model adapter, Parameters declared)
        throws IOException {
      List<String> places = ModelPlaces.in(snapshot);
      if (places.isEmpty()) {
        return open(Reason.UNREADABLE, "it has no weights that are read here");
      }
      Outcome worst = null;
      for (String place : places.subList(0, Math.min(MOST_COMPARISONS, places.size()))) {
        Outcome outcome = at(place, claim, models, adapter, declared);
        Outcome named = places.size() == 1 ? outcome : named(place, outcome);
        worst = worst == null || rank(named) > rank(worst) ? named : worst;
      }
      if (places.size() > MOST_COMPARISONS
          && worst != null
          && worst.verdict() == Verdict.VERIFIED) {
        return open(Reason.UNREADABLE, "more than " + MOST_COMPARISONS + " models in one artifact");
      }
      return worst == null ? open(Reason.UNREADABLE, "nothing was compared") : worst;
    }

    /// One of the places. One that cannot be read does not hide what others show to be false.
    private Outcome at(
        String place,
        Origins.Claim claim,
        List<Model> models,
        @Nullable Model adapter,
        Parameters declared)
        throws IOException {
      if (left-- <= 0) {
        return open(Reason.UNREADABLE, "it names more than are compared");
      }
      Path path = place.isEmpty() ? snapshot.root() : snapshot.root().resolve(place);
      try (Model child = reader.open(path)) {
        if (!ModelPlaces.isPlain(child, snapshot.size())) {
          return open(Reason.UNREADABLE, "views that have far more bytes than the files");
        }
        Outcome outcome = one(child, models, adapter, declared);
        boolean isPart = models.size() == 1 && adapter == null;
        boolean isMerge = isMerge(EdgeKind.ofWord(claim.relation()));
        return isPart && isMerge && outcome.verdict() == Verdict.REFUTED
            ? open(outcome.reason(), "what it was merged with is not here")
            : honest(claim, child, outcome);
      } catch (FormatException e) {
        return Outcome.unreadable("none", plain(e), e);
      } catch (InterruptedIOException e) {
        throw e;
      } catch (IOException | RuntimeException e) {
        return open(Reason.UNREADABLE, "could not look: " + plain(e));
      }
    }

    private Outcome one(
        Model child, List<Model> models, @Nullable Model adapter, Parameters declared)
        throws IOException {
      Claim claim = new Claim(child, models, adapter, declared);
      return Relation.find(claim, new Meter());
    }

    /// A claim is false only if it was about this very step: who converts a fine-tune keeps the
    /// base of its card, and who quantizes for another runtime stores other tensors.
    private Outcome honest(Origins.Claim claim, Model child, Outcome outcome) {
      if (outcome.verdict() != Verdict.REFUTED) {
        return outcome;
      }
      if (!claim.direct()) {
        return open(
            outcome.reason(),
            "not made from it directly, which was not said: the file names the base of what it was"
                + " converted from");
      }
      JsonObject config = child.config();
      boolean isPacked = config != null && config.get("quantization_config") != null;
      boolean isOtherShape =
          switch (outcome.reason()) {
            case TENSOR_MISSING, TENSOR_EXTRA, TENSOR_SHAPE, TENSOR_TYPE, NO_RELATION -> true;
            default -> false;
          };
      return isPacked && isOtherShape
          ? new Outcome(
              outcome.relation(),
              Verdict.UNSUPPORTED,
              Reason.UNSUPPORTED_TYPE,
              List.of(),
              outcome.parameters(),
              List.of(),
              outcome.bytesRead(),
              List.of("quantized in a way that is not recomputed here"))
          : outcome;
    }
  }

  private static boolean isAdapter(Model model) {
    JsonObject config = model.config();
    return config != null && config.string("peft_type") != null;
  }

  private static Outcome named(String place, Outcome outcome) {
    List<String> notes = new ArrayList<>(List.of("in " + Printable.of(place, PRINTED)));
    notes.addAll(outcome.notes());
    return new Outcome(
        outcome.relation(),
        outcome.verdict(),
        outcome.reason(),
        outcome.culprits(),
        outcome.parameters(),
        outcome.tensors(),
        outcome.bytesRead(),
        notes);
  }

  private static int rank(Outcome outcome) {
    return switch (outcome.verdict()) {
      case VERIFIED -> 0;
      case UNSUPPORTED -> 1;
      case UNKNOWN -> 2;
      case SUSPICIOUS -> 3;
      case REFUTED -> 4;
    };
  }

  private static Outcome open(Reason reason, String note) {
    return new Outcome(
        "none", Verdict.UNKNOWN, reason, List.of(), Map.of(), List.of(), 0, List.of(note));
  }

  private static Derivation.Material material(String role, Requarantine.Known known) {
    String hex = known.artifact().snapshot().substring("sha256:".length());
    return new Derivation.Material(role, Map.of("sha256", hex));
  }

  /// Without the folder in which it was put together, which says nothing about it.
  private String plain(Exception e) {
    String text = String.valueOf(e.getMessage());
    return Printable.of(text.replaceAll(".{0,200}/intake-[0-9]+/(?:tree/)?", ""), PRINTED);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
