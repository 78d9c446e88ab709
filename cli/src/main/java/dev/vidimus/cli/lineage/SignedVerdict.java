package dev.vidimus.cli.lineage;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.cli.args.Arguments;
import dev.vidimus.cli.args.Option;
import dev.vidimus.cli.args.UsageException;
import dev.vidimus.cli.host.Host;
import dev.vidimus.cli.sign.KeyOption;
import dev.vidimus.cli.sign.NewFile;
import dev.vidimus.evidence.attestation.AttestedArtifact;
import dev.vidimus.evidence.attestation.Attester;
import dev.vidimus.evidence.keys.SigningKey;
import dev.vidimus.lineage.derive.Outcome;
import dev.vidimus.registry.statement.Derivation;
import dev.vidimus.registry.statement.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A verdict that is written as an attestation: `docs/reference/derivation.md`.
final class SignedVerdict {
  private final Host host;
  private final SigningKey key;
  private final Path output;
  private final boolean replaces;

  private SignedVerdict(Host host, SigningKey key, Path output, boolean replaces) {
    this.host = host;
    this.key = key;
    this.output = output;
    this.replaces = replaces;
  }

  /// What was compared.
  ///
  /// @param paths as they were given, the child first
  /// @param artifacts their digests, taken before anything is compared
  record Subjects(List<String> paths, List<AttestedArtifact> artifacts, Instant startedOn) {
    Subjects {
      paths = List.copyOf(paths);
      artifacts = List.copyOf(artifacts);
    }
  }

  /// What the options ask for, or null if nothing is to be signed.
  static @Nullable SignedVerdict of(
      Host host, Arguments arguments, Option key, Option output, Option force)
      throws IOException, UsageException {
    String word = arguments.value(key);
    String told = arguments.value(output);
    if (word == null) {
      if (told != null || arguments.has(force)) {
        throw new UsageException("--output and --force are for a verdict that --key signs", "");
      }
      return null;
    }
    Path child = host.folder().resolve(arguments.parameters().getFirst());
    Path own = child.toAbsolutePath().normalize().getFileName();
    Path file =
        told == null
            ? child.resolveSibling((own == null ? "artifact" : own) + ".derivation.intoto.json")
            : host.folder().resolve(told);
    if (Files.exists(file) && !arguments.has(force)) { // before an hour of comparing
      throw new IOException(file + " exists; --force replaces it");
    }
    try {
      return new SignedVerdict(
          host, KeyOption.read(host, arguments, word), file, arguments.has(force));
    } catch (FormatException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /// Takes the digests of everything that is to be compared.
  Subjects subjects(String child, List<String> materials) throws IOException {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    List<String> paths = new ArrayList<>(List.of(child));
    paths.addAll(materials);
    List<AttestedArtifact> artifacts = new ArrayList<>();
    try {
      for (String path : paths) {
        artifacts.add(AttestedArtifact.of(host.folder().resolve(path), List.of(output)));
      }
    } catch (FormatException e) {
      throw new IOException(e.getMessage(), e);
    }
    return new Subjects(paths, artifacts, now);
  }

  /// Signs and writes.
  ///
  /// @param declared what was said of the way
  /// @param mergesAdapter whether the last material is an adapter
  /// @throws IOException if something changed while it was compared, or cannot be written
  void write(Subjects subjects, Outcome outcome, JsonObject declared, boolean mergesAdapter)
      throws IOException {
    Subjects after =
        subjects(subjects.paths().getFirst(), subjects.paths().subList(1, subjects.paths().size()));
    List<Derivation.Material> materials = new ArrayList<>();
    for (int i = 0; i < subjects.artifacts().size(); i++) {
      AttestedArtifact artifact = subjects.artifacts().get(i);
      if (!after.artifacts().get(i).digests().equals(artifact.digests())) {
        throw new IOException(subjects.paths().get(i) + " changed while it was compared");
      }
      if (i > 0) {
        boolean isAdapter = mergesAdapter && i == subjects.artifacts().size() - 1;
        materials.add(
            new Derivation.Material(isAdapter ? "adapter" : "parent", artifact.digests()));
      }
    }
    Derivation derivation =
        Derivation.of(
            nameless(outcome, subjects.paths()),
            materials,
            declared,
            host.version(),
            subjects.startedOn(),
            after.startedOn());
    byte[] bundle =
        Attester.attest(
            subjects.artifacts().getFirst(),
            null,
            Kind.DERIVATION.predicateType(),
            derivation.json(),
            key);
    NewFile.write(output, bundle, replaces);
    host.tell("vidimus: wrote " + output + ", record " + derivation.record() + "\n");
  }

  /// Where things lay says nothing about them, and is another place for everybody.
  private Outcome nameless(Outcome outcome, List<String> paths) {
    List<String> notes = new ArrayList<>();
    for (String note : outcome.notes()) {
      String plain = note;
      for (String given : paths) {
        Path path = host.folder().resolve(given);
        String name = Objects.toString(path.getFileName(), "artifact");
        if (plain.startsWith(path.toString())) {
          plain = name + plain.substring(path.toString().length());
        }
      }
      notes.add(plain);
    }
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
}
