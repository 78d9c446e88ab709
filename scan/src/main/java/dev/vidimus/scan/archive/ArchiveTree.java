package dev.vidimus.scan.archive;

import dev.vidimus.artifact.Budget;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Limits;
import dev.vidimus.artifact.Spool;
import dev.vidimus.formats.compressed.Codec;
import dev.vidimus.formats.compressed.Inflated;
import dev.vidimus.formats.compressed.Inflation;
import dev.vidimus.formats.detect.Detector;
import dev.vidimus.formats.detect.Format;
import dev.vidimus.formats.sevenz.SevenZipArchive;
import dev.vidimus.formats.sevenz.SevenZipEntry;
import dev.vidimus.formats.sevenz.SevenZipReader;
import dev.vidimus.formats.tar.TarMember;
import dev.vidimus.formats.tar.TarReader;
import dev.vidimus.formats.tar.TarType;
import dev.vidimus.formats.zip.ZipArchive;
import dev.vidimus.formats.zip.ZipEntry;
import dev.vidimus.formats.zip.ZipReader;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Lists an archive as if it were a folder. What is wrong with the archive is for its scanner to
/// say; here a member that cannot be opened is simply one without a digest.
public final class ArchiveTree {
  private static final int CHUNK = 1 << 18;

  private final boolean withDigests;
  private final Budget budget;
  private final Inflation inflation;
  private final List<Member> members = new ArrayList<>();

  private ArchiveTree(boolean withDigests, Limits limits, Spool spool) {
    this.withDigests = withDigests;
    this.budget = new Budget(limits);
    this.inflation = new Inflation(budget, spool);
  }

  /// A file of the tree.
  ///
  /// @param path as findings name the member, printable
  /// @param size plain bytes, as declared where the content was not opened
  /// @param digest SHA-256 of the plain bytes; null if nobody asked or it cannot be opened
  public record Member(String path, long size, @Nullable Digest digest) {}

  /// The members of a zip, tar or 7z archive, also of a compressed tar; none of anything else.
  ///
  /// @param name base name of the file, a second opinion on its format
  public static List<Member> list(
      Bytes bytes, String name, boolean withDigests, Limits limits, Spool spool)
      throws IOException {
    ArchiveTree tree = new ArchiveTree(withDigests, limits, spool);
    tree.open(bytes, name, "", true);
    return tree.members;
  }

  private void open(Bytes bytes, String name, String prefix, boolean mayBeCompressed)
      throws IOException {
    Set<Format> formats = Set.copyOf(Detector.detect(bytes, name).formats());
    if (formats.contains(Format.ZIP)) {
      zip(bytes, name, prefix);
    }
    if (formats.contains(Format.TAR)) {
      for (TarMember member : TarReader.read(bytes, name, budget).members()) {
        if (member.type() == TarType.FILE) {
          add(prefix + Names.shown(member.name()), member.content());
        }
      }
    }
    if (formats.contains(Format.SEVEN_ZIP)) {
      sevenZip(bytes, name, prefix);
    }
    Codec.Stream codec = mayBeCompressed ? codec(formats) : null;
    if (codec != null) {
      String plain = CompressedScanner.plainName(name);
      try (Inflated inflated = inflation.inflate(codec, bytes, name, Long.MAX_VALUE)) {
        open(inflated.content(), plain, prefix + plain + "!/", false);
      }
    }
  }

  private static Codec.@Nullable Stream codec(Set<Format> formats) {
    if (formats.contains(Format.GZIP)) {
      return Codec.Stream.GZIP;
    }
    if (formats.contains(Format.BZIP2)) {
      return Codec.Stream.BZIP2;
    }
    if (formats.contains(Format.XZ)) {
      return Codec.Stream.XZ;
    }
    return formats.contains(Format.ZSTD) ? Codec.Stream.ZSTD : null;
  }

  private void zip(Bytes bytes, String name, String prefix) throws IOException {
    ZipArchive archive = ZipReader.read(bytes, name, budget);
    for (ZipEntry entry : archive.entries()) {
      if (entry.name().endsWith("/")) {
        continue;
      }
      String path = prefix + Names.shown(entry.name());
      List<ZipEntry.Data> readings = archive.readings(entry);
      long size = readings.isEmpty() ? 0 : Math.max(0, readings.getFirst().size());
      if (readings.isEmpty() || !withDigests) {
        members.add(new Member(path, size, null));
        continue;
      }
      try (Inflated content =
          archive.open(readings.getFirst(), entry.name(), inflation, Long.MAX_VALUE)) {
        add(path, content.content());
      } catch (FormatException.Unsupported e) {
        members.add(new Member(path, size, null));
      }
    }
  }

  private void sevenZip(Bytes bytes, String name, String prefix) throws IOException {
    SevenZipArchive archive = SevenZipReader.read(bytes, name, budget, inflation);
    for (SevenZipEntry entry : archive.entries()) {
      if (entry.folder() < 0 || !withDigests) {
        members.add(new Member(prefix + Names.shown(entry.name()), entry.size(), null));
      }
    }
    for (int folder = 0; withDigests && folder < archive.folders(); folder++) {
      sevenZipFolder(archive, folder, name, prefix);
    }
  }

  private void sevenZipFolder(SevenZipArchive archive, int folder, String name, String prefix)
      throws IOException {
    try (Inflated inflated = archive.open(folder, name, inflation)) {
      Bytes stream = inflated.content();
      for (SevenZipEntry entry : archive.entries()) {
        if (entry.folder() == folder) {
          long from = Math.min(entry.offset(), stream.size());
          long length = Math.clamp(stream.size() - from, 0, entry.size());
          add(prefix + Names.shown(entry.name()), stream.slice(from, length));
        }
      }
    } catch (FormatException e) {
      for (SevenZipEntry entry : archive.entries()) {
        if (entry.folder() == folder) {
          members.add(new Member(prefix + Names.shown(entry.name()), entry.size(), null));
        }
      }
    }
  }

  private void add(String path, Bytes content) throws IOException {
    members.add(new Member(path, content.size(), withDigests ? sha256(content) : null));
  }

  private static Digest sha256(Bytes bytes) throws IOException {
    MessageDigest sha256 = Digest.newSha256();
    byte[] chunk = new byte[(int) Math.min(CHUNK, bytes.size())];
    for (long at = 0; at < bytes.size(); at += chunk.length) {
      int length = (int) Math.min(chunk.length, bytes.size() - at);
      bytes.read(at, chunk, 0, length);
      sha256.update(chunk, 0, length);
    }
    return Digest.of(sha256.digest());
  }
}
