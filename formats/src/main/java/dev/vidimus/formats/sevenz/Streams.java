package dev.vidimus.formats.sevenz;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What a header says of streams: the packed ones, the folders that decode them, and how each plain
/// stream is divided into files.
///
/// @param folders with their places and sizes
/// @param sizes of the files in each folder, in bytes
/// @param digests of the same files
/// @param packedBytes of all packed streams
record Streams(List<Folder> folders, List<long[]> sizes, List<long[]> digests, long packedBytes) {
  static final Streams NONE = new Streams(List.of(), List.of(), List.of(), 0);
  private static final int END = 0;
  private static final int PACKED = 6;
  private static final int FOLDERS = 7;
  private static final int SUBSTREAMS = 8;
  private static final int SIZE = 9;
  private static final int CRC = 10;
  private static final int FOLDER = 11;
  private static final int FOLDER_SIZES = 12;
  private static final int SUBSTREAM_COUNT = 13;

  /// Reads what follows the id of a streams info.
  ///
  /// @param base where packed streams are counted from in the file
  /// @param fileSize what they must lie in
  static Streams read(ByteCursor in, long base, long fileSize) throws IOException, FormatException {
    long packedAt = base;
    long[] packed = {};
    List<Folder> folders = List.of();
    long[] folderDigests = {};
    int id = in.u8("7z streams");
    if (id == PACKED) {
      long offset = Numbers.number(in, "7z pack position");
      packedAt = offset > fileSize - base ? fileSize : base + offset;
      packed = packed(in, fileSize - packedAt);
      id = in.u8("7z streams");
    }
    if (id == FOLDERS) {
      expect(in, FOLDER);
      folders = descriptions(in);
      folders = sizes(in, folders);
      id = in.u8("7z folders");
      folderDigests = none(folders.size());
      if (id == CRC) {
        folderDigests = Numbers.digests(in, folders.size());
        id = in.u8("7z folders");
      }
      if (id != END) {
        throw in.malformed("7z folders", "has unknown property " + id);
      }
      folders = place(in, folders, packedAt, packed);
      id = in.u8("7z streams");
    }
    Streams streams =
        id == SUBSTREAMS
            ? substreams(in, folders, folderDigests, Arrays.stream(packed).sum())
            : whole(folders, folderDigests, Arrays.stream(packed).sum());
    if (id == SUBSTREAMS) {
      id = in.u8("7z streams");
    }
    if (id != END) {
      throw in.malformed("7z streams", "has unknown property " + id);
    }
    return streams;
  }

  private static void expect(ByteCursor in, int id) throws IOException, FormatException {
    int found = in.u8("7z property");
    if (found != id) {
      throw in.malformed("7z property", "is " + found + ", not " + id);
    }
  }

  private static long[] none(int count) {
    long[] none = new long[count];
    Arrays.fill(none, -1);
    return none;
  }

  /// Sizes of the packed streams; each takes a byte of the header at least.
  private static long[] packed(ByteCursor in, long behind) throws IOException, FormatException {
    int count = Numbers.count(in, "7z packed streams", in.remaining());
    long[] sizes = new long[count];
    long left = behind;
    int id = in.u8("7z packed streams");
    if (id == SIZE) {
      for (int i = 0; i < count; i++) {
        sizes[i] = Numbers.number(in, "7z packed size");
        if (sizes[i] > left) {
          throw in.malformed(
              "7z packed size", "declares " + sizes[i] + " bytes but " + left + " follow");
        }
        left -= sizes[i];
      }
      id = in.u8("7z packed streams");
    }
    if (id == CRC) {
      Numbers.digests(in, count);
      id = in.u8("7z packed streams");
    }
    if (id != END) {
      throw in.malformed("7z packed streams", "has unknown property " + id);
    }
    return sizes;
  }

  private static List<Folder> descriptions(ByteCursor in) throws IOException, FormatException {
    int count = Numbers.count(in, "7z folders", in.remaining());
    if (in.u8("7z folders") != 0) {
      throw new FormatException.Unsupported(
          in.where("7z folders"), in.position(), "folders in an external stream");
    }
    List<Folder> folders = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      folders.add(Folder.read(in));
    }
    return folders;
  }

  private static List<Folder> sizes(ByteCursor in, List<Folder> folders)
      throws IOException, FormatException {
    expect(in, FOLDER_SIZES);
    List<Folder> sized = new ArrayList<>(folders.size());
    for (Folder folder : folders) {
      long size = 0;
      for (int i = 0; i < folder.outputs(); i++) {
        long next = Numbers.number(in, "7z plain size");
        size = i == folder.mainOutput() ? next : size;
      }
      sized.add(folder.ofSize(size));
    }
    return sized;
  }

  private static List<Folder> place(
      ByteCursor in, List<Folder> folders, long packedAt, long[] packed) throws FormatException {
    List<Folder> placed = new ArrayList<>(folders.size());
    long at = packedAt;
    int next = 0;
    for (Folder folder : folders) {
      if (folder.packedStreams() > packed.length - next || folder.packedStreams() < 1) {
        throw in.malformed("7z folders", "take more packed streams than there are");
      }
      placed.add(folder.at(at, packed[next]));
      for (int i = 0; i < folder.packedStreams(); i++) {
        at += packed[next++];
      }
    }
    return placed;
  }

  /// Without more information each folder holds one file.
  private static Streams whole(List<Folder> folders, long[] digests, long packedBytes) {
    List<long[]> sizes = new ArrayList<>(folders.size());
    List<long[]> sums = new ArrayList<>(folders.size());
    for (int i = 0; i < folders.size(); i++) {
      sizes.add(new long[] {folders.get(i).size()});
      sums.add(new long[] {digests[i]});
    }
    return new Streams(folders, sizes, sums, packedBytes);
  }

  private static Streams substreams(
      ByteCursor in, List<Folder> folders, long[] folderDigests, long packedBytes)
      throws IOException, FormatException {
    int[] counts = new int[folders.size()];
    Arrays.fill(counts, 1);
    int id = in.u8("7z substreams");
    if (id == SUBSTREAM_COUNT) {
      long sizes = 0;
      for (int i = 0; i < counts.length; i++) {
        counts[i] = Numbers.count(in, "7z substreams", in.remaining() + 1);
        sizes += Math.max(0, counts[i] - 1);
      }
      // All but the last of a folder have a size, which takes a byte at least.
      if (sizes > in.remaining()) {
        throw in.malformed("7z substreams", "declares " + sizes + " sizes, more than bytes follow");
      }
      id = in.u8("7z substreams");
    }
    List<long[]> sizes = new ArrayList<>(counts.length);
    for (int i = 0; i < counts.length; i++) {
      sizes.add(sizes(in, counts[i], folders.get(i).size(), id == SIZE));
    }
    if (id == SIZE) {
      id = in.u8("7z substreams");
    }
    List<long[]> digests = new ArrayList<>(counts.length);
    long[] read = {};
    if (id == CRC) {
      int unknown = 0;
      for (int i = 0; i < counts.length; i++) {
        unknown += counts[i] == 1 && folderDigests[i] != -1 ? 0 : counts[i];
      }
      read = Numbers.digests(in, unknown);
      id = in.u8("7z substreams");
    }
    int next = 0;
    for (int i = 0; i < counts.length; i++) {
      long[] sums = none(counts[i]);
      if (counts[i] == 1 && folderDigests[i] != -1) {
        sums[0] = folderDigests[i];
      } else {
        for (int j = 0; j < counts[i] && next < read.length; j++) {
          sums[j] = read[next++];
        }
      }
      digests.add(sums);
    }
    if (id != END) {
      throw in.malformed("7z substreams", "has unknown property " + id);
    }
    return new Streams(folders, sizes, digests, packedBytes);
  }

  /// The last file takes what the others leave.
  private static long[] sizes(ByteCursor in, int count, long whole, boolean present)
      throws IOException, FormatException {
    if (count > 1 && !present) {
      throw in.malformed("7z substreams", "declares " + count + " files without sizes");
    }
    long[] sizes = new long[count];
    long left = whole;
    for (int i = 0; i < count - 1; i++) {
      sizes[i] = present ? Numbers.number(in, "7z substream size") : 0;
      if (sizes[i] > left) {
        throw in.malformed(
            "7z substream size", "declares " + sizes[i] + " bytes but " + left + " are left");
      }
      left -= sizes[i];
    }
    if (count > 0) {
      sizes[count - 1] = left;
    }
    return sizes;
  }
}
