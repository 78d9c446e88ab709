package dev.vidimus.formats.tar;

import dev.vidimus.artifact.FormatException;
import java.util.List;

/// What a tar archive holds.
///
/// @param members in their order; a name may come more than once
/// @param trailing where bytes begin that are neither zero nor a header; -1 if there are none
/// @param problems why reading ended early or what was cut off
public record TarArchive(List<TarMember> members, long trailing, List<FormatException> problems) {
  public TarArchive {
    members = List.copyOf(members);
    problems = List.copyOf(problems);
  }
}
