package dev.vidimus.inventory.bom;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FileBytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.NotExamined;
import dev.vidimus.artifact.digest.Identity;
import dev.vidimus.inventory.card.Card;
import dev.vidimus.inventory.card.CardReader;
import dev.vidimus.inventory.deps.Dependencies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a bill of materials is made from: the bytes of a file or folder, what they say of packages,
/// and what their card claims.
///
/// @param name of the file or folder
/// @param identity of all bytes
/// @param dependencies that files name
/// @param card null if there is none
/// @param notExamined what could not be read
public record Material(
    String name,
    Identity identity,
    Dependencies dependencies,
    @Nullable Card card,
    List<NotExamined> notExamined) {
  private static final String CARD = "README.md";

  public Material {
    notExamined = List.copyOf(notExamined);
  }

  /// Looks at a file or folder; all of its bytes are hashed.
  public static Material of(Path root) throws IOException {
    Path absolute = root.toAbsolutePath().normalize();
    Identity identity = Identity.of(absolute);
    Dependencies dependencies =
        Files.isDirectory(absolute)
            ? Dependencies.of(absolute)
            : new Dependencies(Map.of(), List.of());
    List<NotExamined> gaps = new ArrayList<>(dependencies.notExamined());
    identity
        .refused()
        .forEach(one -> gaps.add(new NotExamined(Location.of(one.path()), one.detail())));
    Card card = card(absolute.resolve(CARD), gaps);
    return new Material(String.valueOf(absolute.getFileName()), identity, dependencies, card, gaps);
  }

  private static @Nullable Card card(Path file, List<NotExamined> gaps) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return null;
    }
    try (Bytes bytes = FileBytes.open(file)) {
      return CardReader.read(bytes, CARD);
    } catch (FormatException e) {
      gaps.add(new NotExamined(Location.of(CARD), String.valueOf(e.getMessage())));
      return null;
    }
  }
}
