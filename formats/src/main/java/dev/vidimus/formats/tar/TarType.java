package dev.vidimus.formats.tar;

/// What a member becomes when it is extracted.
public enum TarType {
  FILE,
  HARD_LINK,
  SYMBOLIC_LINK,
  CHARACTER_DEVICE,
  BLOCK_DEVICE,
  DIRECTORY,
  FIFO;

  /// The type by its flag; flags that nobody defined are files, as POSIX asks.
  static TarType of(int flag, String name) {
    return switch (flag) {
      case '1' -> HARD_LINK;
      case '2' -> SYMBOLIC_LINK;
      case '3' -> CHARACTER_DEVICE;
      case '4' -> BLOCK_DEVICE;
      case '5' -> DIRECTORY;
      case '6' -> FIFO;
      case 0 -> name.endsWith("/") ? DIRECTORY : FILE; // v7 has no flag for folders
      default -> FILE;
    };
  }

  /// True if data follows the header.
  boolean hasData() {
    return this == FILE;
  }
}
