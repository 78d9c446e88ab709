package dev.vidimus.registry.intake;

import java.nio.file.Path;

/// There is no room for it; once there is, the same works.
public final class NoRoom extends Refusal {
  private static final long serialVersionUID = 1L;

  private final String what;

  /// @param what is missing, in words that name no place on the disk
  /// @param where it is missing
  /// @param why in the words of a file system or database; empty if nothing was tried
  public NoRoom(String what, Path where, String why) {
    super(
        what + " at " + where + (why.isEmpty() ? "" : ": " + why),
        "free some space there; vidimus storage shows what is kept, vidimus gc removes what nobody"
            + " needs");
    this.what = what;
  }

  /// What is missing, for whoever need not know this machine's disk.
  public String what() {
    return what;
  }
}
