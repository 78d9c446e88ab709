package dev.vidimus.scan.archive;

import dev.vidimus.formats.tar.TarMember;
import dev.vidimus.scan.inspection.Target;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Whether an archive is a layer of a container image that holds parts of an operating system
/// ([image layers](https://github.com/opencontainers/image-spec/blob/main/layer.md)). Programs,
/// links and devices are what such a layer is for; the question is whether there is a model in it.
final class SystemImage {
  /// Top folders of the Filesystem Hierarchy Standard.
  private static final Set<String> FOLDERS =
      Set.of(
          "bin", "boot", "dev", "etc", "home", "lib", "lib32", "lib64", "libx32", "media", "mnt",
          "opt", "proc", "root", "run", "sbin", "srv", "sys", "tmp", "usr", "var");

  /// Blobs of a layout go by their digests, those of `docker save` by this.
  private static final Pattern LAYER =
      Pattern.compile("[0-9a-f]{64}|sha256[-:][0-9a-f]{64}|layer\\.tar");

  private static final String WHITEOUT = ".wh.";

  private SystemImage() {}

  /// True of a layer of which every member is in a folder of an operating system.
  static boolean is(Target target, List<TarMember> members) {
    if (!LAYER.matcher(target.name()).matches() || members.isEmpty()) {
      return false;
    }
    for (TarMember member : members) {
      String name = Links.plain(member.name());
      int slash = name.indexOf('/');
      String top = slash < 0 ? name : name.substring(0, slash);
      String plain = top.startsWith(WHITEOUT) ? top.substring(WHITEOUT.length()) : top;
      if (!plain.isEmpty() && !plain.equals(".") && !FOLDERS.contains(plain)) {
        return false;
      }
    }
    return true;
  }
}
