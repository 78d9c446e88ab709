package dev.vidimus.evidence.slsa;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.Steps;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Compares provenance with expectations, by steps 2 and 3 of [verifying build
/// artifacts](https://slsa.dev/spec/v1.2/verifying-artifacts). As soon as anything is expected,
/// every external parameter must be: one that nobody thought of may be the one that does the harm.
public final class ProvenanceVerifier {
  private static final int PRINTED = 300;

  /// A release, never `v1` or a branch, which move.
  private static final Pattern RELEASE =
      Pattern.compile("@refs/tags/v[0-9]+\\.[0-9]+\\.[0-9]+(-[0-9A-Za-z.-]+)?");

  private final Provenance provenance;
  private final ProvenanceExpectations expected;

  private ProvenanceVerifier(Provenance provenance, ProvenanceExpectations expected) {
    this.provenance = provenance;
    this.expected = expected;
  }

  /// Requires that provenance is as expected; what is not expected is not looked at, but noted.
  public static void require(Steps steps, Provenance provenance, ProvenanceExpectations expected)
      throws CheckFailed, FormatException, IOException {
    new ProvenanceVerifier(provenance, expected).require(steps);
  }

  private void require(Steps steps) throws CheckFailed, FormatException, IOException {
    if (expected.isEmpty()) {
      steps.note("nothing was expected of the build; only who signed, and about what, was checked");
      return;
    }
    String builder = expected.builder();
    if (builder == null) {
      steps.note("no builder was expected: whoever has the signer's key can name any");
    } else {
      steps.take("builder", () -> builder(builder));
    }
    String buildType = expected.buildType();
    if (buildType != null) {
      steps.take("build type", () -> equal("build type", buildType, provenance.buildType()));
    }
    String source = expected.source();
    String ref = ref();
    if (source != null) {
      String repository = SourceUri.of(source).repository();
      steps.take("source", () -> source(repository));
    }
    if (ref != null) {
      steps.take("ref", () -> ref(ref));
    }
    steps.take("parameters", this::parameters);
    if (!expected.dependencies().isEmpty()) {
      steps.take("dependencies", this::dependencies);
    }
  }

  private @Nullable String ref() {
    String source = expected.source();
    if (expected.ref() != null || source == null) {
      return expected.ref();
    }
    String ref = SourceUri.of(source).ref();
    return ref.isEmpty() ? null : ref;
  }

  private String builder(String wanted) throws CheckFailed {
    String found = provenance.builderId();
    boolean isRelease =
        wanted.indexOf('@') < 0
            && found.startsWith(wanted)
            && RELEASE.matcher(found.substring(wanted.length())).matches();
    if (!found.equals(wanted) && !isRelease) {
      throw new CheckFailed("builder", wanted, Printable.of(found, PRINTED));
    }
    return found;
  }

  private static String equal(String step, String wanted, String found) throws CheckFailed {
    if (!wanted.equals(found)) {
      throw new CheckFailed(step, wanted, Printable.of(found, PRINTED));
    }
    return found;
  }

  /// Every place that names the source must name this one, and there must be one.
  private String source(String wanted) throws CheckFailed {
    List<String> found = new ArrayList<>();
    for (String uri : provenance.sources().values()) {
      String repository = SourceUri.of(uri).repository();
      if (!repository.isEmpty()) {
        found.add(repository);
      }
    }
    return all("source", wanted, found);
  }

  private String ref(String wanted) throws CheckFailed {
    List<String> found = new ArrayList<>();
    for (String uri : provenance.sources().values()) {
      String ref = SourceUri.of(uri).ref();
      if (!ref.isEmpty()) {
        found.add(ref);
      }
    }
    return all("ref", wanted, found);
  }

  private static String all(String step, String wanted, List<String> found) throws CheckFailed {
    if (found.isEmpty() || !found.stream().allMatch(wanted::equals)) {
      throw new CheckFailed(
          step,
          wanted,
          found.isEmpty()
              ? "none"
              : Printable.of(String.join(", ", new TreeSet<>(found)), PRINTED));
    }
    return wanted;
  }

  private List<Parameter> parameters() throws CheckFailed {
    List<Parameter> parameters = Parameter.of(provenance.externalParameters());
    for (String name : new TreeSet<>(expected.parameters().keySet())) {
      boolean isPattern = name.equals("*") || name.endsWith(".*");
      if (!isPattern && parameters.stream().noneMatch(one -> one.name().equals(name))) {
        throw new CheckFailed("parameters", "a parameter " + name, "none of that name");
      }
    }
    for (Parameter parameter : parameters) {
      if (!expected.allows(parameter) && !isSource(parameter)) {
        String value = expected.parameters().get(parameter.name());
        throw new CheckFailed(
            "parameters",
            value == null ? "no parameter that is not expected" : parameter.name() + "=" + value,
            Printable.of(parameter.name() + "=" + parameter.value(), PRINTED));
      }
    }
    return parameters;
  }

  /// Whether the step before has compared everything that a parameter says.
  private boolean isSource(Parameter parameter) {
    if (expected.parameters().containsKey(parameter.name())) {
      return false; // another value was expected
    }
    for (Map.Entry<String, String> source : provenance.sources().entrySet()) {
      // The value is compared too, because names with dots in them can look like another's place.
      boolean isThis =
          source.getKey().equals(parameter.name())
              && (source.getValue().equals(parameter.value())
                  || source.getValue().equals("@" + parameter.value()));
      if (isThis) {
        SourceUri uri = SourceUri.of(source.getValue());
        return (uri.repository().isEmpty() || expected.source() != null)
            && (uri.ref().isEmpty() || ref() != null);
      }
    }
    return false;
  }

  private List<Dependency> dependencies() throws CheckFailed {
    for (String wanted : expected.dependencies()) {
      if (provenance.dependencies().stream()
          .noneMatch(one -> ProvenanceExpectations.isMet(wanted, one))) {
        throw new CheckFailed(
            "dependencies", wanted, Printable.of(provenance.dependencies().toString(), PRINTED));
      }
    }
    return provenance.dependencies();
  }
}
