package dev.vidimus.artifact;

import java.util.Objects;

/// Bytes in memory.
final class HeapBytes implements Bytes {
  private final byte[] array;

  HeapBytes(byte[] array) {
    this.array = array;
  }

  @Override
  public long size() {
    return array.length;
  }

  @Override
  public void read(long offset, byte[] into, int at, int length) {
    Objects.checkFromIndexSize(offset, length, array.length);
    System.arraycopy(array, (int) offset, into, at, length);
  }
}
