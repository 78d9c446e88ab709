package dev.vidimus.formats.tokenizer;

/// Told what a model of SentencePiece holds, in the order of its bytes.
public interface SentencePieceListener {
  /// What a piece is for.
  enum Kind {
    NORMAL,
    UNKNOWN,
    CONTROL,
    USER_DEFINED,
    UNUSED,
    BYTE,
    /// A number that the format does not define.
    OTHER
  }

  /// Which texts a table rewrites.
  enum Direction {
    /// What the model is given.
    INPUT,
    /// What the model says.
    OUTPUT
  }

  /// A piece of the vocabulary.
  ///
  /// @param text cut off after 1 KiB
  /// @param offset in bytes from the start of the file
  void piece(String text, Kind kind, long offset);

  /// A compiled table of characters and what they are replaced by.
  ///
  /// @param offset in bytes from the start of the file
  void table(Direction direction, byte[] compiled, long offset);

  /// Rules from which a table is compiled: lines of code points.
  ///
  /// @param rules cut off after 64 KiB
  /// @param offset in bytes from the start of the file
  void rules(Direction direction, String rules, long offset);
}
