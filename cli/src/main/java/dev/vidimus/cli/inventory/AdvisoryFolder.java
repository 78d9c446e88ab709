package dev.vidimus.cli.inventory;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.cli.args.Arguments;
import dev.vidimus.cli.args.Option;
import dev.vidimus.cli.host.HomeFolder;
import dev.vidimus.cli.host.Host;
import dev.vidimus.inventory.advisories.About;
import dev.vidimus.inventory.advisories.AdvisoryStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Where imported advisories lie, and how old they are.
final class AdvisoryFolder {
  static final Option DATA =
      Option.valued(
          "--data", "DIR", "Where imported advisories lie; advisories/ in the home if not given.");

  /// Said wherever there is nothing to ask.
  static final String HINT = "vidimus advisories import all.zip takes in an export of OSV";

  private AdvisoryFolder() {}

  static Path of(Host host, Arguments arguments) {
    String given = arguments.value(DATA);
    return given == null ? HomeFolder.of(host).resolve("advisories") : host.folder().resolve(given);
  }

  /// The current generation; null if nothing was imported.
  static @Nullable AdvisoryStore open(Host host, Arguments arguments) throws IOException {
    try {
      return AdvisoryStore.open(of(host, arguments));
    } catch (FormatException e) {
      throw new IOException("advisories: " + e.getMessage() + "; import them again", e);
    }
  }

  /// `403 records of 2026-11-01, 20 days old, imported 2026-11-21`.
  static String words(About about) {
    long days = about.age(Instant.now()).toDays();
    return about.records()
        + " records, the youngest of "
        + about.newest().toString().substring(0, 10)
        + " ("
        + (days == 1 ? "1 day" : days + " days")
        + " old), imported "
        + about.imported().toString().substring(0, 10);
  }

  /// The same for machines: `{"records":…,"newest":…,"ageDays":…,"imported":…,"digest":…}`.
  static JsonWriter json(About about) {
    return new JsonWriter()
        .object()
        .name("records")
        .number(about.records())
        .name("malware")
        .number(about.malware())
        .name("newest")
        .string(about.newest().toString())
        .name("ageDays")
        .number(about.age(Instant.now()).toDays())
        .name("imported")
        .string(about.imported().toString())
        .name("digest")
        .string(about.digest())
        .endObject();
  }
}
