package dev.vidimus.inventory.bom;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FileBytes;
import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.NotExamined;
import dev.vidimus.artifact.Snapshot;
import dev.vidimus.artifact.digest.Identity;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonLimits;
import dev.vidimus.artifact.json.JsonReader;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.inventory.card.Card;
import dev.vidimus.inventory.card.CardReader;
import dev.vidimus.inventory.card.Observed;
import dev.vidimus.inventory.deps.Dependencies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a bill of materials is made from: the bytes of a file or folder, what they say of packages,
/// and what their card and configurations claim.
///
/// @param name of the file or folder
/// @param identity of all bytes
/// @param dependencies that files name
/// @param card null if there is none
/// @param config `config.json`; without members if there is none
/// @param adapter `adapter_config.json`; without members if there is none
/// @param notExamined what could not be read
public record Material(
    String name,
    Identity identity,
    Dependencies dependencies,
    @Nullable Card card,
    JsonObject config,
    JsonObject adapter,
    List<NotExamined> notExamined) {
  private static final String CARD = "README.md";
  private static final JsonLimits LIMITS = new JsonLimits(16L << 20, 64, 1 << 12, 1 << 20, 1_000);

  public Material {
    notExamined = List.copyOf(notExamined);
  }

  /// Looks at a file or folder; all of its bytes are hashed.
  public static Material of(Path root) throws IOException {
    Path absolute = root.toAbsolutePath().normalize();
    return of(absolute, Identity.of(absolute), String.valueOf(absolute.getFileName()));
  }

  /// Looks at a file or folder whose bytes are hashed already.
  ///
  /// @param name what it is called, wherever it lies
  public static Material of(Path root, Identity identity, String name) throws IOException {
    Path absolute = root.toAbsolutePath().normalize();
    Dependencies dependencies =
        Files.isDirectory(absolute) ? Dependencies.of(absolute) : Dependencies.ofNamed(absolute);
    List<NotExamined> gaps = new ArrayList<>(dependencies.notExamined());
    identity
        .refused()
        .forEach(one -> gaps.add(new NotExamined(Location.of(one.path()), one.detail())));
    Card card = card(absolute, gaps);
    return new Material(
        name,
        identity,
        dependencies,
        card,
        configuration(absolute.resolve("config.json"), gaps),
        configuration(absolute.resolve("adapter_config.json"), gaps),
        gaps);
  }

  private static @Nullable Card card(Path root, List<NotExamined> gaps) throws IOException {
    Path file = root.resolve(CARD);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return null;
    }
    try (Bytes bytes = FileBytes.open(file)) {
      Card claims = CardReader.read(bytes, CARD);
      List<Finding> findings = new ArrayList<>(claims.findings());
      findings.addAll(Observed.of(Snapshot.of(root)).against(claims, CARD));
      return claims.finding(findings);
    } catch (FormatException e) {
      gaps.add(new NotExamined(Location.of(CARD), String.valueOf(e.getMessage())));
      return null;
    }
  }

  private static JsonObject configuration(Path file, List<NotExamined> gaps) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Part.NOTHING;
    }
    String name = String.valueOf(file.getFileName());
    try (Bytes bytes = FileBytes.open(file)) {
      return Json.parse(bytes, name, LIMITS, JsonReader.Dialect.PYTHON) instanceof JsonObject object
          ? object
          : Part.NOTHING;
    } catch (FormatException e) {
      gaps.add(new NotExamined(Location.of(name), String.valueOf(e.getMessage())));
      return Part.NOTHING;
    }
  }
}
