package dev.vidimus.evidence.keys;

import dev.vidimus.artifact.FormatException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// One block of a text in the form of [RFC 7468](https://www.rfc-editor.org/rfc/rfc7468). Text
/// outside the blocks is passed over, as tools write explanations there.
public final class Pem {
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";
  private static final int LINE = 64;

  private final String label;
  private final byte[] der;

  /// @param label `PUBLIC KEY`
  /// @param der the bytes inside; not copied, and must not change
  public Pem(String label, byte[] der) {
    this.label = label;
    this.der = der;
  }

  /// What the block says that it is.
  public String label() {
    return label;
  }

  /// The bytes inside; the array must not be changed.
  public byte[] der() {
    return der;
  }

  /// Every block of a text, in order.
  ///
  /// @throws FormatException if a block does not end, or is no base64
  public static List<Pem> read(String text, String where) throws FormatException {
    List<Pem> blocks = new ArrayList<>();
    int at = text.indexOf(BEGIN);
    while (at >= 0) {
      int labelEnd = text.indexOf(DASHES, at + BEGIN.length());
      String label = labelEnd < 0 ? "" : text.substring(at + BEGIN.length(), labelEnd);
      String last = END + label + DASHES;
      int end = labelEnd < 0 ? -1 : text.indexOf(last, labelEnd);
      if (end < 0) {
        throw new FormatException.Malformed(where, at, "a PEM block that does not end");
      }
      String body = text.substring(labelEnd + DASHES.length(), end);
      if (body.indexOf(':') >= 0) {
        throw new FormatException.Unsupported(where, at, "a PEM block with headers");
      }
      try {
        blocks.add(new Pem(label, Base64.getDecoder().decode(body.replaceAll("\\s", ""))));
      } catch (IllegalArgumentException e) {
        throw new FormatException.Malformed(where, at, "a PEM block that is no base64");
      }
      at = text.indexOf(BEGIN, end + last.length());
    }
    return blocks;
  }

  /// The text, in lines of 64 characters that each end with LF, the last included.
  public String text() {
    byte[] newline = "\n".getBytes(StandardCharsets.US_ASCII);
    return BEGIN
        + label
        + DASHES
        + "\n"
        + Base64.getMimeEncoder(LINE, newline).encodeToString(der)
        + "\n"
        + END
        + label
        + DASHES
        + "\n";
  }
}
