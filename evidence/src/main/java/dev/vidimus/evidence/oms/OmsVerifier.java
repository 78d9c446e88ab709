package dev.vidimus.evidence.oms;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FileBytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.evidence.Answer;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.Steps;
import dev.vidimus.evidence.dsse.Envelope;
import dev.vidimus.evidence.intoto.Statement;
import dev.vidimus.evidence.intoto.Subject;
import dev.vidimus.evidence.sigstore.Bundle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Verifies a signature of a model, by the steps of section 8 of the specification. One object
/// verifies once, so that nothing of one model reaches the next.
public final class OmsVerifier {
  private static final int PRINTED = 200;

  private final Path model;
  private final Path signature;
  private final Trusted trusted;
  private final OmsOptions options;
  private final List<Path> signatures;
  private final Steps steps = new Steps();
  private final List<String> unknown = new ArrayList<>();
  private @Nullable Signer signer;
  private Comparison comparison = Comparison.NONE;

  private OmsVerifier(
      Path model, Path signature, Trusted trusted, OmsOptions options, List<Path> siblings) {
    this.model = model;
    this.signature = signature;
    this.trusted = trusted;
    this.options = options;
    this.signatures = new ArrayList<>(siblings);
    this.signatures.add(signature);
  }

  /// Verifies.
  ///
  /// @param model a file or folder
  /// @param signature the bundle; if it lies in the folder, it is not part of the model
  /// @param siblings further bundles that are not part of the model either
  /// @return every step that was taken; never an exception for what the inputs are
  public static OmsVerification verify(
      Path model, Path signature, Trusted trusted, OmsOptions options, List<Path> siblings) {
    return new OmsVerifier(model, signature, trusted, options, siblings).verify();
  }

  private OmsVerification verify() {
    try {
      return result(Answer.YES, run());
    } catch (CheckFailed e) {
      return result(Answer.NO, null);
    } catch (FormatException | IOException e) {
      return result(Answer.COULD_NOT_TELL, null);
    }
  }

  private OmsVerification result(Answer answer, @Nullable Verified verified) {
    return new OmsVerification(
        answer, options.strict(), steps.taken(), steps.notes(), signer, comparison, verified);
  }

  private Verified run() throws CheckFailed, FormatException, IOException {
    // 1. The bundle is well-formed and of a version that OMS uses.
    Bundle bundle = steps.take("bundle", this::bundle);
    // 2. to 4. Whom the caller trusts made its one signature.
    SignerCheck.Signed signed = new SignerCheck(steps, trusted, options.legacy()).require(bundle);
    boolean legacy = signed.legacy();
    signer = signed.signer();
    // 5. The envelope says that these are a statement.
    steps.take("payload type", () -> payloadType(bundle.envelope()));
    // 6. It is one, about a model.
    Statement statement = steps.take("statement", () -> statement(bundle.envelope(), legacy));
    // 7. Its manifest is one that an honest signer writes; no file has been touched yet.
    Manifest manifest = steps.take("manifest", () -> manifest(statement, legacy));
    // 8. Its one subject is the root digest of the manifest.
    Digest root = steps.take("root digest", () -> rootDigest(statement, manifest, legacy));
    // 9. The files are those of the manifest, no more, no fewer, none changed.
    steps.take("files", () -> files(manifest));
    // 10. Nothing is there that the signature does not cover.
    if (options.strict()) {
      steps.take("strict", this::strict);
    }
    return new Verified(root, Objects.requireNonNull(signer));
  }

  private Bundle bundle() throws CheckFailed, FormatException, IOException {
    try (Bytes bytes = FileBytes.open(signature)) {
      Bundle bundle = Bundle.read(bytes, signature.toString());
      if (!bundle.mediaType().equals(Bundle.V0_3)) {
        throw new CheckFailed(
            "bundle", "media type " + Bundle.V0_3, Printable.of(bundle.mediaType(), PRINTED));
      }
      return bundle;
    }
  }

  private static Envelope payloadType(Envelope envelope) throws CheckFailed {
    if (!envelope.payloadType().equals(Envelope.IN_TOTO)) {
      throw new CheckFailed(
          "payload type", Envelope.IN_TOTO, Printable.of(envelope.payloadType(), PRINTED));
    }
    return envelope;
  }

  private static Statement statement(Envelope envelope, boolean legacy)
      throws CheckFailed, FormatException, IOException {
    Statement statement = Statement.read(envelope.payload(), "payload");
    require("statement", Statement.V1, statement.type());
    require("statement", legacy ? LegacyForm.PREDICATE : Manifest.V1, statement.predicateType());
    return statement;
  }

  private static void require(String step, String expected, String found) throws CheckFailed {
    if (!expected.equals(found)) {
      throw new CheckFailed(step, expected, Printable.of(found, PRINTED));
    }
  }

  private Manifest manifest(Statement statement, boolean legacy)
      throws CheckFailed, FormatException {
    if (legacy) {
      return LegacyForm.manifest(statement);
    }
    ManifestReader reader = new ManifestReader(statement.predicate());
    Manifest manifest = reader.read();
    for (String member : reader.unknown()) {
      unknown.add(Printable.of(member, PRINTED));
      steps.note("the predicate has a member that version 1.0 does not know: " + member);
    }
    if (manifest.serialization().isSharded()) {
      steps.note("shards do not cover empty files: one may have been added or removed unseen");
    }
    return manifest;
  }

  private static Digest rootDigest(Statement statement, Manifest manifest, boolean legacy)
      throws CheckFailed {
    Digest root = manifest.rootDigest();
    if (legacy) {
      return root; // its subjects are the files
    }
    List<Subject> subjects = statement.subjects();
    if (subjects.size() != 1) {
      throw new CheckFailed("root digest", "exactly one subject", subjects.size() + " subjects");
    }
    if (!subjects.getFirst().digest().equals(Map.of("sha256", root.hex()))) {
      throw new CheckFailed(
          "root digest",
          "subject sha256 " + root.hex(),
          Printable.of(subjects.getFirst().digest().toString(), PRINTED));
    }
    return root;
  }

  private Comparison files(Manifest manifest) throws CheckFailed, IOException {
    for (String path : options.ignorePaths()) {
      ResourcePath.requireCanonical("files", path);
    }
    List<String> ignored = new ArrayList<>(options.ignorePaths());
    ignored.addAll(manifest.serialization().ignorePaths());
    boolean links = options.allowSymlinks() && manifest.serialization().allowSymlinks();
    ModelTree tree = ModelTree.of(model, new ModelTree.Left(ignored, signatures), links);
    for (String link : tree.linkedOut()) {
      unknown.add(link);
      steps.note("a symbolic link leads out of the model: " + link);
    }
    comparison = Comparison.of(manifest, tree, options.ignoreUnsigned());
    if (!comparison.isEqual()) {
      throw new CheckFailed("files", "the signed files", comparison.differences());
    }
    return comparison;
  }

  private Comparison strict() throws CheckFailed {
    List<String> found = new ArrayList<>(comparison.unsigned());
    found.addAll(unknown);
    if (!found.isEmpty()) {
      throw new CheckFailed("strict", "nothing unsigned or unknown", String.join(", ", found));
    }
    return comparison;
  }
}
