package dev.vidimus.policy;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelProtoAbstractSyntaxTree;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Compiles rules against the schema of the facts. Only linting and publishing do this; a decision
/// loads what was compiled.
final class RuleCompiler {
  private static final int LONGEST = 10_000;
  private static final int DEEPEST = 64;
  private static final Pattern UNDEFINED = Pattern.compile("undefined field '([^']*)'");

  private final CelCompiler compiler;
  private final FactTypes types;

  RuleCompiler(PolicyBundle bundle) {
    types = new FactTypes(anyParameters(bundle));
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(
                CelOptions.current()
                    .maxExpressionCodePointSize(LONGEST)
                    .maxParseRecursionDepth(DEEPEST)
                    .build())
            .setStandardMacros(
                CelStandardMacro.ALL, CelStandardMacro.EXISTS, CelStandardMacro.FILTER)
            .setTypeProvider(types)
            .setResultType(SimpleType.BOOL);
    types.variables().forEach(builder::addVar);
    compiler = builder.build();
  }

  /// The parameters of one tier, for their kinds.
  static Map<String, Object> anyParameters(PolicyBundle bundle) {
    return bundle.parameters().values().stream().findFirst().orElse(Map.of());
  }

  /// Compiles every rule.
  ///
  /// @return the checked syntax tree of each by its id, in the form that is stored
  /// @throws PolicyException naming file, line and column of everything that is wrong
  Map<String, byte[]> compile(List<PolicyRule> rules) throws PolicyException {
    Map<String, byte[]> compiled = new TreeMap<>();
    List<String> problems = new ArrayList<>();
    for (PolicyRule rule : rules) {
      try {
        CelAbstractSyntaxTree tree = compiler.compile(rule.expression().text()).getAst();
        compiled.put(
            rule.id(), CelProtoAbstractSyntaxTree.fromCelAst(tree).toCheckedExpr().toByteArray());
      } catch (CelValidationException e) {
        for (CelIssue issue : e.getErrors()) {
          problems.add(place(rule.expression(), issue.getSourceLocation()) + text(issue));
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new PolicyException(problems);
    }
    return compiled;
  }

  private static String place(PolicyRule.Expression expression, CelSourceLocation at) {
    int line = Math.max(at.getLine(), 1);
    int column = Math.max(at.getColumn(), 0);
    return expression.file()
        + ":"
        + (expression.line() + line - 1)
        + ":"
        + (line == 1 ? expression.column() + column : column + 1)
        + ": ";
  }

  private String text(CelIssue issue) {
    Matcher undefined = UNDEFINED.matcher(issue.getMessage());
    if (undefined.find()) {
      List<String> fields = new ArrayList<>();
      types.variables().values().forEach(type -> fields.addAll(type.fieldNames()));
      return issue.getMessage() + near(undefined.group(1), fields);
    }
    Matcher undeclared =
        Pattern.compile("undeclared reference to '([^']*)'").matcher(issue.getMessage());
    return undeclared.find()
        ? issue.getMessage() + near(undeclared.group(1), types.variables().keySet())
        : issue.getMessage();
  }

  private static String near(String word, Collection<String> known) {
    return Suggestion.of(word, known);
  }
}
