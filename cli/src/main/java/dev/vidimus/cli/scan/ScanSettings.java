package dev.vidimus.cli.scan;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FileBytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Verdict;
import dev.vidimus.cli.args.Arguments;
import dev.vidimus.cli.args.Nearest;
import dev.vidimus.cli.args.Option;
import dev.vidimus.cli.args.UsageException;
import dev.vidimus.cli.host.ExitCode;
import dev.vidimus.cli.host.Host;
import dev.vidimus.scan.FileOutcome;
import dev.vidimus.scan.RuleCatalogue;
import dev.vidimus.scan.pickle.Allowlist;
import dev.vidimus.scan.pickle.Profile;
import dev.vidimus.scan.suppression.Suppression;
import dev.vidimus.scan.suppression.Suppressions;
import dev.vidimus.scan.suppression.SuppressionsReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// What the caller of `scan` asked for.
///
/// @param graph the language to print the graph in; empty if it is not to be printed
/// @param failOn the mildest verdict that makes the answer no
/// @param profile the word of the allowlist, or the digest of the caller's own
/// @param changedSince a git revision; empty if all files count
record ScanSettings(
    List<String> paths,
    String format,
    String graph,
    Verdict failOn,
    boolean allowIncomplete,
    Allowlist allowlist,
    String profile,
    boolean explain,
    boolean digest,
    boolean unpack,
    List<Glob> excludes,
    String changedSince,
    boolean allowIgnore,
    Suppressions suppressions,
    boolean noCache,
    boolean allowPrivate,
    boolean allowInsecure,
    int jobs,
    boolean quiet,
    boolean verbose) {
  private static final int MOST_JOBS = 256;
  private static final long LARGEST_PROFILE = 1 << 20;

  static ScanSettings of(Host host, Arguments arguments) throws UsageException, IOException {
    List<String> paths = arguments.parameters();
    if (paths.isEmpty()) {
      throw new UsageException(
          "nothing to scan", "name a file or a folder, or - for standard input: vidimus scan PATH");
    }
    if (paths.indexOf("-") != paths.lastIndexOf("-")) {
      throw new UsageException("standard input can be read only once", "");
    }
    if (arguments.has(ScanCommand.GRAPH) && arguments.has(ScanCommand.FORMAT)) {
      throw new UsageException(
          "--graph prints in place of findings", "give one of --graph and --format");
    }
    String profile = textOr(arguments, ScanCommand.PROFILE, "all");
    return new ScanSettings(
        paths,
        textOr(arguments, ScanCommand.FORMAT, "text"),
        textOr(arguments, ScanCommand.GRAPH, ""),
        failOn(textOr(arguments, ScanCommand.FAIL_ON, "suspicious")),
        arguments.has(ScanCommand.ALLOW_INCOMPLETE),
        allowlist(host, profile),
        profileName(host, profile),
        arguments.has(ScanCommand.EXPLAIN),
        arguments.has(ScanCommand.DIGEST),
        arguments.has(ScanCommand.UNPACK),
        excludes(arguments.values(ScanCommand.EXCLUDE)),
        textOr(arguments, ScanCommand.CHANGED_SINCE, ""),
        arguments.has(ScanCommand.ALLOW_IGNORE),
        suppressions(host, textOr(arguments, ScanCommand.SUPPRESSIONS, "")),
        arguments.has(ScanCommand.NO_CACHE),
        arguments.has(ScanCommand.ALLOW_PRIVATE),
        arguments.has(ScanCommand.ALLOW_INSECURE),
        jobs(textOr(arguments, ScanCommand.JOBS, ""), host.processors()),
        arguments.has(ScanCommand.QUIET),
        arguments.has(ScanCommand.VERBOSE));
  }

  /// Each file answers for itself: what is not known of one is not made up for by another.
  ExitCode answer(FileOutcome outcome) {
    if (outcome.verdict().compareTo(failOn) >= 0) {
      return ExitCode.NO;
    }
    boolean gaps = !outcome.scanned().report().notExamined().isEmpty();
    boolean isUnknown =
        outcome.failure() != null || outcome.isInvalid() || (gaps && !allowIncomplete);
    return isUnknown ? ExitCode.COULD_NOT_TELL : ExitCode.YES;
  }

  Renderer renderer(Host host) {
    if (!graph.isEmpty()) {
      return new GraphRenderer(host, graph);
    }
    return switch (format) {
      case "json" -> new JsonRenderer(host, this, false);
      case "jsonl" -> new JsonRenderer(host, this, true);
      case "sarif" -> new SarifRenderer(host, host.version());
      case "junit" -> new JunitRenderer(host, this);
      default -> new TextRenderer(host, this);
    };
  }

  private static String profileName(Host host, String word) throws IOException {
    for (Profile profile : Profile.values()) {
      if (profile.word().equals(word)) {
        return word;
      }
    }
    return Digest.sha256(Files.readAllBytes(host.folder().resolve(word))).toString();
  }

  /// The file that the caller names, and never one of those that are scanned.
  private static Suppressions suppressions(Host host, String name)
      throws UsageException, IOException {
    if (name.isEmpty()) {
      return Suppressions.NONE;
    }
    Path file = host.folder().resolve(name);
    if (!Files.isRegularFile(file)) {
      throw new UsageException("no file of suppressions: " + name, "");
    }
    try (Bytes bytes = FileBytes.open(file)) {
      Suppressions all =
          Suppressions.of(
              SuppressionsReader.read(bytes, name, id -> RuleCatalogue.find(id) != null),
              InstantSource.system().instant());
      for (Suppression ended : all.expired()) {
        host.tell(
            "vidimus: the suppression of %s in %s by %s ended on %s%n"
                .formatted(ended.rule(), ended.file(), ended.owner(), ended.expires()));
      }
      return all;
    } catch (FormatException e) {
      throw new UsageException(
          String.valueOf(e.getMessage()), "docs/reference/suppressions.md says what it may hold");
    }
  }

  private static String textOr(Arguments arguments, Option option, String otherwise) {
    String value = arguments.value(option);
    return value == null ? otherwise : value;
  }

  private static Verdict failOn(String word) {
    return switch (word) {
      case "malicious" -> Verdict.MALICIOUS;
      case "incomplete" -> Verdict.INCOMPLETE;
      default -> Verdict.SUSPICIOUS;
    };
  }

  private static Allowlist allowlist(Host host, String word) throws UsageException, IOException {
    for (Profile profile : Profile.values()) {
      if (profile.word().equals(word)) {
        return Allowlist.of(profile);
      }
    }
    Path file = host.folder().resolve(word);
    if (!Files.isRegularFile(file)) {
      String nearest = Nearest.to(word, List.of("weights", "torch", "sklearn", "all"));
      throw new UsageException(
          "no profile and no file: " + word,
          nearest == null
              ? "there are weights, torch, sklearn and all; or name a file of your own entries"
              : "did you mean " + nearest + "?");
    }
    if (Files.size(file) > LARGEST_PROFILE) {
      throw new UsageException(word + " is too large for a profile: " + Files.size(file), "");
    }
    try {
      return Allowlist.custom(word, Files.readString(file));
    } catch (CharacterCodingException e) {
      throw new UsageException(word + " is not UTF-8", "");
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          String.valueOf(e.getMessage()), "docs/formats/pickle.md explains the entries");
    }
  }

  private static List<Glob> excludes(List<String> patterns) throws UsageException {
    List<Glob> globs = new ArrayList<>();
    for (String pattern : patterns) {
      if (pattern.isBlank()) {
        throw new UsageException("--exclude needs a pattern such as *.md", "");
      }
      globs.add(new Glob(pattern));
    }
    return globs;
  }

  private static int jobs(String text, int processors) throws UsageException {
    if (text.isEmpty()) {
      return processors;
    }
    try {
      int jobs = Integer.parseInt(text);
      if (jobs >= 1 && jobs <= MOST_JOBS) {
        return jobs;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new UsageException(
        "--jobs is a number from 1 to " + MOST_JOBS + ", not \"" + text + "\"", "");
  }
}
