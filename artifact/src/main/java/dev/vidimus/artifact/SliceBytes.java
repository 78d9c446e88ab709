package dev.vidimus.artifact;

import java.io.IOException;
import java.util.Objects;

/// A part of another source. Slices of slices refer to the outermost source, so that depth costs
/// nothing.
final class SliceBytes implements Bytes {
  private final Bytes whole;
  private final long start;
  private final long size;

  SliceBytes(Bytes whole, long start, long size) {
    if (whole instanceof SliceBytes slice) {
      this.whole = slice.whole;
      this.start = slice.start + start;
    } else {
      this.whole = whole;
      this.start = start;
    }
    this.size = size;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void read(long offset, byte[] into, int at, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, size);
    whole.read(start + offset, into, at, length);
  }
}
