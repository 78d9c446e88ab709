package dev.vidimus.scan.tensorflow;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.Printable;
import dev.vidimus.formats.tensorflow.TfListener;
import dev.vidimus.formats.tensorflow.TfReader;
import dev.vidimus.scan.graph.ExternalPath;
import dev.vidimus.scan.graph.Operators;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.Scanner;
import dev.vidimus.scan.inspection.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Judges the operators of every graph and every function of a file.
final class TensorflowScanner implements Scanner {
  private final Scanner keras;

  TensorflowScanner(Scanner keras) {
    this.keras = keras;
  }

  @Override
  public void scan(Target target, Inspection inspection) throws IOException {
    String source = target.location().path();
    try {
      TfReader.Message message = message(target, source);
      Judge judge = new Judge(target, inspection, keras);
      TfReader.read(target.bytes(), source, message, judge);
      if (message == TfReader.Message.META_GRAPH) {
        readAsGraph(target, source, judge);
      }
    } catch (FormatException e) {
      inspection.ended(target.location(), e, TensorflowRule.BROKEN);
    }
  }

  /// A graph of one node and a library has the same fields as a MetaGraph.
  private static void readAsGraph(Target target, String source, Judge judge) throws IOException {
    try {
      TfReader.read(target.bytes(), source, TfReader.Message.GRAPH, judge);
    } catch (FormatException e) {
      // Then no loader reads it so either.
    }
  }

  /// Loaders go by the name where it says which message the file is.
  private static TfReader.Message message(Target target, String source)
      throws IOException, FormatException {
    String name = target.name().toLowerCase(Locale.ROOT);
    if (name.equals("saved_model.pb")) {
      return TfReader.Message.SAVED_MODEL;
    }
    if (name.equals("keras_metadata.pb")) {
      return TfReader.Message.KERAS_METADATA;
    }
    if (name.equals("fingerprint.pb")) {
      return TfReader.Message.FINGERPRINT;
    }
    return name.endsWith(".meta")
        ? TfReader.Message.META_GRAPH
        : TfReader.kind(target.bytes(), source);
  }

  /// Judges what a graph names, in whichever form it is written.
  static final class Judge implements TfListener {
    private static final int SHOWN = 80;

    private final Target target;
    private final Location location;
    private final Inspection inspection;
    private final Scanner keras;

    Judge(Target target, Inspection inspection, Scanner keras) {
      this.target = target;
      this.location = target.location();
      this.inspection = inspection;
      this.keras = keras;
    }

    @Override
    public void node(String type, String name, String function, long offset) {
      String danger = Operators.danger(type);
      if (danger == null) {
        return;
      }
      TensorflowRule rule =
          Operators.isSevere(type) ? TensorflowRule.HARMFUL_OPERATOR : TensorflowRule.SIDE_EFFECT;
      String place = function.isEmpty() ? "" : " in function " + shown(function);
      inspection.report(
          rule.at(
              location.at(offset),
              "node " + shown(name) + place + ", " + type + ", " + danger,
              ""));
    }

    @Override
    public void asset(String filename, long offset) {
      if (ExternalPath.escapes(filename)) {
        String path = Printable.of(filename, 200);
        inspection.report(
            TensorflowRule.ASSET_ESCAPES.at(
                location.at(offset), "an asset is the file " + path, path));
      }
    }

    @Override
    public void kerasMetadata(String json, long offset) throws IOException {
      if (json.startsWith("{")) {
        Bytes text = Bytes.of(json.getBytes(StandardCharsets.UTF_8));
        String member = "metadata at byte " + offset;
        keras.scan(target.inside(text, member, Target.Purpose.ANY), inspection);
      }
    }

    private static String shown(String name) {
      return "\"" + Printable.of(name, SHOWN) + "\"";
    }
  }
}
