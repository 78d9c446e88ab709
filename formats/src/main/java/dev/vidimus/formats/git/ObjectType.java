package dev.vidimus.formats.git;

import org.jspecify.annotations.Nullable;

/// The four kinds of objects, by the numbers that packs use for them.
enum ObjectType {
  COMMIT(1, "commit"),
  TREE(2, "tree"),
  BLOB(3, "blob"),
  TAG(4, "tag");

  private final int code;
  private final String word;

  ObjectType(int code, String word) {
    this.code = code;
    this.word = word;
  }

  String word() {
    return word;
  }

  static @Nullable ObjectType of(int code) {
    for (ObjectType type : values()) {
      if (type.code == code) {
        return type;
      }
    }
    return null;
  }

  static @Nullable ObjectType named(String word) {
    for (ObjectType type : values()) {
      if (type.word.equals(word)) {
        return type;
      }
    }
    return null;
  }
}
