package dev.vidimus.evidence.oms;

import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.intoto.Statement;
import dev.vidimus.evidence.intoto.Subject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What version 0.2.0 of the reference implementation made in 2025: a subject for each file, and a
/// signature over something that is almost, but not quite, the encoding of DSSE.
final class LegacyForm {
  static final String PREDICATE = "https://model_signing/Digests/v0.1";

  private static final String STEP = "manifest";

  private LegacyForm() {}

  /// What was signed: `DSSEV1 <len type> <type> <len payload> b'…'`, the payload as Python prints
  /// bytes.
  static byte[] encoding(String type, byte[] payload) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(payload.length * 2);
    out.writeBytes(
        ("DSSEV1 " + type.length() + " " + type + " " + payload.length + " ")
            .getBytes(StandardCharsets.UTF_8));
    out.writeBytes(pythonRepr(payload).getBytes(StandardCharsets.US_ASCII));
    return out.toByteArray();
  }

  private static String pythonRepr(byte[] bytes) {
    boolean single = false;
    boolean twofold = false;
    for (byte b : bytes) {
      single |= b == '\'';
      twofold |= b == '"';
    }
    char quote = single && !twofold ? '"' : '\'';
    StringBuilder text = new StringBuilder(bytes.length * 2).append('b').append(quote);
    for (byte b : bytes) {
      switch (b) {
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        case '\\' -> text.append("\\\\");
        default -> {
          if (b == quote) {
            text.append('\\').append(quote);
          } else if (b >= ' ' && b < 0x7f) {
            text.append((char) b);
          } else {
            text.append("\\x");
            text.append(Character.forDigit(b >> 4 & 0xf, 16));
            text.append(Character.forDigit(b & 0xf, 16));
          }
        }
      }
    }
    return text.append(quote).toString();
  }

  /// The manifest that the subjects make.
  static Manifest manifest(Statement statement) throws CheckFailed {
    List<Resource> resources = new ArrayList<>();
    for (Subject subject : statement.subjects()) {
      String digest = subject.digest().get("sha256");
      if (digest == null
          || subject.digest().size() != 1
          || digest.length() != HashType.SHA256.digits()
          || !digest.chars().allMatch(c -> "0123456789abcdef".indexOf(c) >= 0)) {
        throw new CheckFailed(STEP, "a lower-case sha256 for each file", "" + subject.digest());
      }
      if (!subject.name().equals(Resource.SELF)) {
        ResourcePath.requireCanonical(STEP, subject.name());
      }
      resources.add(new Resource(subject.name(), 0, Resource.WHOLE, digest));
    }
    if (resources.isEmpty()) {
      throw new CheckFailed(STEP, "at least one file", "none");
    }
    if (resources.stream().map(Resource::path).distinct().count() != resources.size()) {
      throw new CheckFailed(STEP, "each file once", "one twice");
    }
    return new Manifest(new Serialization(HashType.SHA256, 0, false, List.of()), resources);
  }
}
