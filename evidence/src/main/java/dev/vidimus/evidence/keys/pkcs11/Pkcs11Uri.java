package dev.vidimus.evidence.keys.pkcs11;

import dev.vidimus.artifact.FormatException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which key in which token, by [RFC 7512](https://www.rfc-editor.org/rfc/rfc7512):
/// `pkcs11:token=Release;object=signer?module-path=/usr/lib/softhsm/libsofthsm2.so`. An attribute
/// that we do not use is refused: it would narrow the choice, and be passed over.
///
/// @param attributes by name, decoded; of `id`, which is bytes and no text, the hex digits
public record Pkcs11Uri(Map<String, String> attributes) {
  private static final String SCHEME = "pkcs11:";
  private static final int LONGEST = 4_096;
  private static final Set<String> PATH =
      Set.of("token", "manufacturer", "model", "serial", "slot-id", "object", "id", "type");
  private static final Set<String> QUERY = Set.of("module-path", "pin-source", "pin-value");

  public Pkcs11Uri {
    attributes = Map.copyOf(attributes);
  }

  /// Whether a text is such a URI and no file.
  public static boolean is(String text) {
    return text.startsWith(SCHEME);
  }

  /// @throws FormatException if it is malformed, or has attributes that we do not use
  public static Pkcs11Uri of(String text) throws FormatException {
    if (!is(text) || text.length() > LONGEST) {
      throw new FormatException.Malformed("PKCS#11 URI", 0, "is none, or too long");
    }
    Map<String, String> attributes = new LinkedHashMap<>();
    int query = text.indexOf('?');
    String path = text.substring(SCHEME.length(), query < 0 ? text.length() : query);
    collect(path, ";", PATH, attributes);
    if (query >= 0) {
      collect(text.substring(query + 1), "&", QUERY, attributes);
    }
    if (!attributes.containsKey("module-path")) {
      throw new FormatException.Unsupported("PKCS#11 URI", 0, "without module-path");
    }
    if (!attributes.getOrDefault("type", "private").equals("private")) {
      throw new FormatException.Unsupported("PKCS#11 URI", 0, "of another type than private");
    }
    return new Pkcs11Uri(attributes);
  }

  private static void collect(
      String text, String separator, Set<String> known, Map<String, String> into)
      throws FormatException {
    for (String attribute : text.split(separator, -1)) {
      if (attribute.isEmpty() && text.isEmpty()) {
        return;
      }
      int equals = attribute.indexOf('=');
      String name = equals < 0 ? attribute : attribute.substring(0, equals);
      if (equals < 0 || !known.contains(name)) {
        throw new FormatException.Unsupported("PKCS#11 URI", 0, "the attribute " + name);
      }
      byte[] value = decoded(attribute.substring(equals + 1));
      if (into.put(name, name.equals("id") ? HexFormat.of().formatHex(value) : text(value))
          != null) {
        throw new FormatException.Malformed("PKCS#11 URI", 0, "has " + name + " twice");
      }
    }
  }

  private static byte[] decoded(String text) throws FormatException {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(encoded.length);
    for (int i = 0; i < encoded.length; i++) {
      if (encoded[i] != '%') {
        bytes.put(encoded[i]);
        continue;
      }
      int high = i + 2 < encoded.length ? Character.digit(encoded[i + 1], 16) : -1;
      int low = i + 2 < encoded.length ? Character.digit(encoded[i + 2], 16) : -1;
      if (high < 0 || low < 0) {
        throw new FormatException.Malformed("PKCS#11 URI", i, "a % without two hex digits");
      }
      bytes.put((byte) (high << 4 | low));
      i += 2;
    }
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  private static String text(byte[] bytes) throws FormatException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new FormatException.Malformed("PKCS#11 URI", 0, "a value that is no UTF-8");
    }
  }

  /// The value of an attribute, or null.
  public @Nullable String get(String name) {
    return attributes.get(name);
  }

  /// The id, `CKA_ID`, that the key and its certificate must have, or null for any.
  byte @Nullable [] id() {
    String hex = attributes.get("id");
    return hex == null ? null : HexFormat.of().parseHex(hex);
  }

  /// Without a PIN, so that it can be shown.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(SCHEME);
    attributes.keySet().stream()
        .sorted()
        .filter(PATH::contains)
        .forEach(name -> text.append(name).append('=').append(shown(name)).append(';'));
    return text.toString();
  }

  private String shown(String name) {
    String value = String.valueOf(attributes.get(name));
    return name.equals("id") ? value.replaceAll("..", "%$0") : value;
  }
}
