package dev.vidimus.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Makes models of SentencePiece.
public final class SentencePieceForger {
  private static final int NORMAL = 1;
  private static final int UNKNOWN = 2;
  private static final int CONTROL = 3;
  private static final int USER_DEFINED = 4;
  private static final int BYTE = 6;

  private final ProtoForger model = ProtoForger.message();

  private SentencePieceForger() {
    piece("<unk>", 0, UNKNOWN).piece("<s>", 0, CONTROL).piece("</s>", 0, CONTROL);
  }

  /// A model with the pieces that every vocabulary begins with.
  public static SentencePieceForger ordinary() {
    return new SentencePieceForger();
  }

  private SentencePieceForger piece(String text, float score, int kind) {
    ProtoForger piece = ProtoForger.message().text(1, text).decimal(2, score);
    model.inside(1, kind == NORMAL ? piece : piece.number(3, kind));
    return this;
  }

  /// A piece of the ordinary vocabulary.
  public SentencePieceForger normal(String text) {
    return piece(text, -3.5f, NORMAL);
  }

  /// A piece that stands for a byte.
  public SentencePieceForger ofByte(int value) {
    return piece(String.format("<0x%02X>", value), 0, BYTE);
  }

  /// A piece that the trainer was told to keep.
  public SentencePieceForger userDefined(String text) {
    return piece(text, 0, USER_DEFINED);
  }

  /// A normalizer with a table.
  ///
  /// @param replacements what its characters are replaced by
  public SentencePieceForger normalizer(String... replacements) {
    model.inside(
        3, ProtoForger.message().text(1, "nmt_nfkc").bytes(2, table(replacements)).number(3, 1));
    return this;
  }

  /// A denormalizer with rules that are not compiled.
  public SentencePieceForger denormalizer(String rules) {
    model.inside(5, ProtoForger.message().text(6, rules));
    return this;
  }

  private static byte[] table(String... replacements) {
    ByteArrayOutputStream table = new ByteArrayOutputStream();
    table.writeBytes(new byte[] {4, 0, 0, 0, 1, 2, 3, 4});
    for (String text : replacements) {
      table.writeBytes(text.getBytes(StandardCharsets.UTF_8));
      table.write(0);
    }
    return table.toByteArray();
  }

  /// The file.
  public byte[] bytes() {
    return model.bytes();
  }
}
