package dev.vidimus.scan.archive;

import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.Printable;
import dev.vidimus.scan.inspection.Inspection;

/// Reports what is wrong with the names of members and the targets of links.
final class Names {
  private static final int LONGEST_SHOWN = 200;

  private Names() {}

  /// A name as it is shown.
  static String shown(String name) {
    return Printable.of(name, LONGEST_SHOWN);
  }

  /// Reports a name that leads elsewhere or that readers cut differently.
  static void check(String name, Location member, Inspection inspection) {
    if (Paths.escapes(name)) {
      String how = Paths.isAbsolute(name) ? "is absolute" : "leads above its folder";
      inspection.report(
          ArchiveRule.PATH_ESCAPES.at(member, "the name " + how + ": " + shown(name), ""));
    } else if (name.indexOf('\\') >= 0) {
      inspection.report(
          ArchiveRule.BACKSLASH_NAME.at(member, "the name has a backslash: " + shown(name), ""));
    }
    if (name.indexOf('\0') >= 0) {
      inspection.report(
          ArchiveRule.AMBIGUOUS_NAME.at(
              member, "the name goes on after a NUL, where Python cuts it: " + shown(name), ""));
    }
  }

  /// Reports a symbolic link that leads out.
  static void checkLink(String name, String target, Location member, Inspection inspection) {
    if (Paths.linkEscapes(name, target)) {
      inspection.report(
          ArchiveRule.LINK_ESCAPES.at(
              member, "a symbolic link to " + shown(target) + " leads out", shown(target)));
    }
  }
}
