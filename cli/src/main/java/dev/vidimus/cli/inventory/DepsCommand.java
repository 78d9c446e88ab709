package dev.vidimus.cli.inventory;

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
import dev.vidimus.inventory.findings.DependencyChanges;
import dev.vidimus.inventory.findings.DependencyFindings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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
  private static final Option VERBOSE =
      Option.toggle("--verbose", "-v", "List all packages in the text as well.");

  /// What the command understands.
  public static final Command COMMAND =
      new Command(
          "deps",
          "which packages does it name, and what is known against them?",
          "PATH | diff A B",
          List.of(FORMAT, FAIL_ON, ALLOW, NO_ADVISORIES, AdvisoryFolder.DATA, VERBOSE),
          """
          PATH is a file or folder. Read are requirements and constraints, pyproject.toml, the locks of
          uv, poetry, pdm, pipenv, pylock, conda, pixi, npm, pnpm, Cargo, Gradle and Go, environments
          of conda, Dockerfiles, charts, manifests, compose files and workflows. Nothing is installed,
          resolved or fetched.

          examples:
            vidimus deps .                        everything that the folder names
            vidimus deps uv.lock --format json    one lock, for machines
            vidimus deps diff old/ new/           what came in, what changed its bytes

          exit codes: 0 nothing reaches --fail-on; 1 something does; 2 a part could not be read, or no
          advisories were imported
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
      List<Finding> findings = new ArrayList<>(DependencyFindings.of(read, store));
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
    return isBlind ? ExitCode.COULD_NOT_TELL : ExitCode.YES;
  }

  private static boolean isJson(Arguments arguments) {
    return "json".equals(arguments.value(FORMAT));
  }
}
