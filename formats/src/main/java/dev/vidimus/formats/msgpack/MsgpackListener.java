package dev.vidimus.formats.msgpack;

import dev.vidimus.artifact.FormatException;
import java.io.IOException;

/// Hears what a file holds.
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

  /// A container begins; its values follow, those of a map as key and value in turn.
  ///
  /// @param count of the values inside, for a map twice that of its pairs
  default void begin(boolean isMap, long count) throws IOException, FormatException {}

  /// The container that began last ends.
  default void end() throws IOException, FormatException {}

  /// A text.
  ///
  /// @param offset of its first byte
  default void text(long offset, long length) throws IOException, FormatException {}

  /// A whole number; as its bits if it is over 2^63.
  default void integer(long value) throws IOException, FormatException {}

  /// Nothing, true, false, or a number that is not whole.
  default void other() throws IOException, FormatException {}
}
