package dev.vidimus.registry.archive;

import dev.vidimus.artifact.Budget;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.formats.tar.TarArchive;
import dev.vidimus.formats.tar.TarMember;
import dev.vidimus.formats.tar.TarReader;
import dev.vidimus.formats.tar.TarType;
import dev.vidimus.registry.intake.NewTree;
import dev.vidimus.registry.intake.Refusal;
import dev.vidimus.registry.intake.Room;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/// A tar archive as a tree: plain files and folders, in one reading.
final class TarTree {
  private TarTree() {}

  static void unpack(Bytes bytes, String shown, Budget budget, NewTree tree) throws IOException {
    TarArchive archive = TarReader.read(bytes, shown, budget);
    if (!archive.problems().isEmpty()) {
      throw Members.refusal(shown, String.valueOf(archive.problems().getFirst().getMessage()));
    }
    if (archive.trailing() >= 0) {
      throw Members.refusal(shown, "bytes from " + archive.trailing() + " on belong to no member");
    }
    Map<String, TarMember> files = new LinkedHashMap<>();
    long sum = 0;
    for (TarMember member : archive.members()) {
      require(member, shown);
      String path = Members.path(member.name());
      if (member.type() == TarType.FILE) {
        tree.announce(path);
        files.put(path, member);
        sum += member.content().size(); // each was taken from a budget or lies in the archive
      }
    }
    Room.require(tree.root(), sum);
    for (Map.Entry<String, TarMember> file : files.entrySet()) {
      Members.write(file.getValue().content(), tree, file.getKey());
    }
  }

  private static void require(TarMember member, String shown) throws Refusal {
    if (member.type() != TarType.FILE && member.type() != TarType.DIRECTORY) {
      throw Members.refusal(shown, member.name(), "is no file and no folder: " + member.type());
    }
    if (member.afterEnd()) {
      throw Members.refusal(shown, member.name(), "stands behind the end of the archive");
    }
    if (member.sizesDisagree()) {
      throw Members.refusal(shown, member.name(), "its two headers declare different sizes");
    }
    if (member.type() == TarType.FILE && member.name().endsWith("/")) {
      throw Members.refusal(shown, member.name(), "is a file with the name of a folder");
    }
  }
}
