package dev.vidimus.cli.scan;

import dev.vidimus.artifact.Limits;
import dev.vidimus.artifact.Spool;
import dev.vidimus.cli.args.Arguments;
import dev.vidimus.cli.args.Command;
import dev.vidimus.cli.args.Option;
import dev.vidimus.cli.args.UsageException;
import dev.vidimus.cli.host.ExitCode;
import dev.vidimus.cli.host.Host;
import dev.vidimus.scan.FileOutcome;
import dev.vidimus.scan.FolderScan;
import dev.vidimus.scan.Meter;
import dev.vidimus.scan.ScanExaminer;
import dev.vidimus.scan.cache.Build;
import dev.vidimus.scan.cache.FileMemory;
import dev.vidimus.scan.cache.Memory;
import dev.vidimus.scan.cache.ResultStore;
import dev.vidimus.scan.inspection.ScanOptions;
import dev.vidimus.scan.whole.Whole;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/// What would loading these files do?
public final class ScanCommand {
  static final Option FORMAT =
      Option.choice(
          "--format",
          List.of("text", "json", "jsonl", "sarif", "junit"),
          "How to print; text if it is not given. jsonl prints a line as each PATH ends.");
  static final Option GRAPH =
      Option.choice(
          "--graph",
          List.of("dot", "json", "mermaid"),
          "Print what refers to what in place of findings: files, code, other models, packages.");
  static final Option FAIL_ON =
      Option.choice(
          "--fail-on",
          List.of("malicious", "suspicious", "incomplete"),
          "The mildest verdict that makes the answer no (exit code 1); suspicious if it is not"
              + " given. incomplete means everything that is not clean.");
  static final Option ALLOW_INCOMPLETE =
      Option.toggle(
          "--allow-incomplete", "", "What was not examined does not count (exit code 0, not 2).");
  static final Option PROFILE =
      Option.valued(
          "--profile",
          "P",
          "What a pickle may need: weights, torch, sklearn, all (if it is not given), or a file"
              + " of your own entries (see docs/formats/pickle.md).");
  static final Option EXPLAIN =
      Option.toggle("--explain", "", "Show what loading would import and call, in order.");
  static final Option DIGEST =
      Option.toggle("--digest", "", "Also print SHA-256 of every file, and of the whole.");
  static final Option UNPACK =
      Option.toggle("--unpack", "", "Treat an archive as a folder: list its members as files.");
  static final Option EXCLUDE =
      Option.valued(
          "--exclude",
          "GLOB",
          "Leave out files of a folder, such as *.md or tests/**; may be given several times."
              + " They are listed as not examined, and do not count.");
  static final Option CHANGED_SINCE =
      Option.valued(
          "--changed-since", "REF", "Only files of a git work tree that differ from REF.");
  static final Option ALLOW_IGNORE =
      Option.toggle(
          "--allow-ignore",
          "",
          "Honour .vidimusignore in a scanned folder. It is the text of whoever made the folder.");
  static final Option SUPPRESSIONS =
      Option.valued(
          "--suppressions",
          "FILE",
          "Findings that somebody answers for, each of a rule in a file's exact bytes, until a day"
              + " (see docs/reference/suppressions.md). They are shown and do not count.");
  static final Option NO_CACHE =
      Option.toggle(
          "--no-cache",
          "",
          "Scan every file, also those that did not change since an earlier scan.");
  static final Option ALLOW_PRIVATE =
      Option.toggle("--allow-private", "", "The hub may lead to addresses of the own network.");
  static final Option ALLOW_INSECURE =
      Option.toggle("--allow-insecure", "", "The hub may be talked to without TLS.");
  static final Option JOBS =
      Option.valued("--jobs", "N", "Files scanned at once; the number of processors by default.");
  static final Option QUIET =
      Option.toggle("--quiet", "-q", "Nothing about clean files, no summary, no progress.");
  static final Option VERBOSE =
      Option.toggle("--verbose", "-v", "Also clean files and mere information.");

  /// What the command understands.
  public static final Command COMMAND =
      new Command(
          "scan",
          "what would loading these files do?",
          "PATH…",
          List.of(
              FORMAT,
              GRAPH,
              FAIL_ON,
              ALLOW_INCOMPLETE,
              PROFILE,
              EXPLAIN,
              DIGEST,
              UNPACK,
              EXCLUDE,
              CHANGED_SINCE,
              ALLOW_IGNORE,
              SUPPRESSIONS,
              NO_CACHE,
              ALLOW_PRIVATE,
              ALLOW_INSECURE,
              JOBS,
              QUIET,
              VERBOSE),
          """
          PATH is a file, a folder, - for one file from standard input, org/name for a model in the
          local Hugging Face cache, or hub://HOST/org/name[@REVISION] for one of a hub, of which
          only those parts are fetched that are examined. Nothing is loaded, run or changed; results
          are kept in ~/.cache/vidimus and used again for files that did not change.

          examples:
            vidimus scan model.pt                          one file
            vidimus scan --explain model.pkl               and what loading it would do
            vidimus scan --format sarif . >scan.sarif      a folder, for code scanning
            vidimus scan hub://hub.example.org/acme/net    a model where it is
            vidimus scan --graph dot . | dot -Tsvg         what refers to what in it
            vidimus scan --profile weights --fail-on incomplete models/
            curl -s https://example.org/model.bin | vidimus scan -

          verdicts, worst first:
            malicious    loading runs code, or changes the process that loads
            suspicious   something that no honest model needs
            invalid      the file breaks its format, so nobody knows how a loader reads it
            incomplete   a part could not be examined; it is listed
            clean        everything was examined and is known to be inert

          exit codes:
            0   nothing reaches --fail-on
            1   something does
            2   could not tell: invalid, incomplete or unreadable
            64  the command line is not understood
          """);

  private ScanCommand() {}

  /// Runs the command.
  ///
  /// @param words what follows its name
  public static ExitCode run(Host host, List<String> words) throws IOException, UsageException {
    ScanSettings settings = ScanSettings.of(host, Arguments.parse(COMMAND, words));
    ScanExaminer examiner =
        new ScanExaminer(
            new ScanOptions(Limits.DEFAULT, settings.explain()),
            settings.allowlist(),
            new Spool(spoolFolder(host), Limits.DEFAULT.spoolBytes()));
    FolderScan scan =
        new FolderScan(examiner, settings.jobs(), settings.digest(), settings.unpack())
            .suppressing(settings.suppressions())
            .remembering(memory(host, settings));
    Renderer renderer = settings.renderer(host);
    ExitCode answer = ExitCode.YES;
    renderer.begin();
    for (String path : settings.paths()) {
      answer = answer.worse(scanPath(path, host, settings, scan, renderer));
    }
    renderer.end();
    return answer;
  }

  private static ExitCode scanPath(
      String path, Host host, ScanSettings settings, FolderScan scan, Renderer renderer)
      throws IOException, UsageException {
    long start = System.nanoTime();
    try (Source source = Source.of(path, host, settings)) {
      Meter meter = new Meter();
      PathResult result = new PathResult(source, settings);
      renderer.beginPath(source);
      try (Progress progress = Progress.of(host, settings, source, meter)) {
        source.scan(scan, meter, new Shown(result, renderer, progress));
      }
      renderer.endPath(result.end((System.nanoTime() - start) / 1_000_000));
      return result.answer();
    }
  }

  /// Counts and prints what comes.
  private record Shown(PathResult result, Renderer renderer, Progress progress)
      implements FolderScan.Receiver {
    @Override
    public void accept(FileOutcome outcome) throws IOException {
      progress.hide();
      result.add(outcome);
      renderer.file(outcome);
      for (FileOutcome member : outcome.members()) {
        renderer.file(member);
      }
      progress.show();
    }

    @Override
    public void whole(Whole whole) throws IOException {
      progress.hide();
      renderer.whole(whole);
    }
  }

  /// Results of earlier scans, unless the caller wants none. What pickles would execute is not
  /// kept.
  private static Memory memory(Host host, ScanSettings settings) {
    Path folder = cacheFolder(host);
    if (settings.noCache() || settings.explain() || !folder.isAbsolute()) {
      return Memory.NONE;
    }
    String ruleSet =
        String.join(
            " ",
            host.version(),
            Build.fingerprint(System.getProperty("java.class.path", "")),
            settings.profile());
    return new FileMemory(
        new ResultStore(folder.resolve("results")), ruleSet, InstantSource.system());
  }

  /// Where members go that are too large for memory.
  public static Path spoolFolder(Host host) {
    return cacheFolder(host).resolve("spool");
  }

  private static Path cacheFolder(Host host) {
    String cache = host.variable("XDG_CACHE_HOME");
    Path folder = cache.startsWith("/") ? Path.of(cache) : Path.of(host.variable("HOME"), ".cache");
    return folder.resolve("vidimus");
  }
}
