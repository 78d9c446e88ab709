package dev.vidimus.evidence.sigstore;

import dev.vidimus.evidence.keys.KeyFile;
import dev.vidimus.evidence.trust.TrustedRoot;
import dev.vidimus.testkit.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// The cases of Sigstore's conformance suite for clients, each a folder with a bundle; what it does
/// not have is the suite's default.
record Conformance(Path folder) {
  static final String IDENTITY =
      "https://github.com/sigstore-conformance/extremely-dangerous-public-oidc-beacon/.github/workflows/extremely-dangerous-oidc-beacon.yml@refs/heads/main";
  static final String ISSUER = "https://token.actions.githubusercontent.com";

  static List<Conformance> all() throws IOException {
    try (Stream<Path> folders = Files.list(Fixtures.folder("signing/conformance"))) {
      return folders.filter(Files::isDirectory).sorted().map(Conformance::new).toList();
    }
  }

  static Conformance of(String name) {
    return new Conformance(Fixtures.folder("signing/conformance").resolve(name));
  }

  String name() {
    return folder.getFileName().toString();
  }

  boolean isGood() {
    return !name().endsWith("_fail");
  }

  Path bundle() {
    return folder.resolve("bundle.sigstore.json");
  }

  Path artifact() {
    Path own = folder.resolve("artifact");
    return Files.exists(own) ? own : folder.resolveSibling("a.txt");
  }

  TrustedRoot root() throws Exception {
    Path own = folder.resolve("trusted_root.json");
    return TrustedRoot.read(
        Files.exists(own) ? own : Fixtures.folder("signing").resolve("trusted_root.pgi.json"));
  }

  BundleTrust trust() throws Exception {
    Path key = folder.resolve("key.pub");
    return Files.exists(key)
        ? new BundleTrust.Key(KeyFile.readPublic(key, null), root())
        : new BundleTrust.Identity(root(), text("identity", IDENTITY), text("issuer", ISSUER));
  }

  private String text(String name, String otherwise) throws IOException {
    Path file = folder.resolve(name);
    return Files.exists(file) ? Files.readString(file).strip() : otherwise;
  }

  BundleVerification verify() throws Exception {
    return verify(bundle());
  }

  BundleVerification verify(Path bundle) throws Exception {
    return verify(bundle, trust());
  }

  BundleVerification verify(Path bundle, BundleTrust trust) {
    return BundleVerifier.verify(
        bundle,
        new SignedArtifact.OfFile(artifact()),
        trust,
        Instant.parse("2026-11-01T00:00:00Z"));
  }

  @Override
  public String toString() {
    return name();
  }
}
