package dev.vidimus.formats.tar;

import dev.vidimus.artifact.Budget;
import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Walks through a tar archive from header to header.
public final class TarReader {
  private static final int LONGEST_NAME = 1 << 16;
  private static final int LONGEST_PAX = 1 << 20;
  private static final String HEADER = "tar header";

  private final ByteCursor in;
  private final Budget budget;
  private final List<TarMember> members = new ArrayList<>();
  private final List<FormatException> problems = new ArrayList<>(0);
  private final Pax global = new Pax();

  // What extended headers say of the next member.
  private Pax next = new Pax();
  private @Nullable String longName;
  private @Nullable String longLink;

  private boolean afterEnd;
  private long trailing = -1;

  private TarReader(Bytes bytes, String source, Budget budget) {
    this.in = new ByteCursor(bytes, source);
    this.budget = budget;
  }

  /// Reads all headers, but no member's data.
  ///
  /// @param source the file's name in errors
  /// @param budget entries are taken from it
  /// @return what there is; never an error, since every break leaves something to examine
  public static TarArchive read(Bytes bytes, String source, Budget budget) throws IOException {
    TarReader reader = new TarReader(bytes, source, budget);
    try {
      reader.walk();
    } catch (FormatException e) {
      reader.problems.add(e);
    }
    return new TarArchive(reader.members, reader.trailing, reader.problems);
  }

  private void walk() throws IOException, FormatException {
    while (in.remaining() >= Block.SIZE) {
      long at = in.position();
      Block block = new Block(in.array(HEADER, Block.SIZE));
      if (block.isZero()) {
        afterEnd = true;
      } else if (block.hasChecksum()) {
        budget.takeEntry(in.where(HEADER), at);
        header(at, block);
      } else if (afterEnd) {
        trailing = at;
        return;
      } else {
        in.seek(at);
        throw in.malformed(HEADER, "has a wrong checksum");
      }
    }
    // No end mark at all is as good: Python and GNU tar accept it.
    long rest = in.position();
    if (in.hasRemaining() && !isZero(in.array(HEADER, (int) in.remaining()))) {
      trailing = rest;
    }
  }

  private static boolean isZero(byte[] bytes) {
    for (byte each : bytes) {
      if (each != 0) {
        return false;
      }
    }
    return true;
  }

  private void header(long at, Block block) throws IOException, FormatException {
    switch (block.flag()) {
      case 'L' -> longName = text(extension(block, LONGEST_NAME));
      case 'K' -> longLink = text(extension(block, LONGEST_NAME));
      case 'x', 'X' -> next.read(in, extension(block, LONGEST_PAX));
      case 'g' -> global.read(in, extension(block, LONGEST_PAX));
      default -> member(at, block);
    }
  }

  private static String text(byte[] bytes) {
    int end = 0;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return Block.decoded(bytes, 0, end);
  }

  /// The data of an extended header.
  private byte[] extension(Block block, int most) throws IOException, FormatException {
    long size = in.proved("extended header", in.position(), block.size(in), most);
    byte[] data = in.array("extended header", (int) size);
    in.seek(Math.min(in.size(), padded(in.position())));
    return data;
  }

  private static long padded(long position) {
    return (position + Block.SIZE - 1) & -Block.SIZE;
  }

  private void member(long at, Block block) throws IOException, FormatException {
    Pax pax = new Pax();
    pax.putAll(global);
    pax.putAll(next);
    pax.sparse().addAll(next.sparse());
    String name = longName != null ? longName : pax.get("path", block.name());
    String link = longLink != null ? longLink : pax.get("linkpath", block.link());
    next = new Pax();
    longName = null;
    longLink = null;

    TarType type = TarType.of(block.flag(), name);
    long headerSize = block.size(in);
    long size = headerSize;
    SparseMap map = new SparseMap(in);
    if (pax.has("size")) {
      size = map.number(pax.get("size", ""));
    }
    if (!type.hasData() && (size == 0 || headerFollows(in.position()))) {
      // Python passes over the data of files only, whatever size a link or folder declares.
      add(at, name, type, link, Bytes.of(), headerSize, in.position(), 0);
      return;
    }
    long dataAt = in.position();
    Bytes content = data(size, block, pax, map);
    add(at, pax.get("GNU.sparse.name", name), type, link, content, headerSize, dataAt, size);
  }

  private void add(
      long at,
      String name,
      TarType type,
      String link,
      Bytes content,
      long header,
      long dataAt,
      long size) {
    boolean linked = type == TarType.HARD_LINK || type == TarType.SYMBOLIC_LINK;
    members.add(
        new TarMember(at, name, type, linked ? link : "", content, header, dataAt, size, afterEnd));
  }

  private boolean headerFollows(long at) throws IOException {
    if (in.size() - at < Block.SIZE) {
      return true;
    }
    Block block = new Block(in.bytes().array(at, Block.SIZE));
    return block.isZero() || block.hasChecksum();
  }

  private Bytes data(long size, Block block, Pax pax, SparseMap map)
      throws IOException, FormatException {
    boolean gnuSparse = block.flag() == 'S';
    long header = in.position() - Block.SIZE;
    if (gnuSparse) {
      readHeaderMap(block, map);
    }
    long start = in.position();
    long there = Math.min(size, in.remaining());
    if (there < size) {
      problems.add(
          in.malformed("tar size", "declares " + size + " bytes but " + there + " follow"));
    }
    Bytes data = in.bytes().slice(start, there);
    Bytes content = data;
    if (gnuSparse) {
      content = map.over(data, block.number(in, "tar sparse size", 483, 12));
    } else if (pax.get("GNU.sparse.major", "").equals("1")) {
      long head = Math.min(map.readLines(), there);
      content = map.over(data.slice(head, there - head), sparseSize(pax, map, size));
    } else if (pax.has("GNU.sparse.map")) {
      map.addAll(List.of(pax.get("GNU.sparse.map", "").split(",", -1)));
      content = map.over(data, sparseSize(pax, map, size));
    } else if (!pax.sparse().isEmpty()) {
      map.addAll(pax.sparse());
      content = map.over(data, sparseSize(pax, map, size));
    }
    in.seek(Math.min(in.size(), padded(start + there)));
    // Holes cost whoever reads them as much as data does.
    budget.takeInflated(in.where("sparse file"), header, Math.max(0, content.size() - there));
    return content;
  }

  private static long sparseSize(Pax pax, SparseMap map, long otherwise) throws FormatException {
    String text = pax.get("GNU.sparse.realsize", pax.get("GNU.sparse.size", ""));
    return text.isEmpty() ? otherwise : map.number(text);
  }

  /// The map in and behind an old GNU header.
  private void readHeaderMap(Block header, SparseMap map) throws IOException, FormatException {
    addPieces(header, 386, 4, map);
    boolean more = header.u8(482) != 0;
    while (more) {
      Block block = new Block(in.array("sparse map", Block.SIZE));
      addPieces(block, 0, 21, map);
      more = block.u8(504) != 0;
    }
  }

  private void addPieces(Block block, int at, int count, SparseMap map) throws FormatException {
    for (int i = at; i < at + 24 * count; i += 24) {
      if (block.u8(i) != 0) {
        map.add(
            block.number(in, "sparse offset", i, 12),
            block.number(in, "sparse length", i + 12, 12));
      }
    }
  }
}
