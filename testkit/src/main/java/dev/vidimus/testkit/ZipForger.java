package dev.vidimus.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Writes ZIP archives as no tool would.
public final class ZipForger {
  private static final int UNIX = 3 << 8;

  private final List<ZipMember> members = new ArrayList<>();
  private final List<Integer> shared = new ArrayList<>();
  private byte[] prefix = {};
  private byte[] gap = {};
  private byte[] comment = {};
  private byte[] suffix = {};
  private boolean offsetsFromPrefix = true;
  private boolean zip64;
  private int declared = -1;

  /// An archive of these members.
  public static ZipForger of(ZipMember... members) {
    ZipForger forger = new ZipForger();
    for (ZipMember member : members) {
      forger.add(member);
    }
    return forger;
  }

  /// Adds a member.
  public ZipForger add(ZipMember member) {
    members.add(member);
    shared.add(-1);
    return this;
  }

  /// Adds a directory entry that points to the local header of an earlier member.
  public ZipForger addSharing(ZipMember member, int earlier) {
    members.add(member);
    shared.add(earlier);
    return this;
  }

  /// Bytes before the archive, which its offsets do not count.
  public ZipForger prefix(byte... bytes) {
    prefix = bytes;
    offsetsFromPrefix = false;
    return this;
  }

  /// Bytes between the last member and the directory.
  public ZipForger gap(byte... bytes) {
    gap = bytes;
    return this;
  }

  /// The comment behind the end record.
  public ZipForger comment(byte... bytes) {
    comment = bytes;
    return this;
  }

  /// Bytes behind everything.
  public ZipForger suffix(byte... bytes) {
    suffix = bytes;
    return this;
  }

  /// Writes ZIP64 records as PyTorch does.
  public ZipForger zip64() {
    zip64 = true;
    return this;
  }

  /// The end record declares this many entries.
  public ZipForger declaring(int entries) {
    declared = entries;
    return this;
  }

  /// The archive.
  public byte[] bytes() {
    LittleEndian out = new LittleEndian().bytes(prefix);
    int base = offsetsFromPrefix ? 0 : prefix.length;
    int[] offsets = new int[members.size()];
    for (int i = 0; i < members.size(); i++) {
      if (shared.get(i) >= 0) {
        offsets[i] = offsets[shared.get(i)];
        continue;
      }
      offsets[i] = out.size() - base;
      local(out, members.get(i));
    }
    out.bytes(gap);
    int start = out.size();
    int count = 0;
    for (int i = 0; i < members.size(); i++) {
      if (members.get(i).listed) {
        central(out, members.get(i), offsets[i]);
        count++;
      }
    }
    int entries = declared < 0 ? count : declared;
    end(out, entries, out.size() - start, start - base);
    return out.bytes(suffix).array();
  }

  private static void local(LittleEndian out, ZipMember member) {
    byte[] name = member.localName.getBytes(StandardCharsets.UTF_8);
    out.u32(0x0403_4b50).u16(20).u16(member.localFlags).u16(member.localMethod).u32(0);
    out.u32(member.described ? 0 : member.localCrc);
    out.u32(member.described ? 0 : member.localPacked);
    out.u32(member.described ? 0 : member.localSize);
    out.u16(name.length).u16(member.extra.length).bytes(name).bytes(member.extra);
    out.bytes(member.data);
    if (member.described) {
      out.u32(0x0807_4b50).u32(member.localCrc).u32(member.localPacked).u32(member.localSize);
    }
  }

  private static void central(LittleEndian out, ZipMember member, int offset) {
    byte[] name = member.name.getBytes(StandardCharsets.UTF_8);
    out.u32(0x0201_4b50).u16(UNIX | 20).u16(20).u16(member.flags).u16(member.method).u32(0);
    out.u32(member.crc).u32(member.packed).u32(member.size);
    out.u16(name.length).u16(member.extra.length).u16(0).u16(0).u16(0);
    out.u32((long) member.unixMode << 16).u32(offset).bytes(name).bytes(member.extra);
  }

  private void end(LittleEndian out, int entries, int size, int offset) {
    if (zip64) {
      int at = out.size();
      out.u32(0x0606_4b50).u64(44).u16(45).u16(45).u32(0).u32(0);
      out.u64(entries).u64(entries).u64(size).u64(offset);
      out.u32(0x0706_4b50).u32(0).u64(at).u32(1);
    }
    out.u32(0x0605_4b50).u16(0).u16(0).u16(entries).u16(entries).u32(size).u32(offset);
    out.u16(comment.length).bytes(comment);
  }
}
