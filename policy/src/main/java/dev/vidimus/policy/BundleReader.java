package dev.vidimus.policy;

import dev.vidimus.policy.PolicyBundle.PolicyCase;
import dev.vidimus.policy.PolicyBundle.Tier;
import dev.vidimus.policy.PolicyRule.Expression;
import dev.vidimus.policy.PolicyRule.Mode;
import dev.vidimus.policy.PolicyRule.Severity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads the files of a bundle. Goes on after a problem, so that all of them are told at once.
final class BundleReader {
  private static final String MANIFEST = "vidimus-policy.yaml";
  private static final List<String> STAGES = List.of("intake", "promote", "deploy", "runtime");
  private static final List<String> ANSWERS = List.of("pass", "fail", "unknown");
  private static final Set<String> RULE =
      Set.of(
          "id",
          "title",
          "severity",
          "mode",
          "unknown",
          "tiers",
          "stages",
          "expr",
          "message",
          "remediation",
          "controls",
          "awaits",
          "expires",
          "exceptable");

  private final Map<String, byte[]> files;
  private final List<String> problems = new ArrayList<>();
  private final List<PolicyRule> rules = new ArrayList<>();
  private final List<PolicyCase> cases = new ArrayList<>();
  private final List<TrustedIssuer> trusted = new ArrayList<>();
  private final List<StandingException> exceptions = new ArrayList<>();
  private final List<Transition> transitions = new ArrayList<>();
  private final Map<String, Tier> tiers = new LinkedHashMap<>();
  private final Map<String, String> environments = new LinkedHashMap<>();
  private final Map<String, Map<String, Object>> parameters = new LinkedHashMap<>();

  BundleReader(Map<String, byte[]> files) {
    this.files = new TreeMap<>(files);
  }

  private interface Part {
    void read(Yaml yaml) throws PolicyException;
  }

  PolicyBundle read() throws PolicyException {
    List<String> manifest = new ArrayList<>();
    List<String> changelog = new ArrayList<>();
    part(MANIFEST, yaml -> manifest(yaml, manifest, changelog));
    part("tiers.yaml", this::tiers);
    part("params.yaml", this::parameters);
    for (String file : files.keySet()) {
      if (file.startsWith("rules/") && file.endsWith(".yaml")) {
        part(file, this::rules);
      } else if (file.startsWith("tests/") && file.endsWith(".yaml")) {
        part(file, this::cases);
      } else if (file.equals("trust.yaml")) {
        part(file, yaml -> trusted.addAll(new TrustReader(files.keySet()).read(yaml)));
      } else if (file.equals("transitions.yaml")) {
        part(file, yaml -> transitions.addAll(LifeReader.transitions(yaml)));
      } else if (file.startsWith("exceptions/") && file.endsWith(".yaml")) {
        part(file, yaml -> exceptions.addAll(LifeReader.exceptions(yaml, tiers.keySet())));
      } else if (!Set.of(MANIFEST, "tiers.yaml", "params.yaml").contains(file)
          && !file.endsWith(".md")
          && !(file.startsWith("trust/") && file.endsWith(".json"))) {
        problems.add(file + ": is no file of a policy bundle");
      }
    }
    Set<String> ids = new HashSet<>();
    for (PolicyRule rule : rules) {
      if (!ids.add(rule.id())) {
        problems.add(rule.place() + ": there is a rule " + rule.id() + " already");
      }
    }
    requireExceptionsOfRules();
    if (!problems.isEmpty()) {
      throw new PolicyException(problems);
    }
    return new PolicyBundle(
        manifest.get(0),
        manifest.get(1),
        manifest.get(2),
        changelog,
        tiers,
        environments,
        parameters,
        rules,
        trusted,
        exceptions,
        transitions,
        cases,
        files);
  }

  private void requireExceptionsOfRules() {
    Set<String> ids = new HashSet<>();
    for (StandingException exception : exceptions) {
      if (!ids.add(exception.id())) {
        problems.add(exception.place() + ": there is an exception " + exception.id() + " already");
      }
      PolicyRule of =
          rules.stream().filter(r -> r.id().equals(exception.rule())).findFirst().orElse(null);
      if (of == null || !of.exceptable()) {
        List<String> known =
            rules.stream().filter(PolicyRule::exceptable).map(PolicyRule::id).toList();
        problems.add(
            exception.place()
                + ": "
                + exception.rule()
                + " is no rule of which an exception may be made"
                + Suggestion.of(exception.rule(), known));
      }
    }
  }

  private void part(String file, Part part) {
    byte[] bytes = files.get(file);
    if (bytes == null) {
      problems.add(file + ": is missing");
      return;
    }
    try {
      part.read(Yaml.read(file, bytes));
    } catch (PolicyException e) {
      problems.addAll(e.problems());
    }
  }

  static Yaml required(Map<String, Yaml> members, String name, Yaml of) throws PolicyException {
    Yaml value = members.get(name);
    if (value == null) {
      throw of.problem("has no field " + name);
    }
    return value;
  }

  private static void manifest(Yaml yaml, List<String> texts, List<String> changelog)
      throws PolicyException {
    Map<String, Yaml> members =
        yaml.members(Set.of("name", "version", "owner", "effectiveFrom", "changelog"));
    for (String name : List.of("name", "version", "owner")) {
      texts.add(required(members, name, yaml).text());
    }
    changelog.addAll(required(members, "changelog", yaml).texts());
  }

  private void tiers(Yaml yaml) throws PolicyException {
    Map<String, Yaml> members = yaml.members(Set.of("tiers", "environments"));
    Yaml all = required(members, "tiers", yaml);
    for (Map.Entry<String, Yaml> tier : all.members(Set.of()).entrySet()) {
      Yaml days =
          required(
              tier.getValue().members(Set.of("longestExceptionDays")),
              "longestExceptionDays",
              tier.getValue());
      if (!(days.plain() instanceof Long number) || number < 0) {
        throw days.problem("is no number of days");
      }
      tiers.put(tier.getKey(), new Tier(number));
    }
    Yaml places = required(members, "environments", yaml);
    for (Map.Entry<String, Yaml> place : places.members(Set.of()).entrySet()) {
      environments.put(place.getKey(), one(place.getValue(), tiers.keySet()));
    }
  }

  static String one(Yaml yaml, Collection<String> known) throws PolicyException {
    String text = yaml.text();
    if (!known.contains(text)) {
      throw yaml.problem(
          text + " is none of " + String.join(", ", known) + Suggestion.of(text, known));
    }
    return text;
  }

  static List<String> some(@Nullable Yaml yaml, Collection<String> known, List<String> otherwise)
      throws PolicyException {
    if (yaml == null) {
      return otherwise;
    }
    List<String> texts = new ArrayList<>();
    for (Yaml element : yaml.elements()) {
      texts.add(one(element, known));
    }
    return texts;
  }

  static List<String> texts(@Nullable Yaml yaml) throws PolicyException {
    return yaml == null ? List.of() : yaml.texts();
  }

  private void parameters(Yaml yaml) throws PolicyException {
    Map<String, Yaml> byTier = yaml.members(tiers.keySet());
    Map<String, Object> first = new TreeMap<>();
    for (String tier : tiers.keySet()) {
      Yaml values = required(byTier, tier, yaml);
      Map<String, Object> parsed = new TreeMap<>();
      for (Map.Entry<String, Yaml> value : values.members(Set.of()).entrySet()) {
        parsed.put(value.getKey(), value.getValue().plain());
      }
      if (first.isEmpty()) {
        first.putAll(parsed);
      }
      boolean same =
          first.keySet().equals(parsed.keySet())
              && parsed.entrySet().stream()
                  .allMatch(entry -> isOfOneKind(first.get(entry.getKey()), entry.getValue()));
      if (!same) {
        throw values.problem("every tier needs the same parameters, of the same kinds");
      }
      parameters.put(tier, parsed);
    }
  }

  private static boolean isOfOneKind(@Nullable Object a, Object b) {
    return a != null && ((a instanceof List && b instanceof List) || a.getClass() == b.getClass());
  }

  private void rules(Yaml yaml) throws PolicyException {
    for (Yaml element : yaml.elements()) {
      try {
        rules.add(rule(element));
      } catch (PolicyException e) {
        problems.addAll(e.problems());
      }
    }
  }

  private PolicyRule rule(Yaml yaml) throws PolicyException {
    Map<String, Yaml> members = yaml.members(RULE);
    Yaml expression = required(members, "expr", yaml);
    Map<String, Yaml> remediation =
        required(members, "remediation", yaml).members(Set.of("action", "who"));
    Yaml awaits = members.get("awaits");
    if (awaits != null) {
      one(awaits, List.of("approval"));
    }
    Yaml exceptable = members.get("exceptable");
    Map<String, Mode> modes = modes(required(members, "mode", yaml), members.get("tiers"));
    return new PolicyRule(
        required(members, "id", yaml).text(),
        required(members, "title", yaml).text(),
        Severity.valueOf(
            upper(required(members, "severity", yaml), "low", "medium", "high", "critical")),
        modes,
        unknown(members.get("unknown"), modes),
        some(members.get("stages"), STAGES, List.of("promote", "deploy", "runtime")),
        new Expression(
            expression.text(),
            yaml.file(),
            expression.line() + (expression.isBlock() ? 1 : 0),
            expression.isBlock() ? 1 : expression.column()),
        required(members, "message", yaml).text(),
        required(remediation, "action", yaml).text(),
        required(remediation, "who", yaml).text(),
        required(members, "controls", yaml).texts(),
        awaits != null,
        expires(members.get("expires")),
        exceptable == null || one(exceptable, List.of("true", "false")).equals("true"),
        yaml.place());
  }

  /// One word for all tiers of the rule, or a word for each of its tiers.
  private Map<String, Mode> modes(Yaml mode, @Nullable Yaml of) throws PolicyException {
    Map<String, Mode> modes = new LinkedHashMap<>();
    if (mode.isMapping()) {
      if (of != null) {
        throw of.problem("the rule has its tiers in mode already");
      }
      for (Map.Entry<String, Yaml> one : mode.members(tiers.keySet()).entrySet()) {
        modes.put(one.getKey(), mode(one.getValue()));
      }
    } else {
      for (String tier : some(of, tiers.keySet(), List.copyOf(tiers.keySet()))) {
        modes.put(tier, mode(mode));
      }
    }
    return modes;
  }

  /// A word for each tier in which a missing fact does less than a failure.
  private static Map<String, Mode> unknown(@Nullable Yaml yaml, Map<String, Mode> modes)
      throws PolicyException {
    Map<String, Mode> unknown = new LinkedHashMap<>();
    if (yaml != null) {
      for (Map.Entry<String, Yaml> one : yaml.members(modes.keySet()).entrySet()) {
        Mode mode = mode(one.getValue());
        Mode failure = modes.getOrDefault(one.getKey(), Mode.OFF);
        if (mode == Mode.OFF || mode.compareTo(failure) >= 0) {
          throw one.getValue()
              .problem("a missing fact does less than a failure (" + failure.word() + "), not off");
        }
        unknown.put(one.getKey(), mode);
      }
    }
    return unknown;
  }

  private static Mode mode(Yaml yaml) throws PolicyException {
    return Mode.valueOf(upper(yaml, "off", "shadow", "warn", "enforce"));
  }

  /// The parameter that says after how many hours a scan is too old.
  private String expires(@Nullable Yaml yaml) throws PolicyException {
    if (yaml == null) {
      return "";
    }
    for (Map<String, Object> values : parameters.values()) {
      if (!(values.get(yaml.text()) instanceof Long)) {
        throw yaml.problem(
            yaml.text()
                + " is no parameter that counts hours"
                + Suggestion.of(yaml.text(), values.keySet()));
      }
    }
    return yaml.text();
  }

  private static String upper(Yaml yaml, String... known) throws PolicyException {
    return one(yaml, List.of(known)).toUpperCase(Locale.ROOT);
  }

  private void cases(Yaml yaml) throws PolicyException {
    for (Yaml element : yaml.elements()) {
      Map<String, Yaml> members =
          element.members(Set.of("rule", "name", "tier", "facts", "expect"));
      Map<String, Map<String, Object>> facts = new TreeMap<>();
      Yaml given = required(members, "facts", element);
      Set<String> words = new LinkedHashSet<>();
      for (FactSchema section : FactSchema.values()) {
        words.add(section.word());
      }
      for (Map.Entry<String, Yaml> section : given.members(words).entrySet()) {
        facts.put(section.getKey(), fields(section.getKey(), section.getValue()));
      }
      cases.add(
          new PolicyCase(
              required(members, "rule", element).text(),
              required(members, "name", element).text(),
              facts,
              one(required(members, "tier", element), tiers.keySet()),
              one(required(members, "expect", element), ANSWERS),
              element.place()));
    }
  }

  private static Map<String, Object> fields(String word, Yaml yaml) throws PolicyException {
    FactSchema section = FactSchema.ofWord(word);
    if (section == null) {
      throw yaml.problem("no section " + word);
    }
    Map<String, Object> fields = new TreeMap<>();
    for (Map.Entry<String, Yaml> field : yaml.members(section.fields()).entrySet()) {
      Object value = field.getValue().plain();
      try {
        new Facts.Builder().put(section, field.getKey(), value);
      } catch (IllegalArgumentException e) {
        throw field.getValue().problem(String.valueOf(e.getMessage()));
      }
      fields.put(field.getKey(), value);
    }
    return fields;
  }
}
