package dev.vidimus.scan.xml;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.Rule;
import dev.vidimus.formats.xml.XmlListener;
import dev.vidimus.formats.xml.XmlReader;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.Scanner;
import dev.vidimus.scan.inspection.Target;
import java.io.IOException;
import java.util.Map;

/// Judges a document by its root: a model in PMML, one of OpenVINO, or something else, of which
/// only the document type is judged.
public final class XmlScanner implements Scanner {
  @Override
  public void scan(Target target, Inspection inspection) throws IOException {
    Location location = target.location();
    Judge judge = new Judge(location, inspection);
    try {
      XmlReader.read(target.bytes(), location.path(), judge);
    } catch (FormatException e) {
      inspection.ended(location, e, XmlRule.BROKEN);
    }
    if (judge.kind == Kind.OTHER) {
      inspection.notExamined(location, "format not read: xml of another kind than PMML, OpenVINO");
    }
  }

  private enum Kind {
    OTHER,
    PMML,
    OPENVINO
  }

  private static final class Judge implements XmlListener {
    private static final int SHOWN = 120;

    private final Location location;
    private final Inspection inspection;
    private Kind kind = Kind.OTHER;

    Judge(Location location, Inspection inspection) {
      this.location = location;
      this.inspection = inspection;
    }

    @Override
    public void declaration(String declared, String text, long offset) {
      String shown = Printable.of(text.strip(), SHOWN);
      if (isExternal(text)) {
        report(XmlRule.EXTERNAL_ENTITY, declared + " " + shown, offset);
      } else if (declared.equals("ENTITY")) {
        report(XmlRule.ENTITY, declared + " " + shown, offset);
      }
    }

    /// One of the two words stands outside of quotes.
    private static boolean isExternal(String text) {
      char quote = 0;
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (quote != 0) {
          quote = c == quote ? 0 : quote;
        } else if (c == '"' || c == '\'') {
          quote = c;
        } else if (text.startsWith("SYSTEM", i) || text.startsWith("PUBLIC", i)) {
          return true;
        }
      }
      return false;
    }

    @Override
    public void start(String name, Map<String, String> attributes, int depth, long offset) {
      if (depth == 0) {
        kind =
            switch (name) {
              case "PMML" -> Kind.PMML;
              case "net" -> Kind.OPENVINO;
              default -> Kind.OTHER;
            };
      }
      switch (kind) {
        case PMML -> pmml(name, attributes, offset);
        case OPENVINO -> openvino(name, attributes, offset);
        case OTHER -> {}
      }
    }

    /// A function whose name has a dot is a class, which evaluators in Java load by it.
    private void pmml(String name, Map<String, String> attributes, long offset) {
      String function = attributes.getOrDefault("function", "");
      if (name.equals("Apply") && function.indexOf('.') >= 0) {
        report(XmlRule.CUSTOM_LAYER, "the function " + shown(function), offset);
      }
    }

    /// A layer belongs to a set of operators by its version, if it has one.
    private void openvino(String name, Map<String, String> attributes, long offset) {
      if (!name.equals("layer")) {
        return;
      }
      String version = attributes.getOrDefault("version", "opset");
      if (!version.startsWith("opset") || attributes.containsKey("library")) {
        String type = attributes.getOrDefault("type", "");
        report(XmlRule.CUSTOM_LAYER, "a layer " + shown(type) + " of " + shown(version), offset);
      }
    }

    private void report(Rule rule, String message, long offset) {
      inspection.report(rule.at(location.at(offset), message, ""));
    }

    private static String shown(String text) {
      return "\"" + Printable.of(text, SHOWN) + "\"";
    }
  }
}
