package dev.vidimus.policy;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelProtoAbstractSyntaxTree;
import dev.cel.expr.CheckedExpr;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.vidimus.policy.Decision.Outcome;
import dev.vidimus.policy.Decision.RuleResult;
import dev.vidimus.policy.Decision.Status;
import dev.vidimus.policy.PolicyRule.Mode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A policy whose rules are compiled and can be asked. Immutable and safe for use by many threads.
public final class CheckedPolicy {
  private static final int MOST_ITERATIONS = 100_000;

  private final PolicyBundle bundle;
  private final Map<String, byte[]> trees;
  private final List<Compiled> rules;
  private final String digest;

  private record Compiled(PolicyRule rule, CelRuntime.Program program, Set<FactPath> asks) {}

  private CheckedPolicy(PolicyBundle bundle, Map<String, byte[]> trees) throws PolicyException {
    this.bundle = bundle;
    this.trees = new TreeMap<>(trees);
    this.digest = bundle.digest().toString();
    CelRuntime runtime =
        CelRuntimeFactory.legacyCelRuntimeBuilder()
            .setOptions(CelOptions.current().comprehensionMaxIterations(MOST_ITERATIONS).build())
            .build();
    List<Compiled> compiled = new ArrayList<>();
    for (PolicyRule rule : bundle.rules()) {
      byte[] tree = trees.get(rule.id());
      if (tree == null) {
        throw new PolicyException(rule.place() + ": the rule " + rule.id() + " is not compiled");
      }
      try {
        CelAbstractSyntaxTree checked =
            CelProtoAbstractSyntaxTree.fromCheckedExpr(CheckedExpr.parseFrom(tree)).getAst();
        compiled.add(
            new Compiled(rule, runtime.createProgram(checked), FactPath.of(checked.getExpr())));
      } catch (CelEvaluationException | InvalidProtocolBufferException e) {
        throw new PolicyException(rule.place() + ": cannot be loaded: " + e.getMessage());
      }
    }
    this.rules = List.copyOf(compiled);
  }

  /// Compiles a bundle.
  ///
  /// @throws PolicyException naming file, line and column of everything that is wrong
  public static CheckedPolicy compile(PolicyBundle bundle) throws PolicyException {
    return new CheckedPolicy(bundle, new RuleCompiler(bundle).compile(bundle.rules()));
  }

  /// Loads a bundle that was compiled before.
  ///
  /// @param trees what [#trees] gave
  public static CheckedPolicy load(PolicyBundle bundle, Map<String, byte[]> trees)
      throws PolicyException {
    return new CheckedPolicy(bundle, trees);
  }

  /// The bundle.
  public PolicyBundle bundle() {
    return bundle;
  }

  /// Digest of the bundle, with its prefix.
  public String digest() {
    return digest;
  }

  /// The checked syntax tree of each rule, by its id.
  public Map<String, byte[]> trees() {
    return new TreeMap<>(trees);
  }

  /// Decides. The same facts always give the same decision.
  ///
  /// @param facts with a section `question`, which says stage, tier, environment and time
  public Decision evaluate(Facts facts) {
    String tier = facts.question("tier");
    String stage = facts.question("stage");
    Map<String, Object> variables = new TreeMap<>(facts.sections());
    variables.put(FactTypes.PARAMETERS, bundle.parameters().getOrDefault(tier, Map.of()));
    List<RuleResult> results = new ArrayList<>();
    Facts.Exempt used = null; // of those that are, the one that ends first
    for (Compiled compiled : rules) {
      PolicyRule rule = compiled.rule();
      if (rule.mode(tier) != Mode.OFF && rule.stages().contains(stage)) {
        RuleResult result = result(compiled, tier, facts, variables);
        Facts.Exempt exempt = exempt(result, facts, tier);
        if (exempt != null) {
          result = excepted(result, exempt);
          used = used == null || exempt.expires().isBefore(used.expires()) ? exempt : used;
        }
        results.add(result);
      }
    }
    return new Decision(
        outcome(results),
        results,
        digest,
        earlier(used == null ? null : used.expires(), stale(results, facts, tier)));
  }

  private static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.isBefore(b) ? a : b;
  }

  /// When the scan is too old for the first of these rules.
  private @Nullable Instant stale(List<RuleResult> results, Facts facts, String tier) {
    Instant first = null;
    if (facts.value("scan", "finishedOn") instanceof String text) {
      for (RuleResult result : results) {
        boolean counts = result.mode() == Mode.ENFORCE && result.status() != Status.EXCEPTED;
        if (counts
            && bundle.parameters().getOrDefault(tier, Map.of()).get(result.rule().expires())
                instanceof Long hours) {
          // An age is counted in whole hours, and the last allowed one has to be over.
          first = earlier(first, Instant.parse(text).plus(Duration.ofHours(hours + 1)));
        }
      }
    }
    return first;
  }

  /// How one rule goes for these facts, wherever it applies; no exception counts.
  Status status(String rule, Facts facts) {
    Map<String, Object> variables = new TreeMap<>(facts.sections());
    variables.put(
        FactTypes.PARAMETERS, bundle.parameters().getOrDefault(facts.question("tier"), Map.of()));
    for (Compiled compiled : rules) {
      if (compiled.rule().id().equals(rule)) {
        return result(compiled, facts.question("tier"), facts, variables).status();
      }
    }
    return Status.UNKNOWN;
  }

  private static Outcome outcome(List<RuleResult> results) {
    boolean waits = false;
    boolean unknown = false;
    for (RuleResult result : results) {
      if (result.blocks()) {
        if (result.rule().awaitsApproval()) {
          waits = true;
        } else if (result.status() == Status.FAIL) {
          return Outcome.FAILED;
        } else {
          unknown = true;
        }
      }
    }
    if (unknown) {
      return Outcome.UNKNOWN;
    }
    return waits ? Outcome.AWAITING_APPROVAL : Outcome.PASSED;
  }

  private static RuleResult result(
      Compiled compiled, String tier, Facts facts, Map<String, Object> variables) {
    Map<String, Object> values = new TreeMap<>();
    Set<String> evidence = new LinkedHashSet<>();
    List<String> missing = new ArrayList<>();
    for (FactPath path : compiled.asks()) {
      Object value = value(variables, path);
      if (value == null) {
        missing.add(path.toString());
      } else {
        values.put(path.toString(), value);
      }
      evidence.addAll(facts.evidence(path.section()));
    }
    Status status;
    String message = "";
    if (!missing.isEmpty()) {
      status = Status.UNKNOWN;
      message = "no evidence says " + String.join(", ", missing);
    } else {
      try {
        boolean passes = Boolean.TRUE.equals(compiled.program().eval(variables));
        status = passes ? Status.PASS : Status.FAIL;
        message = passes ? "" : Message.of(compiled.rule().message(), variables);
      } catch (CelEvaluationException e) {
        status = Status.UNKNOWN;
        message = "cannot be evaluated: " + e.getMessage();
      }
    }
    PolicyRule rule = compiled.rule();
    Mode mode = status == Status.UNKNOWN ? rule.unknown(tier) : rule.mode(tier);
    return new RuleResult(rule, mode, status, message, values, List.copyOf(evidence), "");
  }

  private static @Nullable Object value(Map<String, Object> variables, FactPath path) {
    return variables.get(path.section()) instanceof Map<?, ?> fields
        ? fields.get(path.field())
        : null;
  }

  private static RuleResult excepted(RuleResult result, Facts.Exempt exempt) {
    return new RuleResult(
        result.rule(),
        result.mode(),
        Status.EXCEPTED,
        result.message() + "; excepted until " + exempt.expires(),
        result.values(),
        result.evidence(),
        exempt.id());
  }

  /// The exception that saves a result, or null: one that people asked for and granted, or one of
  /// the policy.
  private Facts.@Nullable Exempt exempt(RuleResult result, Facts facts, String tier) {
    if (result.status() == Status.PASS || !result.rule().exceptable()) {
      return null;
    }
    for (Facts.Exempt exempt : facts.exceptions()) {
      if (exempt.rule().equals(result.rule().id()) && holds(exempt, facts, tier)) {
        return exempt;
      }
    }
    for (StandingException standing : bundle.exceptions()) {
      if (standing.rule().equals(result.rule().id())
          && standing.tiers().contains(tier)
          && facts.isAbout(standing.artifact())
          && holds(standing.exempt(), facts, tier)) {
        return standing.exempt();
      }
    }
    return null;
  }

  /// An exception holds from its grant by another person until, but not at, its end, and never
  /// longer than the tier allows from now. Whoever submitted the artifact grants none.
  private boolean holds(Facts.Exempt exempt, Facts facts, String tier) {
    Instant now = facts.now();
    PolicyBundle.Tier limits = bundle.tiers().get(tier);
    return now != null
        && limits != null
        && !exempt.approver().isEmpty()
        && !exempt.approver().equals(exempt.owner())
        && !facts.texts("artifact", "submitters").contains(exempt.approver())
        && now.isBefore(exempt.expires())
        && !exempt.expires().isAfter(now.plus(Duration.ofDays(limits.longestExceptionDays())));
  }
}
