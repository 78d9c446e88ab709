package dev.vidimus.formats.zip;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A member, by the headers that speak of it: at least one of them is there.
///
/// @param central what a directory says; null if no directory mentions the member
/// @param local what stands before its data; null if no local header is where the directory says
/// @param descriptor bytes of the data descriptor behind the data; 0 if there is none
/// @param descriptorDiffers true if the data descriptor contradicts the directory
public record ZipEntry(
    @Nullable CentralHeader central,
    @Nullable LocalHeader local,
    int descriptor,
    boolean descriptorDiffers) {
  private static final int COMPARED_FLAGS =
      ZipFlags.ENCRYPTED | ZipFlags.PATCHED | ZipFlags.STRONG_ENCRYPTION;

  /// Something that the two headers say differently.
  ///
  /// @param field its name
  /// @param central what the directory says
  /// @param local what the local header says
  public record Disagreement(String field, String central, String local) {}

  /// Where the data of a member lies, as one of its headers has it.
  ///
  /// @param at first byte
  /// @param packed compressed size in bytes, already inside the file
  /// @param size declared plain size in bytes, unsigned; -1 if it is not declared
  public record Data(long at, long packed, int method, int flags, long size) {}

  /// The name by the directory, which most readers use, or else by the local header.
  public String name() {
    CentralHeader directory = central;
    if (directory != null) {
      return directory.name();
    }
    LocalHeader header = local;
    return header == null ? "" : header.name();
  }

  /// All flags that either header sets.
  public int flags() {
    return (central == null ? 0 : central.flags()) | (local == null ? 0 : local.flags());
  }

  /// The declared CRC-32, or -1 if no header declares one.
  public long crc() {
    if (central != null) {
      return central.crc();
    }
    return local == null || local.sizesFollow() ? -1 : local.crc();
  }

  /// True if a Unix reader would make a symbolic link of it.
  public boolean isLink() {
    return central != null && central.isLink();
  }

  /// What the headers say differently; empty if one of them is missing.
  public List<Disagreement> disagreements() {
    if (central == null || local == null) {
      return List.of();
    }
    List<Disagreement> found = new ArrayList<>(0);
    if (!central.name().replace('\\', '/').equals(local.name().replace('\\', '/'))) {
      found.add(new Disagreement("name", central.name(), local.name()));
    }
    if (!central.otherName().isEmpty() && !central.otherName().equals(central.name())) {
      found.add(new Disagreement("Unicode path", central.name(), central.otherName()));
    }
    compare(found, "method", central.method(), local.method());
    compare(found, "flags", central.flags() & COMPARED_FLAGS, local.flags() & COMPARED_FLAGS);
    if (!local.sizesFollow()) {
      compare(found, "compressed size", central.packed(), local.packed());
      compare(found, "size", central.size(), local.size());
      compare(found, "CRC-32", central.crc(), local.crc());
    }
    return found;
  }

  private static void compare(List<Disagreement> found, String field, long central, long local) {
    if (central != local) {
      found.add(
          new Disagreement(field, Long.toUnsignedString(central), Long.toUnsignedString(local)));
    }
  }
}
