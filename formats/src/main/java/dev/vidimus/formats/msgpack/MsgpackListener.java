package dev.vidimus.formats.msgpack;

import dev.vidimus.artifact.FormatException;
import java.io.IOException;

/// Hears what a file holds besides numbers and containers.
public interface MsgpackListener {
  /// Bytes.
  ///
  /// @param offset of the first byte
  void bytes(long offset, long length) throws IOException, FormatException;

  /// A value of an application's own type.
  ///
  /// @param type -128 to 127; below 0 those of MessagePack itself
  /// @param offset of the first byte of its content
  void extension(int type, long offset, long length) throws IOException, FormatException;
}
