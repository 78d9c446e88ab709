package dev.vidimus.policy;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads `transitions.yaml` and the files of `exceptions/`.
final class LifeReader {
  private static final Set<String> EXCEPTION =
      Set.of("id", "rule", "artifact", "reason", "owner", "approver", "expires", "tiers");
  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

  private LifeReader() {}

  /// Every step is there once, so that none is forgotten.
  static List<Transition> transitions(Yaml yaml) throws PolicyException {
    List<Transition> transitions = new ArrayList<>();
    List<String> missing = new ArrayList<>(Transition.STEPS);
    Yaml list = BundleReader.required(yaml.members(Set.of("transitions")), "transitions", yaml);
    for (Yaml element : list.elements()) {
      Map<String, Yaml> members = element.members(Set.of("to", "from", "roles"));
      Yaml to = BundleReader.required(members, "to", element);
      String step = BundleReader.one(to, Transition.STEPS);
      if (!missing.remove(step)) {
        throw to.problem("there is a transition to " + step + " already");
      }
      Yaml from = members.get("from");
      if (from != null && Transition.SAFE.contains(step)) {
        throw from.problem(step + " is a step towards safety, which every state allows");
      }
      transitions.add(
          new Transition(
              step,
              BundleReader.some(from, Transition.STATES, Transition.STATES),
              BundleReader.some(
                  BundleReader.required(members, "roles", element), Transition.ROLES, List.of())));
    }
    if (!missing.isEmpty()) {
      throw list.problem("has no transition to " + String.join(", ", missing));
    }
    return transitions;
  }

  static List<StandingException> exceptions(Yaml yaml, Collection<String> tiers)
      throws PolicyException {
    List<StandingException> exceptions = new ArrayList<>();
    for (Yaml element : yaml.elements()) {
      Map<String, Yaml> members = element.members(EXCEPTION);
      Yaml artifact = BundleReader.required(members, "artifact", element);
      if (!DIGEST.matcher(artifact.text()).matches()) {
        throw artifact.problem("is no exact digest, sha256: and 64 lower-case hex digits");
      }
      String owner = BundleReader.required(members, "owner", element).text();
      Yaml approver = BundleReader.required(members, "approver", element);
      if (owner.isEmpty() || approver.text().isEmpty() || owner.equals(approver.text())) {
        throw approver.problem("is nobody, or the owner: an exception takes two people");
      }
      exceptions.add(
          new StandingException(
              BundleReader.required(members, "id", element).text(),
              BundleReader.required(members, "rule", element).text(),
              artifact.text(),
              BundleReader.required(members, "reason", element).text(),
              owner,
              approver.text(),
              instant(BundleReader.required(members, "expires", element)),
              BundleReader.some(members.get("tiers"), tiers, List.copyOf(tiers)),
              element.place()));
    }
    return exceptions;
  }

  private static Instant instant(Yaml yaml) throws PolicyException {
    try {
      return Instant.parse(yaml.text());
    } catch (DateTimeException e) {
      throw yaml.problem("is no time such as 2026-11-21T10:42:55Z");
    }
  }
}
