package dev.vidimus.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Makes the index of a checkpoint of TensorFlow: a table of one block.
public final class CheckpointForger {
  private static final int FOOTER = 40;
  private static final long MAGIC = 0xdb47_7524_8b80_fb57L;
  private static final byte[] BLOCK_END = new byte[5];

  private final ByteArrayOutputStream block = new ByteArrayOutputStream();

  private CheckpointForger() {
    entry("", ProtoForger.message().number(1, 1));
  }

  /// An index for one shard.
  public static CheckpointForger index() {
    return new CheckpointForger();
  }

  /// A tensor of 32-bit floats.
  public CheckpointForger tensor(String name, long offset, long size, long... dimensions) {
    ProtoForger shape = ProtoForger.message();
    for (long dimension : dimensions) {
      shape.inside(2, ProtoForger.message().number(1, dimension));
    }
    return entry(
        name,
        ProtoForger.message().number(1, 1).inside(2, shape).number(4, offset).number(5, size));
  }

  /// Whatever there is under a key.
  public CheckpointForger entry(String key, ProtoForger value) {
    add(block, key.getBytes(StandardCharsets.UTF_8), value.bytes());
    return this;
  }

  private static void add(ByteArrayOutputStream block, byte[] key, byte[] value) {
    block.write(0); // shares nothing with the key before
    varint(block, key.length);
    varint(block, value.length);
    block.writeBytes(key);
    block.writeBytes(value);
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while (rest >= 0x80) {
      out.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  private static byte[] finished(ByteArrayOutputStream block) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(block.toByteArray());
    whole.writeBytes(new byte[] {0, 0, 0, 0, 1, 0, 0, 0}); // one restart, at 0
    return whole.toByteArray();
  }

  public byte[] bytes() {
    byte[] data = finished(block);
    byte[] metadata = finished(new ByteArrayOutputStream());
    ByteArrayOutputStream handle = new ByteArrayOutputStream();
    varint(handle, 0);
    varint(handle, data.length);
    ByteArrayOutputStream indexBlock = new ByteArrayOutputStream();
    add(indexBlock, new byte[] {'x'}, handle.toByteArray());
    byte[] index = finished(indexBlock);
    ByteArrayOutputStream footer = new ByteArrayOutputStream();
    int metadataAt = data.length + BLOCK_END.length;
    varint(footer, metadataAt);
    varint(footer, metadata.length);
    varint(footer, metadataAt + metadata.length + BLOCK_END.length);
    varint(footer, index.length);
    footer.writeBytes(new byte[FOOTER - footer.size()]);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    for (byte[] each : new byte[][] {data, metadata, index}) {
      file.writeBytes(each);
      file.writeBytes(BLOCK_END);
    }
    file.writeBytes(footer.toByteArray());
    file.writeBytes(
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(MAGIC).array());
    return file.toByteArray();
  }
}
