package dev.vidimus.registry.examine;

import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.Level;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.registry.statement.JsonMembers;
import dev.vidimus.scan.inspection.Reference;
import dev.vidimus.scan.whole.GraphRule;
import dev.vidimus.scan.whole.Whole;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What a scan says of a repository as one thing, for policies to ask about. Lists are cut at a
/// length that suits a statement; policies ask whether they are empty.
final class Together {
  private static final int LONGEST_LIST = 50;
  private static final int PRINTED = 200;

  private static final String FOREIGN_CODE = "VID-REPO-002";

  private static final Set<String> SURPRISES =
      Set.of(
          GraphRule.OUTSIDE_REFERENCE.id().text(),
          GraphRule.ORPHAN_EXECUTABLE.id().text(),
          GraphRule.NATIVE_LIBRARY.id().text(),
          GraphRule.EXTRA_SHARD.id().text(),
          GraphRule.DUPLICATE_TENSOR.id().text(),
          GraphRule.UNLISTED_TENSOR.id().text(),
          GraphRule.SHADOWING_CODE.id().text());

  private final List<String> code = new ArrayList<>();
  private final List<String> elsewhere = new ArrayList<>();
  private final List<String> templates = new ArrayList<>();
  private final List<String> surprises = new ArrayList<>();
  private final List<String> needs = new ArrayList<>();
  private final List<String> licences = new ArrayList<>();
  private final List<String> card = new ArrayList<>();
  private long missing;

  void take(Whole whole) {
    whole.code().forEach(path -> add(code, path));
    missing = whole.notExamined().size();
    for (Reference one : whole.card()) {
      if (one.kind() == Reference.Kind.LICENCE) {
        add(licences, one.target());
      } else {
        add(card, one.by() + ": " + one.target());
      }
    }
  }

  void take(Finding finding) {
    String rule = finding.rule().text();
    String line = finding.location().file() + ": " + finding.message();
    if (rule.equals(FOREIGN_CODE) || rule.equals(GraphRule.CODE_FETCHES.id().text())) {
      add(elsewhere, line);
    } else if (rule.equals(GraphRule.OTHER_MODEL.id().text())) {
      add(needs, line);
    } else if (SURPRISES.contains(rule)) {
      add(surprises, line);
    } else if ((rule.startsWith("VID-TEMPLATE-") || rule.startsWith("VID-TOKENIZER-"))
        && finding.level() != Level.INFO) {
      add(templates, line);
    }
  }

  private static void add(List<String> list, String text) {
    if (list.size() < LONGEST_LIST) {
      list.add(Printable.of(text, PRINTED));
    }
  }

  JsonObject facts() {
    return new JsonMembers()
        .put("code", code)
        .put("elsewhere", elsewhere)
        .put("templates", templates)
        .put("surprises", surprises)
        .put("needs", needs)
        .put("licences", licences)
        .put("card", card)
        .put("missing", missing)
        .object();
  }
}
