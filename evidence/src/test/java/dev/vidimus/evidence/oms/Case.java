package dev.vidimus.evidence.oms;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.keys.KeyFile;
import dev.vidimus.evidence.trust.Certificates;
import dev.vidimus.evidence.trust.CodeSigners;
import dev.vidimus.testkit.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/// A row of `fixtures/signing/expected.tsv` whose case is a folder with a model and `model.sig`.
record Case(String path, String what, String expected) {
  /// When the fixtures were judged; one certificate had expired by then.
  static final Instant NOW = Instant.parse("2026-11-15T00:00:00Z");

  static List<Case> ofGroup(String group) throws IOException {
    List<Case> cases = new ArrayList<>();
    for (String line : Files.readAllLines(Fixtures.folder("signing").resolve("expected.tsv"))) {
      String[] column = line.split("\t", -1);
      if (column[0].startsWith(group + "/")) {
        cases.add(new Case(column[0], column[1], column[2]));
      }
    }
    return cases;
  }

  Path folder() {
    return Fixtures.folder("signing").resolve(path);
  }

  private Path keys() {
    return folder().resolveSibling("keys");
  }

  /// The case's folder, or a copy with its `setup.tsv` applied.
  Path prepared(Path temporary) throws IOException {
    Path setup = folder().resolve("setup.tsv");
    if (!Files.exists(setup)) {
      return folder();
    }
    Path copy = Files.createTempDirectory(temporary, "case").resolve("copy");
    try (Stream<Path> all = Files.walk(folder())) {
      for (Path file : all.toList()) {
        Files.copy(
            file, copy.resolve(folder().relativize(file).toString()), LinkOption.NOFOLLOW_LINKS);
      }
    }
    for (String line : Files.readAllLines(setup)) {
      String[] column = line.split("\t");
      Path target = copy.resolve(column[1]);
      Files.createDirectories(target.getParent());
      Files.deleteIfExists(target);
      if (column[0].equals("symlink")) {
        Files.createSymbolicLink(target, Path.of(column[2]));
      } else {
        Files.write(target, Base64.getDecoder().decode(column[2]));
      }
    }
    return copy;
  }

  /// The model of a case of ours: `model`, or the one file beside the signature.
  static Path model(Path folder) throws IOException {
    if (Files.isDirectory(folder.resolve("model"))) {
      return folder.resolve("model");
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> !file.endsWith("model.sig") && !file.endsWith("setup.tsv"))
          .findFirst()
          .orElseThrow();
    }
  }

  static Path signature(Path folder) {
    Path inside = folder.resolve("model/model.sig");
    return Files.exists(folder.resolve("model.sig")) ? folder.resolve("model.sig") : inside;
  }

  /// What the row says after `inputs:`.
  Trusted trusted() throws FormatException, IOException {
    String inputs = what.substring(what.indexOf("inputs: ") + "inputs: ".length());
    String first = inputs.split(" ")[0];
    String value = first.substring(first.indexOf('=') + 1);
    if (first.startsWith("key=")) {
      return new Trusted.Key(KeyFile.readPublic(keys().resolve(value), null));
    }
    String[] files = value.split(",");
    List<X509Certificate> intermediates = new ArrayList<>();
    if (files.length > 1) {
      intermediates.addAll(certificates(keys().resolve(files[1])));
    } else if (what.contains("caller also supplies the intermediate")) {
      intermediates.addAll(certificates(keys().resolve("intermediate-ca.pem")));
    }
    return new Trusted.Certificate(
        new CodeSigners(certificates(keys().resolve(files[0])), intermediates), NOW);
  }

  static List<X509Certificate> certificates(Path file) throws FormatException, IOException {
    return Certificates.ofPem(Files.readString(file), file.toString());
  }

  OmsOptions options(boolean strict, boolean allowSymlinks) {
    return new OmsOptions(
        strict, what.contains("ignore-unsigned"), List.of(), allowSymlinks, false);
  }

  @Override
  public String toString() {
    return path + ": " + what;
  }
}
