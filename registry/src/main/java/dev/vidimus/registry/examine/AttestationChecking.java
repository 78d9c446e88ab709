package dev.vidimus.registry.examine;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.Verdict;
import dev.vidimus.artifact.digest.Identity;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.evidence.Answer;
import dev.vidimus.evidence.attestation.AttestationExpectations;
import dev.vidimus.evidence.attestation.AttestationVerification;
import dev.vidimus.evidence.attestation.AttestationsVerification;
import dev.vidimus.evidence.attestation.AttestedArtifact;
import dev.vidimus.evidence.attestation.ClaimedAttestation;
import dev.vidimus.evidence.attestation.VerifiedAttestation;
import dev.vidimus.evidence.intoto.Subject;
import dev.vidimus.evidence.slsa.ProvenanceExpectations;
import dev.vidimus.evidence.slsa.SummaryExpectations;
import dev.vidimus.policy.PredicateTypes;
import dev.vidimus.policy.TrustedIssuer;
import dev.vidimus.registry.statement.JsonMembers;
import dev.vidimus.registry.statement.Kind;
import dev.vidimus.scan.Meter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What do others say of it? Verifies the attestations that come with an artifact, at its top level
/// or beside it, each by everybody whom `trust.yaml` lets say such a thing. One by nobody whom we
/// trust is shown, and is no fact.
public final class AttestationChecking implements ArtifactExaminer {
  /// Ends of the names that attestations have.
  public static final List<String> ENDS =
      List.of(
          ".intoto.jsonl",
          ".intoto.json",
          ".intoto",
          ".sigstore.json",
          ".sigstore",
          ".att.json",
          ".dsse.json",
          ".dsse",
          ".attestations.json");

  private static final int MOST_FILES = 32;
  private static final int MOST_ATTESTATIONS = 256;
  /// Larger files of attestations are not read, in bytes.
  public static final long MOST_BYTES = 16L << 20;

  private static final int PRINTED = 300;

  private final Trust trust;
  private final String version;
  private final InstantSource clock;

  /// @param version of this build
  public AttestationChecking(Trust trust, String version, InstantSource clock) {
    this.trust = trust;
    this.version = version;
    this.clock = clock;
  }

  /// Whether a file is one of attestations, by its name.
  ///
  /// @param path relative; only the top level counts
  public static boolean isOne(String path) {
    return path.indexOf('/') < 0
        && (path.equals("attestations.json") || ENDS.stream().anyMatch(path::endsWith));
  }

  @Override
  public String id() {
    return "attestations";
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public String ruleSet() {
    return Digest.sha256((version + "\n" + trust.digest()).getBytes(StandardCharsets.UTF_8))
        .toString();
  }

  @Override
  public Found examine(Quarantined subject, Meter meter) throws IOException {
    Map<String, Path> files = files(subject);
    Looked looked = new Looked(subject.identity());
    for (Map.Entry<String, Path> file : files.entrySet()) {
      looked.at(file.getKey(), file.getValue());
    }
    return new Found(
        looked.notExamined.isEmpty() ? Verdict.CLEAN : Verdict.INCOMPLETE,
        List.of(),
        looked.notExamined,
        new JsonMembers()
            .put("attestations", new JsonArray(looked.found))
            .put("claims", OriginClaims.together(List.of(looked.attested, looked.declared)))
            .object());
  }

  private static Map<String, Path> files(Quarantined subject) {
    Map<String, Path> files = new LinkedHashMap<>();
    // A single file is the artifact itself, whatever it is called.
    if (Files.isDirectory(subject.root())) {
      for (Identity.FileIdentity file : subject.identity().files()) {
        if (isOne(file.path())) {
          files.put(file.path(), subject.root().resolve(file.path()));
        }
      }
    }
    subject.beside().forEach(file -> files.put("beside: " + file.getFileName(), file));
    return files;
  }

  /// One examination.
  private final class Looked {
    private final List<JsonValue> found = new ArrayList<>();
    private final OriginClaims attested = new OriginClaims("attested");
    private final OriginClaims declared = new OriginClaims("declared");
    private final List<String> notExamined = new ArrayList<>();
    private final AttestedArtifact artifact;
    private final Map<String, String> parts = new LinkedHashMap<>();
    private final Map<List<Object>, AttestationsVerification> known = new HashMap<>();
    private final String tree;
    private int files;

    Looked(Identity identity) {
      Map<String, String> all = new LinkedHashMap<>();
      identity.files().forEach(file -> all.put(file.path(), file.sha256().hex()));
      all.forEach(
          (path, hex) -> {
            if (!isVoucher(path) || all.size() == 1) {
              parts.put(path, hex);
            }
          });
      // Who attests a folder has not yet put the attestation into it.
      StringBuilder list = new StringBuilder();
      parts.forEach((path, hex) -> list.append(hex).append("  ").append(path).append('\n'));
      this.tree = Digest.sha256(list.toString().getBytes(StandardCharsets.UTF_8)).hex();
      this.artifact = AttestedArtifact.ofTree("artifact", tree, Set.copyOf(parts.values()));
    }

    private static boolean isVoucher(String path) {
      return isOne(path) || (path.indexOf('/') < 0 && path.endsWith(".sig"));
    }

    void at(String name, Path file) throws IOException {
      if (files++ == MOST_FILES) {
        notExamined.add(name + ": more than " + MOST_FILES + " files of attestations");
      } else if (Files.size(file) > MOST_BYTES) {
        notExamined.add(name + ": a file of attestations over " + MOST_BYTES + " bytes");
      } else if (files <= MOST_FILES) {
        try {
          for (ClaimedAttestation claimed : ClaimedAttestation.of(file)) {
            one(name, file, claimed);
          }
        } catch (FormatException e) {
          found.add(shown(name, "", "", String.valueOf(e.getMessage())));
        }
      }
    }

    private void one(String name, Path file, ClaimedAttestation claimed) {
      String type = claimed.predicateType();
      if (type.equals(PredicateTypes.MODEL)) {
        return; // a signature over the model, for the examiner of signatures
      }
      if (found.size() == MOST_ATTESTATIONS) {
        notExamined.add(name + ": more than " + MOST_ATTESTATIONS + " attestations");
        return;
      }
      if (found.size() > MOST_ATTESTATIONS) {
        return;
      }
      String problem = claimed.problem();
      if (problem.isEmpty()) {
        problem = "nobody is trusted to say this";
        for (Trust.Issuer issuer : trust.whoMay(type)) {
          JsonObject verified = verified(name, file, claimed, issuer);
          if (verified.get("problem") == null) {
            found.add(verified);
            AttestedOrigin.read(claimed, name, attested);
            return;
          }
          problem = String.valueOf(verified.string("problem"));
        }
      }
      found.add(shown(name, claimed.place(), type, problem));
      if (!type.equals(Kind.DERIVATION.predicateType())) { // who computed it is all that counts
        AttestedOrigin.read(claimed, name, declared);
      }
    }

    private static JsonObject shown(String name, String place, String type, String problem) {
      return new JsonMembers()
          .put("file", name)
          .put("place", place)
          .put("type", Printable.of(type, PRINTED))
          .put("verified", false)
          .put("problem", Printable.of(problem, PRINTED))
          .object();
    }

    /// What this issuer's signature makes of it; with a `problem` if it is none of theirs.
    private JsonObject verified(
        String name, Path file, ClaimedAttestation claimed, Trust.Issuer issuer) {
      String type = claimed.predicateType();
      AttestationVerification first =
          verify(file, claimed, issuer, ProvenanceExpectations.NONE, SummaryExpectations.NONE);
      if (first == null) {
        return shown(name, claimed.place(), type, "changed while it was read");
      }
      JsonMembers members =
          new JsonMembers()
              .put("file", name)
              .put("place", claimed.place())
              .put("type", type)
              .put("verified", true)
              .put("identity", issuer.who().identity())
              .put(issuer.who().isKey() ? "key" : "issuer", Trust.key(issuer));
      AttestationVerification whole = first;
      if (PredicateTypes.PROVENANCE.contains(type) && first.verified() != null) {
        whole = byBuilder(file, claimed, issuer, members);
      } else if (type.equals(PredicateTypes.SUMMARY) && first.signer() != null) {
        whole = byVerifier(file, claimed, issuer, first);
      }
      VerifiedAttestation token = whole == null ? null : whole.verified();
      if (whole == null || whole.answer() != Answer.YES || token == null) {
        return shown(name, claimed.place(), type, problem(whole == null ? first : whole));
      }
      whole.claims().forEach(members::put);
      return members.put("uncovered", uncovered(token)).object();
    }

    private static String problem(AttestationVerification refused) {
      return refused.verified() == null && !refused.steps().isEmpty()
          ? refused.steps().getLast().name() + ": " + refused.steps().getLast().reason()
          : "the signer may not speak for this builder or verifier";
    }

    /// Provenance of a builder for whom the issuer may speak, or null.
    private @Nullable AttestationVerification byBuilder(
        Path file, ClaimedAttestation claimed, Trust.Issuer issuer, JsonMembers members) {
      for (String builder : new TreeSet<>(issuer.who().builders().keySet())) {
        ProvenanceExpectations expected =
            ProvenanceExpectations.of(List.of("builder=" + builder, "param.*=*"));
        AttestationVerification one =
            verify(file, claimed, issuer, expected, SummaryExpectations.NONE);
        if (one != null && one.answer() == Answer.YES) {
          members.put("spokenFor", builder);
          return one;
        }
      }
      return null;
    }

    /// A summary of a verifier for whom the issuer may speak, for a place that they may, or null.
    private @Nullable AttestationVerification byVerifier(
        Path file, ClaimedAttestation claimed, Trust.Issuer issuer, AttestationVerification first) {
      TrustedIssuer who = issuer.who();
      String verifier = first.claims().getOrDefault("verifier", "");
      String resource = first.claims().getOrDefault("resource", "");
      return who.verifiers().contains(verifier) && who.mayBeFor(resource)
          ? verify(
              file,
              claimed,
              issuer,
              ProvenanceExpectations.NONE,
              new SummaryExpectations(verifier, resource, List.of()))
          : null;
    }

    private @Nullable AttestationVerification verify(
        Path file,
        ClaimedAttestation claimed,
        Trust.Issuer issuer,
        ProvenanceExpectations provenance,
        SummaryExpectations summary) {
      AttestationExpectations expected =
          new AttestationExpectations(claimed.predicateType(), provenance, summary);
      // Everything in a file is verified at once; asking again for the next of it costs nothing.
      return known
          .computeIfAbsent(
              List.of(file, issuer, expected),
              key ->
                  AttestationsVerification.verify(
                      file, artifact, issuer.with(), expected, true, clock.instant()))
          .each()
          .stream()
          .filter(one -> one.place().equals(claimed.place()))
          .findFirst()
          .orElse(null);
    }

    /// Files that the statement does not mean.
    private List<String> uncovered(VerifiedAttestation token) {
      Set<String> meant = new TreeSet<>();
      for (Subject subject : token.statement().subjects()) {
        if (tree.equals(subject.digest().get("dirHash"))) {
          return List.of();
        }
        String hex = subject.digest().get("sha256");
        if (hex != null) {
          meant.add(hex);
        }
      }
      return parts.entrySet().stream()
          .filter(part -> !meant.contains(part.getValue()))
          .map(Map.Entry::getKey)
          .toList();
    }
  }
}
