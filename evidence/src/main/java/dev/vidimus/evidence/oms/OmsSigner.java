package dev.vidimus.evidence.oms;

import dev.vidimus.artifact.Snapshot.Entry;
import dev.vidimus.artifact.digest.Stretch;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.dsse.Envelope;
import dev.vidimus.evidence.intoto.Statement;
import dev.vidimus.evidence.intoto.Subject;
import dev.vidimus.evidence.keys.SigningKey;
import dev.vidimus.evidence.sigstore.BundleWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/// Signs a model in the form of the specification.
public final class OmsSigner {
  private OmsSigner() {}

  /// Makes the bundle.
  ///
  /// @param model a file or folder
  /// @param signature where the bundle will be written; not part of the model
  /// @param chain the signer's certificate first, or nothing to sign with the bare key. Roots are
  /// left out of the bundle
  /// @return the bundle's bytes
  /// @throws CheckFailed if the model cannot be signed as it is, or the certificate is of another
  /// key
  public static byte[] sign(
      Path model, Path signature, SigningKey key, List<X509Certificate> chain, SignOptions options)
      throws CheckFailed, IOException {
    if (!chain.isEmpty()
        && !Arrays.equals(chain.getFirst().getPublicKey().getEncoded(), key.verifying().der())) {
      throw new CheckFailed(
          "certificate",
          "a first certificate of the signing key",
          "one of another key: " + chain.getFirst().getSubjectX500Principal());
    }
    for (String path : options.ignorePaths()) {
      ResourcePath.requireCanonical("files", path);
    }
    ModelTree tree =
        ModelTree.of(
            model,
            new ModelTree.Left(options.ignorePaths(), List.of(signature)),
            options.allowSymlinks());
    Manifest manifest =
        manifest(tree, serialization(model, signature, tree, options), Form.SPECIFICATION);
    if (manifest.resources().isEmpty()) {
      throw new CheckFailed("files", "at least one file to sign", "none");
    }
    Statement statement = statement(model, manifest);
    byte[] payload = statement.bytes();
    Envelope envelope =
        new Envelope(
            Envelope.IN_TOTO, payload, List.of(key.sign(Envelope.pae(Envelope.IN_TOTO, payload))));
    return BundleWriter.write(envelope, key.verifying(), chain);
  }

  /// Whose habits a manifest follows.
  enum Form {
    SPECIFICATION,
    /// Up to version 1.1: order by path components, and a single file is called `.`.
    REFERENCE
  }

  private static Serialization serialization(
      Path model, Path signature, ModelTree tree, SignOptions options) {
    TreeSet<String> ignored = new TreeSet<>();
    if (!tree.isFile()) {
      ignored.addAll(new ModelTree.Left(options.ignorePaths(), List.of()).paths());
      Path root = model.toAbsolutePath().normalize();
      Path own = signature.toAbsolutePath().normalize();
      if (own.startsWith(root)) {
        ignored.add(root.relativize(own).toString());
      }
    }
    return new Serialization(
        HashType.SHA256, options.shardSize(), options.allowSymlinks(), List.copyOf(ignored));
  }

  /// Hashes the files and lists them.
  static Manifest manifest(ModelTree tree, Serialization serialization, Form form)
      throws IOException {
    List<Resource> resources = new ArrayList<>();
    List<Stretch> stretches = new ArrayList<>();
    for (Entry entry : tree.files().values()) {
      String path = tree.isFile() && form == Form.REFERENCE ? Resource.SELF : entry.path();
      for (Resource resource : ModelTree.resources(path, entry.size(), serialization.shardSize())) {
        resources.add(resource);
        stretches.add(ModelTree.stretch(resource, entry));
      }
    }
    List<String> digests = serialization.hash().hash(stretches);
    List<Resource> hashed = new ArrayList<>();
    for (int i = 0; i < resources.size(); i++) {
      hashed.add(resources.get(i).withDigest(digests.get(i)));
    }
    hashed.sort(
        switch (form) {
          case SPECIFICATION -> ResourceOrder.SPECIFICATION;
          case REFERENCE -> ResourceOrder.REFERENCE;
        });
    return new Manifest(serialization, hashed);
  }

  private static Statement statement(Path model, Manifest manifest) {
    String name = Objects.toString(model.toAbsolutePath().normalize().getFileName(), "model");
    return new Statement(
        Statement.V1,
        List.of(new Subject(name, Map.of("sha256", manifest.rootDigest().hex()))),
        Manifest.V1,
        manifest.predicate());
  }
}
