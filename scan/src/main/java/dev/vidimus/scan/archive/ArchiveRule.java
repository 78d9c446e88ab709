package dev.vidimus.scan.archive;

import dev.vidimus.artifact.Level;
import dev.vidimus.artifact.Rule;
import dev.vidimus.artifact.RuleId;
import dev.vidimus.artifact.Verdict;

/// What can be wrong with a container. Each rule has a page under `docs/findings/`.
public enum ArchiveRule implements Rule {
  PATH_ESCAPES(
      "VID-ARCHIVE-001",
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "A member's name points outside the folder that it is extracted to",
      "Do not extract the archive; ask its publisher for one with relative names.",
      "CWE-22"),
  LINK_ESCAPES(
      "VID-ARCHIVE-002",
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "A link in the archive points outside the folder that it is extracted to",
      "Do not extract the archive; a model needs no links.",
      "CWE-59"),
  WRITE_THROUGH_LINK(
      "VID-ARCHIVE-003",
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "A member is written through a link that the archive itself creates",
      "Do not extract the archive; a model needs no links.",
      "CWE-61"),
  DEVICE_NODE(
      "VID-ARCHIVE-004",
      Level.MEDIUM,
      Verdict.SUSPICIOUS,
      "Extracting the archive creates a device or a pipe",
      "Do not extract the archive; a model needs no devices.",
      "CWE-73"),
  HEADERS_DISAGREE(
      "VID-ARCHIVE-005",
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "Two headers of one member contradict each other, so that readers see different members",
      "Do not load the file; have it written again by its framework.",
      "CWE-436"),
  HIDDEN_MEMBER(
      "VID-ARCHIVE-006",
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "The archive holds a member that its directory does not list",
      "Do not load the file; have it written again by its framework.",
      "CWE-436"),
  UNACCOUNTED_BYTES(
      "VID-ARCHIVE-007",
      Level.MEDIUM,
      Verdict.SUSPICIOUS,
      "The container holds bytes that belong to no member",
      "Find out what the bytes are, or have the file written again by its framework.",
      "CWE-436"),
  DUPLICATE_NAME(
      "VID-ARCHIVE-008",
      Level.MEDIUM,
      Verdict.SUSPICIOUS,
      "Two different members have the same name, and readers choose different ones",
      "Do not load the file; have it written again by its framework.",
      "CWE-694"),
  ENCRYPTED(
      "VID-ARCHIVE-009",
      Level.MEDIUM,
      Verdict.INCOMPLETE,
      "A member is encrypted and was not examined",
      "Scan the decrypted content.",
      "CWE-693"),
  MISLEADING_FLAG(
      "VID-ARCHIVE-010",
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "A flag makes some readers refuse a member that others, PyTorch among them, read",
      "Do not load the file; no framework writes such flags.",
      "CWE-436"),
  BAD_CRC(
      "VID-ARCHIVE-011",
      Level.MEDIUM,
      Verdict.INVALID,
      "A member's content does not match its checksum",
      "Fetch the file again; if it stays so, do not trust it.",
      "CWE-354"),
  UNCHECKED_CRC(
      "VID-ARCHIVE-012",
      Level.INFO,
      Verdict.CLEAN,
      "A PyTorch record does not match its checksum, which PyTorch does not look at",
      "Nothing, if it was saved without checksums; otherwise fetch the file again.",
      "CWE-354"),
  BOMB(
      "VID-ARCHIVE-013",
      Level.MEDIUM,
      Verdict.SUSPICIOUS,
      "A small stream inflates to very much",
      "Do not extract the archive without a limit.",
      "CWE-409"),
  SIZE_DIFFERS(
      "VID-ARCHIVE-014",
      Level.MEDIUM,
      Verdict.SUSPICIOUS,
      "A member inflates to another size than it declares",
      "Do not extract the archive without a limit; have it written again.",
      "CWE-409"),
  MALFORMED(
      "VID-ARCHIVE-015",
      Level.MEDIUM,
      Verdict.INVALID,
      "The container breaks its format or is cut off",
      "Fetch the file again; what was found before the break stands.",
      "CWE-20"),
  SEVERAL_DIRECTORIES(
      "VID-ARCHIVE-016",
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "Readers find different directories in the archive",
      "Do not load the file; have it written again by its framework.",
      "CWE-436"),
  OVERLAPPING_MEMBERS(
      "VID-ARCHIVE-017",
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "Members of the archive share bytes",
      "Do not extract the archive; no tool writes such files by accident.",
      "CWE-409"),
  PREFIX(
      "VID-ARCHIVE-018",
      Level.MEDIUM,
      Verdict.SUSPICIOUS,
      "Something else stands before the archive, so that the file has two meanings",
      "Find out what the first bytes do; a model file needs none.",
      "CWE-436"),
  AMBIGUOUS_NAME(
      "VID-ARCHIVE-019",
      Level.MEDIUM,
      Verdict.SUSPICIOUS,
      "A member's name ends at different places for different readers",
      "Do not extract the archive; ask its publisher for one with plain names.",
      "CWE-158"),
  BACKSLASH_NAME(
      "VID-ARCHIVE-020",
      Level.INFO,
      Verdict.CLEAN,
      "A member's name has a backslash, which is a separator on Windows only",
      "Nothing; extract it where you know which of the two it is.",
      "CWE-41");

  private final Entry entry;

  ArchiveRule(String id, Level level, Verdict implies, String title, String fix, String cwe) {
    RuleId ruleId = new RuleId(id);
    this.entry = new Entry(ruleId, level, implies, title, fix, cwe, "AML.T0011.000", "LLM03");
  }

  @Override
  public Entry entry() {
    return entry;
  }
}
