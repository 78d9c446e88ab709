package dev.vidimus.testkit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/// Makes FlatBuffers from back to front, as the builders do: what is referred to comes first.
/// Places are counted from the end of the file.
public final class FlatForger {
  private byte[] bytes = {};

  private FlatForger() {}

  /// An empty file.
  public static FlatForger flat() {
    return new FlatForger();
  }

  /// A field of a table.
  ///
  /// @param value a number, or a place
  /// @param isPlace whether the field refers to the place
  public record Field(int value, boolean isPlace) {
    /// A field that is a number.
    public static Field number(int value) {
      return new Field(value, false);
    }

    /// A field that refers to what was put before.
    public static Field at(int place) {
      return new Field(place, true);
    }
  }

  /// Puts a text.
  public int text(String value) {
    byte[] text = (value + "\0").getBytes(StandardCharsets.UTF_8);
    pad(text.length);
    put(text);
    return word(text.length - 1);
  }

  /// Puts a vector of references.
  public int references(int... places) {
    pad(0);
    for (int i = places.length - 1; i >= 0; i--) {
      word(bytes.length + 4 - places[i]);
    }
    return word(places.length);
  }

  /// Puts a vector of numbers.
  public int numbers(int... values) {
    pad(0);
    for (int i = values.length - 1; i >= 0; i--) {
      word(values[i]);
    }
    return word(values.length);
  }

  /// Puts a table.
  ///
  /// @param slots how many its vtable has
  /// @param fields by slot; each takes four bytes
  public int table(int slots, Map<Integer, Field> fields) {
    pad(0);
    int end = bytes.length;
    int[] places = new int[slots];
    for (int slot = slots - 1; slot >= 0; slot--) {
      Field field = fields.get(slot);
      if (field != null) {
        places[slot] = word(field.isPlace() ? bytes.length + 4 - field.value() : field.value());
      }
    }
    LittleEndian vtable = new LittleEndian();
    int table = bytes.length + 4;
    vtable.u16(4 + 2 * slots).u16(table - end);
    for (int place : places) {
      vtable.u16(place == 0 ? 0 : table - place);
    }
    while (vtable.size() % 4 != 0) {
      vtable.u8(0);
    }
    word(vtable.size());
    put(vtable.array());
    return table;
  }

  /// The file, with its root and its identifier.
  public byte[] file(int root, String identifier) {
    put(identifier.getBytes(StandardCharsets.ISO_8859_1));
    word(bytes.length + 4 - root);
    return bytes.clone();
  }

  private void pad(int more) {
    while ((bytes.length + more) % 4 != 0) {
      put((byte) 0);
    }
  }

  private int word(int value) {
    return put(new LittleEndian().u32(value).array());
  }

  private int put(byte... front) {
    byte[] joined = Arrays.copyOf(front, front.length + bytes.length);
    System.arraycopy(bytes, 0, joined, front.length, bytes.length);
    bytes = joined;
    return bytes.length;
  }
}
