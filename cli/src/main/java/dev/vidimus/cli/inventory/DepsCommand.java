package dev.vidimus.cli.inventory;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FileBytes;
import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Verdict;
import dev.vidimus.cli.args.Arguments;
import dev.vidimus.cli.args.Command;
import dev.vidimus.cli.args.Option;
import dev.vidimus.cli.args.UsageException;
import dev.vidimus.cli.host.ExitCode;
import dev.vidimus.cli.host.Host;
import dev.vidimus.inventory.advisories.AdvisoryStore;
import dev.vidimus.inventory.deps.Dependencies;
import dev.vidimus.inventory.findings.AllowedPackages;
import dev.vidimus.inventory.findings.Companions;
import dev.vidimus.inventory.findings.DependencyChanges;
import dev.vidimus.inventory.findings.DependencyFindings;
import dev.vidimus.inventory.findings.Knowledge;
import dev.vidimus.inventory.vex.Exploits;
import dev.vidimus.inventory.vex.Statement;
import dev.vidimus.inventory.vex.Vex;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lists the packages that files name, and what stands against them.
public final class DepsCommand {
  private static final Option FORMAT =
      Option.choice("--format", List.of("text", "json"), "How to print; text if it is not given.");
  private static final Option ALLOW =
      Option.valued(
          "--allow",
          "TSV",
          "Packages that somebody answers for: ecosystem, name, owner, reason, and what it may"
              + " touch.");
  private static final Option FAIL_ON =
      Option.choice(
          "--fail-on",
          List.of("malicious", "suspicious"),
          "The mildest finding that makes the answer no; suspicious if it is not given.");
  private static final Option NO_ADVISORIES =
      Option.toggle("--no-advisories", "", "Do not ask what is known against the packages.");
  private static final Option VEX =
      Option.valued(
          "--vex",
          "FILE",
          "What somebody says of vulnerabilities here, in OpenVEX or CycloneDX; more than once for"
              + " more.");
  private static final Option VEX_AGE =
      Option.valued(
          "--vex-max-age",
          "DAYS",
          "How long such statements count, from the day they give; 365 if not given.");
  private static final Option EPSS =
      Option.valued(
          "--epss", "CSV", "Scores of EPSS, plain or .gz; shown with each vulnerability.");
  private static final Option KEV =
      Option.valued("--kev", "JSON", "The catalogue of known exploited vulnerabilities.");
  private static final Option MAX_AGE =
      Option.valued(
          "--max-age", "DAYS", "How old the advisories may be; older ones are a finding.");
  private static final Option VERBOSE =
      Option.toggle("--verbose", "-v", "List all packages in the text as well.");

  /// What the command understands.
  public static final Command COMMAND =
      new Command(
          "deps",
          "which packages does it name, and what is known against them?",
          "PATH | diff A B",
          List.of(
              FORMAT,
              FAIL_ON,
              ALLOW,
              NO_ADVISORIES,
              AdvisoryFolder.DATA,
              MAX_AGE,
              VEX,
              VEX_AGE,
              EPSS,
              KEV,
              VERBOSE),
          """
          PATH is a file or folder. Read are requirements and constraints, pyproject.toml, setup.py (which
          is never run), setup.cfg, metadata of installed packages, the locks of uv, poetry, pdm, pipenv,
          pylock, conda, pixi, npm, pnpm, yarn, bun, Cargo, Gradle and Go, go.mod, pom.xml, environments
          of conda, Dockerfiles, charts, manifests, compose files, workflows, Modelfiles and the servers
          that agents are told to use (mcp.json and its like). Nothing is installed, resolved or fetched.

          A statement of a VEX lowers what it speaks of, if it has a reason and has not expired; it never
          deletes it, and never excuses a package that was made to do harm. What was imported beside the
          advisories (vidimus advisories import --vex, --epss, --kev) counts as well.

          examples:
            vidimus deps .                        everything that the folder names
            vidimus deps uv.lock --format json    one lock, for machines
            vidimus deps . --vex our.vex.json --max-age 7
            vidimus deps diff old/ new/           what came in, what changed its bytes

          exit codes: 0 nothing reaches --fail-on; 1 something does; 2 a part could not be read, no
          advisories were imported, or they are older than --max-age
          """);

  private DepsCommand() {}

  /// Runs the command.
  ///
  /// @param words what follows its name
  public static ExitCode run(Host host, List<String> words) throws IOException, UsageException {
    Arguments arguments = Arguments.parse(COMMAND, words);
    List<String> paths = arguments.parameters();
    if (paths.size() == 3 && paths.getFirst().equals("diff")) {
      return diff(host, arguments, host.folder().resolve(paths.get(1)), paths.get(2));
    }
    if (paths.size() != 1) {
      throw new UsageException("vidimus deps takes one PATH, or diff A B", "--help explains");
    }
    Dependencies read = Dependencies.of(host.folder().resolve(paths.getFirst()));
    try (AdvisoryStore store =
        arguments.has(NO_ADVISORIES) ? null : AdvisoryFolder.open(host, arguments)) {
      List<Finding> findings =
          new ArrayList<>(DependencyFindings.of(read, knowledge(host, arguments, store)));
      String list = arguments.value(ALLOW);
      if (list != null) {
        findings.addAll(AllowedPackages.read(host.folder().resolve(list)).missing(read));
      }
      DepsOutput output = new DepsOutput(read, findings, store == null ? null : store.about());
      host.print(isJson(arguments) ? output.json() + "\n" : output.text(arguments.has(VERBOSE)));
      boolean isBlind = store == null && !arguments.has(NO_ADVISORIES);
      if (isBlind) {
        host.tell(
            "vidimus: vulnerabilities were not looked for: no advisories were imported\nhint: "
                + AdvisoryFolder.HINT
                + "; --no-advisories leaves them out on purpose\n");
      }
      return answer(findings, isBlind || !read.notExamined().isEmpty(), arguments);
    } catch (FormatException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static Knowledge knowledge(Host host, Arguments arguments, @Nullable AdvisoryStore store)
      throws IOException, FormatException, UsageException {
    Instant now = Instant.now();
    Companions companions = new Companions(AdvisoryFolder.of(host, arguments));
    boolean asks = store != null;
    List<Statement> statements = new ArrayList<>(asks ? companions.statements() : List.of());
    for (String name : arguments.values(VEX)) {
      try (Bytes bytes = FileBytes.open(host.folder().resolve(name))) {
        statements.addAll(Vex.read(bytes, name));
      }
    }
    Exploits exploits = asks ? companions.exploits() : Exploits.none();
    String scores = arguments.value(EPSS);
    if (scores != null) {
      exploits = exploits.scored(host.folder().resolve(scores));
    }
    String catalogue = arguments.value(KEV);
    if (catalogue != null) {
      try (Bytes bytes = FileBytes.open(host.folder().resolve(catalogue))) {
        exploits = exploits.known(bytes, catalogue);
      }
    }
    Duration oldest = days(arguments, MAX_AGE, null);
    Duration counts = days(arguments, VEX_AGE, Companions.STATEMENTS_COUNT);
    Vex vex = new Vex(statements, now, counts == null ? Duration.ZERO : counts);
    return new Knowledge(store, vex, exploits, now, oldest);
  }

  private static @Nullable Duration days(
      Arguments arguments, Option option, @Nullable Duration otherwise) throws UsageException {
    String text = arguments.value(option);
    if (text == null) {
      return otherwise;
    }
    if (!text.matches("[0-9]{1,5}")) {
      throw new UsageException(option.name() + " takes a number of days, not " + text, "");
    }
    return Duration.ofDays(Long.parseLong(text));
  }

  private static ExitCode diff(Host host, Arguments arguments, Path before, String after)
      throws IOException {
    Dependencies old = Dependencies.of(before);
    Dependencies now = Dependencies.of(host.folder().resolve(after));
    DependencyChanges changes = DependencyChanges.between(old, now);
    host.print(
        isJson(arguments) ? ChangesOutput.json(changes) + "\n" : ChangesOutput.text(changes));
    boolean isBlind = !old.notExamined().isEmpty() || !now.notExamined().isEmpty();
    return answer(changes.findings(), isBlind, arguments);
  }

  private static ExitCode answer(List<Finding> findings, boolean isBlind, Arguments arguments) {
    Verdict limit =
        "malicious".equals(arguments.value(FAIL_ON)) ? Verdict.MALICIOUS : Verdict.SUSPICIOUS;
    for (Finding finding : findings) {
      if (finding.implies().compareTo(limit) >= 0) {
        return ExitCode.NO;
      }
    }
    boolean isOpen = findings.stream().anyMatch(one -> one.implies() != Verdict.CLEAN);
    return isBlind || isOpen ? ExitCode.COULD_NOT_TELL : ExitCode.YES;
  }

  private static boolean isJson(Arguments arguments) {
    return "json".equals(arguments.value(FORMAT));
  }
}
