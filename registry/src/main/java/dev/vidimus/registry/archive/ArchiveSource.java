package dev.vidimus.registry.archive;

import dev.vidimus.artifact.Budget;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FileBytes;
import dev.vidimus.artifact.Limits;
import dev.vidimus.artifact.Spool;
import dev.vidimus.formats.compressed.Codec;
import dev.vidimus.formats.compressed.Inflated;
import dev.vidimus.formats.compressed.Inflation;
import dev.vidimus.formats.detect.Detection;
import dev.vidimus.formats.detect.Detector;
import dev.vidimus.formats.detect.Format;
import dev.vidimus.registry.intake.Fetched;
import dev.vidimus.registry.intake.NewTree;
import dev.vidimus.registry.intake.Refusal;
import dev.vidimus.registry.intake.Room;
import dev.vidimus.registry.intake.Staging;
import dev.vidimus.registry.statement.Intake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;

/// An archive of this machine, taken apart: ZIP, tar, or a compressed tar.
public final class ArchiveSource {
  /// Plain bytes of one archive, if there is that much room.
  private static final long MOST = 256L << 30;

  private static final int BUFFER = 1 << 16;

  private ArchiveSource() {}

  /// Unpacks an archive.
  ///
  /// @param shown the path as it was given
  /// @throws Refusal if it is none, or programs would disagree about what is in it
  public static Fetched fetch(Path path, String shown, Staging staging) throws IOException {
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new Refusal(shown + ": there is no such file", "--unpack takes an archive");
    }
    String base = String.valueOf(path.getFileName());
    // What is inflated lies beside the tree until it is written there.
    long most = Math.min(MOST, Room.free(staging.scratch()) / 2);
    Limits usual = Limits.DEFAULT;
    Budget budget =
        new Budget(
            new Limits(
                usual.depth(),
                usual.entries(),
                most,
                usual.opcodes(),
                usual.spoolBytes(),
                usual.findings()));
    Inflation inflation = new Inflation(budget, new Spool(staging.scratch(), usual.spoolBytes()));
    NewTree tree = new NewTree(staging.tree());
    String digest;
    try (Bytes bytes = FileBytes.open(path)) {
      digest = digest(bytes);
      unpack(bytes, base, shown, budget, inflation, tree);
      if (!digest(bytes).equals(digest)) {
        throw new Refusal(shown + ": changed while it was read", "admit it again later");
      }
    }
    if (tree.size() == 0) {
      throw Members.refusal(shown, "there is no file in it");
    }
    return new Fetched(
        tree.root(), new Intake.Source("archive", shown, digest, List.of()), base, Map.of());
  }

  private static void unpack(
      Bytes bytes, String base, String shown, Budget budget, Inflation inflation, NewTree tree)
      throws IOException {
    Format format = format(bytes, base, shown);
    switch (format) {
      case ZIP -> ZipTree.unpack(bytes, shown, budget, inflation, tree);
      case TAR -> TarTree.unpack(bytes, shown, budget, tree);
      case GZIP -> inflate(Codec.Stream.GZIP, bytes, shown, budget, inflation, tree);
      case BZIP2 -> inflate(Codec.Stream.BZIP2, bytes, shown, budget, inflation, tree);
      case XZ -> inflate(Codec.Stream.XZ, bytes, shown, budget, inflation, tree);
      case ZSTD -> inflate(Codec.Stream.ZSTD, bytes, shown, budget, inflation, tree);
      case LZ4 -> inflate(Codec.Stream.LZ4, bytes, shown, budget, inflation, tree);
      default -> throw Members.refusal(shown, "is " + format.word() + ", and not unpacked");
    }
  }

  private static Format format(Bytes bytes, String name, String shown) throws IOException {
    Detection detection = Detector.detect(bytes, name);
    if (detection.formats().size() != 1) {
      throw Members.refusal(
          shown,
          "could be read as "
              + String.join(" or ", detection.formats().stream().map(Format::word).toList()));
    }
    return detection.primary();
  }

  private static void inflate(
      Codec codec, Bytes packed, String shown, Budget budget, Inflation inflation, NewTree tree)
      throws IOException {
    try (Inflated inflated = inflation.inflate(codec, packed, shown, Long.MAX_VALUE)) {
      if (inflated.broken() != null) {
        throw Members.refusal(shown, String.valueOf(inflated.broken().getMessage()));
      }
      if (inflated.consumed() != packed.size()) {
        throw Members.refusal(
            shown, "bytes from " + inflated.consumed() + " on are not of the compressed data");
      }
      Format inner = format(inflated.content(), "", shown);
      if (inner != Format.TAR) {
        throw Members.refusal(shown, "is compressed " + inner.word() + ", not a compressed tar");
      }
      TarTree.unpack(inflated.content(), shown, budget, tree);
    }
  }

  private static String digest(Bytes bytes) throws IOException {
    MessageDigest hash = Digest.newSha256();
    byte[] buffer = new byte[BUFFER];
    for (long at = 0; at < bytes.size(); at += BUFFER) {
      int count = (int) Math.min(BUFFER, bytes.size() - at);
      bytes.read(at, buffer, 0, count);
      hash.update(buffer, 0, count);
    }
    return Digest.of(hash.digest()).toString();
  }
}
