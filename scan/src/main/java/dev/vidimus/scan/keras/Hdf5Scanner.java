package dev.vidimus.scan.keras;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonReader;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.formats.hdf5.Hdf5Listener;
import dev.vidimus.formats.hdf5.Hdf5Reader;
import dev.vidimus.scan.graph.ExternalPath;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.Scanner;
import dev.vidimus.scan.inspection.Target;
import java.io.IOException;

/// Judges HDF5: where its data come from, and the configurations of Keras among its attributes.
final class Hdf5Scanner implements Scanner {
  @Override
  public void scan(Target target, Inspection inspection) throws IOException {
    try {
      Hdf5Reader.read(target.bytes(), target.location().path(), new Judge(target, inspection));
    } catch (FormatException e) {
      inspection.ended(target.location(), e, Hdf5Rule.BROKEN);
    }
  }

  private static final class Judge implements Hdf5Listener {
    private static final int SHOWN = 200;

    private final Target target;
    private final Location location;
    private final Inspection inspection;

    Judge(Target target, Inspection inspection) {
      this.target = target;
      this.location = target.location();
      this.inspection = inspection;
    }

    @Override
    public void attribute(String path, String name, String value, long offset) throws IOException {
      boolean isConfig = name.equals("model_config") || name.equals("training_config");
      if (!isConfig && !value.startsWith("{")) {
        return;
      }
      Location at = location.at(offset);
      JsonValue config;
      try {
        config =
            Json.parse(
                value,
                location.path() + ": attribute " + Printable.of(name, 80),
                JsonReader.Dialect.PYTHON);
      } catch (FormatException e) {
        if (isConfig) {
          inspection.ended(at, e, KerasRule.BROKEN);
        }
        return;
      }
      new KerasConfig(target, at, inspection).judge(config);
    }

    @Override
    public void externalLink(String path, String file, String object, long offset) {
      otherFile("the link " + Printable.of(path, SHOWN) + " leads to ", file, offset);
    }

    @Override
    public void externalStorage(String path, String file, long offset) {
      otherFile("the data of " + Printable.of(path, SHOWN) + " are in ", file, offset);
    }

    private void otherFile(String begin, String file, long offset) {
      Hdf5Rule rule = ExternalPath.escapes(file) ? Hdf5Rule.ESCAPES : Hdf5Rule.OTHER_FILE;
      String shown = Printable.of(file, SHOWN);
      inspection.report(rule.at(location.at(offset), begin + shown, shown));
    }

    @Override
    public void foreignFilter(String path, int filter, long offset) {
      inspection.report(
          Hdf5Rule.FOREIGN_FILTER.at(
              location.at(offset), "filter " + filter + " at " + Printable.of(path, SHOWN), ""));
    }

    @Override
    public void broken(FormatException problem) {
      inspection.ended(location, problem, Hdf5Rule.BROKEN);
    }
  }
}
