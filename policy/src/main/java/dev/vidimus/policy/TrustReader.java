package dev.vidimus.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads `trust.yaml`: `keys` and `identities`.
final class TrustReader {
  private static final Set<String> KEY =
      Set.of("identity", "key", "may", "builders", "verifiers", "resources");
  private static final Set<String> IDENTITY =
      Set.of("identity", "issuer", "root", "may", "builders", "verifiers", "resources");

  private static final long HIGHEST_LEVEL = 4;

  private final Set<String> files;

  /// @param files paths of the bundle
  TrustReader(Set<String> files) {
    this.files = files;
  }

  List<TrustedIssuer> read(Yaml yaml) throws PolicyException {
    List<TrustedIssuer> trusted = new ArrayList<>();
    Map<String, Yaml> members = yaml.members(Set.of("keys", "identities"));
    for (Yaml element : BundleReader.required(members, "keys", yaml).elements()) {
      Map<String, Yaml> key = element.members(KEY);
      trusted.add(issuer(element, key, "", "", BundleReader.required(key, "key", element).text()));
    }
    Yaml identities = members.get("identities");
    if (identities != null) {
      for (Yaml element : identities.elements()) {
        Map<String, Yaml> identity = element.members(IDENTITY);
        Yaml root = BundleReader.required(identity, "root", element);
        if (!files.contains("trust/" + root.text() + ".json")) {
          throw root.problem("the bundle has no file trust/" + root.text() + ".json");
        }
        String issuer = BundleReader.required(identity, "issuer", element).text();
        trusted.add(issuer(element, identity, issuer, root.text(), ""));
      }
    }
    return trusted;
  }

  private static TrustedIssuer issuer(
      Yaml of, Map<String, Yaml> members, String issuer, String root, String pem)
      throws PolicyException {
    Yaml may = members.get("may");
    List<String> types = may == null ? List.of(PredicateTypes.MODEL) : PredicateTypes.of(may);
    Map<String, Long> builders = builders(members.get("builders"));
    List<String> verifiers = BundleReader.texts(members.get("verifiers"));
    List<String> resources = BundleReader.texts(members.get("resources"));
    // Whoever holds a key can name any builder and any verifier: only these are believed.
    if (types.stream().anyMatch(PredicateTypes.PROVENANCE::contains) && builders.isEmpty()) {
      throw of.problem("may issue provenance, and has no builders: {ID: SLSA level}");
    }
    if (types.contains(PredicateTypes.SUMMARY) && (verifiers.isEmpty() || resources.isEmpty())) {
      throw of.problem("may issue a vsa, and has no verifiers or no resources");
    }
    String identity = BundleReader.required(members, "identity", of).text();
    if (identity.isEmpty()) {
      throw of.problem("has an empty identity");
    }
    return new TrustedIssuer(
        identity, issuer, root, pem, types, builders, verifiers, resources, of.place());
  }

  private static Map<String, Long> builders(@Nullable Yaml yaml) throws PolicyException {
    Map<String, Long> builders = new TreeMap<>();
    if (yaml != null) {
      for (Map.Entry<String, Yaml> builder : yaml.members(Set.of()).entrySet()) {
        if (!(builder.getValue().plain() instanceof Long level)
            || level < 0
            || level > HIGHEST_LEVEL) {
          throw builder.getValue().problem("is no SLSA level from 0 to " + HIGHEST_LEVEL);
        }
        builders.put(builder.getKey(), level);
      }
    }
    return builders;
  }
}
