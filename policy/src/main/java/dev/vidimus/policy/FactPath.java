package dev.vidimus.policy;

import dev.cel.common.ast.CelExpr;
import java.util.LinkedHashSet;
import java.util.Set;

/// A field of a section that a rule asks for.
///
/// @param section `scan`
/// @param field `verdict`
record FactPath(String section, String field) {
  /// Every field that an expression mentions, in order.
  static Set<FactPath> of(CelExpr expression) {
    Set<FactPath> paths = new LinkedHashSet<>();
    collect(expression, paths);
    return paths;
  }

  private static void collect(CelExpr expression, Set<FactPath> paths) {
    switch (expression.getKind()) {
      case SELECT -> {
        CelExpr operand = expression.select().operand();
        if (operand.getKind() == CelExpr.ExprKind.Kind.IDENT && isSection(operand.ident().name())) {
          paths.add(new FactPath(operand.ident().name(), expression.select().field()));
        } else {
          collect(operand, paths);
        }
      }
      case CALL -> {
        expression.call().target().ifPresent(target -> collect(target, paths));
        expression.call().args().forEach(argument -> collect(argument, paths));
      }
      case LIST -> expression.list().elements().forEach(element -> collect(element, paths));
      case MAP ->
          expression
              .map()
              .entries()
              .forEach(
                  entry -> {
                    collect(entry.key(), paths);
                    collect(entry.value(), paths);
                  });
      case COMPREHENSION -> {
        collect(expression.comprehension().iterRange(), paths);
        collect(expression.comprehension().accuInit(), paths);
        collect(expression.comprehension().loopCondition(), paths);
        collect(expression.comprehension().loopStep(), paths);
        collect(expression.comprehension().result(), paths);
      }
      default -> {
        // constants, identifiers and messages mention no field
      }
    }
  }

  private static boolean isSection(String name) {
    return name.equals(FactTypes.PARAMETERS) || FactSchema.ofWord(name) != null;
  }

  @Override
  public String toString() {
    return section + "." + field;
  }
}
