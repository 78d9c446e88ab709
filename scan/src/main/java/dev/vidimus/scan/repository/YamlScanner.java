package dev.vidimus.scan.repository;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.json.JsonReader;
import dev.vidimus.formats.yaml.YamlListener;
import dev.vidimus.formats.yaml.YamlReader;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.Scanner;
import dev.vidimus.scan.inspection.Target;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Judges YAML by what loaders construct of its tags, and its members like those of JSON.
final class YamlScanner implements Scanner {
  @Override
  public void scan(Target target, Inspection inspection) throws IOException {
    Location location = target.location();
    try {
      YamlReader.read(target.bytes(), location.path(), new Judge(target, inspection));
    } catch (FormatException e) {
      inspection.notExamined(location.at(e.offset()), "YAML: " + e.problem());
    }
  }

  private static final class Judge implements YamlListener {
    /// As version 1.1 has it, which Python reads.
    private static final Set<String> TRUE = Set.of("true", "yes", "on", "y");

    /// Members whose commands are what the file is for.
    private static final Set<String> COMMANDS = Set.of("run", "script", "before_script");

    private static final int SHOWN = 100;

    private final Location location;
    private final Inspection inspection;
    private final ConfigRules rules;
    private final boolean isPipeline;

    Judge(Target target, Inspection inspection) {
      this.location = target.location();
      this.inspection = inspection;
      this.isPipeline = isPipeline(target);
      this.rules =
          new ConfigRules(target.name().toLowerCase(Locale.ROOT), target.location(), inspection);
    }

    /// Work of a server for version control, which no loader does.
    private static boolean isPipeline(Target target) {
      return target.location().path().contains(".github/workflows/")
          || target.name().equals(".gitlab-ci.yml");
    }

    @Override
    public void tag(List<String> path, String tag, String text, long offset) {
      YamlRule rule =
          switch (YamlTags.judge(tag)) {
            case HARMFUL -> YamlRule.HARMFUL_TAG;
            case UNKNOWN -> YamlRule.OBJECT_TAG;
            case INERT -> null;
          };
      if (rule != null) {
        String shown = Printable.of(YamlTags.written(tag), SHOWN);
        inspection.report(rule.at(location.at(offset), "the tag \"" + shown + "\"", ""));
      }
    }

    @Override
    public void scalar(List<String> path, String text, boolean isPlain, long offset) {
      if (isPlain && TRUE.contains(text.toLowerCase(Locale.ROOT))) {
        rules.other(path, JsonReader.Kind.BOOLEAN, true, offset);
      }
      if (!isPipeline || path.stream().noneMatch(COMMANDS::contains)) {
        rules.text(path, text, offset);
      }
    }
  }
}
