package dev.vidimus.cli.digest;

import dev.vidimus.artifact.Snapshot.Refused;
import dev.vidimus.artifact.digest.Identity;
import dev.vidimus.artifact.digest.Identity.FileIdentity;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.cli.args.Arguments;
import dev.vidimus.cli.args.Command;
import dev.vidimus.cli.args.Option;
import dev.vidimus.cli.args.UsageException;
import dev.vidimus.cli.host.ExitCode;
import dev.vidimus.cli.host.Host;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Prints the identities of a file or folder, or compares them with a list.
public final class DigestCommand {
  private static final Option FORMAT =
      Option.choice("--format", List.of("text", "json"), "How to print; text if it is not given.");
  private static final Option CHECK =
      Option.valued(
          "--check", "FILE", "Compare with a list that this command or sha256sum printed.");

  /// What the command understands.
  public static final Command COMMAND =
      new Command(
          "digest",
          "what is it, exactly? its snapshot, files and OMS root",
          "PATH",
          List.of(FORMAT, CHECK),
          """
          The snapshot digest is what this prints in the folder:
            find . -type f -printf '%P\\0' | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum
          without .git, .gitattributes, .gitignore, .github, .cache/huggingface and .DS_Store at
          the top. The text is a list for sha256sum --check, and two comments.
          exit codes: 0 done, or equal to the list; 1 differs from it; 2 something could not be read
          or cannot be part of an identity
          """);

  private DigestCommand() {}

  /// Runs the command.
  ///
  /// @param words what follows its name
  public static ExitCode run(Host host, List<String> words) throws IOException, UsageException {
    Arguments arguments = Arguments.parse(COMMAND, words);
    if (arguments.parameters().size() != 1) {
      throw new UsageException("vidimus digest takes one PATH", "");
    }
    Path path = host.folder().resolve(arguments.parameters().getFirst());
    String list = arguments.value(CHECK);
    Identity identity = Identity.of(path);
    for (Refused refused : identity.refused()) {
      host.tell("vidimus: not in the digest: " + refused.path() + " (" + refused.detail() + ")\n");
    }
    ExitCode code = identity.refused().isEmpty() ? ExitCode.YES : ExitCode.COULD_NOT_TELL;
    if (list != null) {
      return DigestList.read(host.folder().resolve(list)).compare(host, path, identity).worse(code);
    }
    host.print("json".equals(arguments.value(FORMAT)) ? json(path, identity) : text(identity));
    return code;
  }

  private static String text(Identity identity) {
    return identity.list()
        + "# snapshot "
        + identity.digest()
        + "\n# oms-root "
        + identity.omsRoot()
        + "\n";
  }

  private static String json(Path path, Identity identity) {
    JsonWriter json = new JsonWriter().object().name("schema").string("vidimus.digest/1");
    json.name("path").string(path.toString());
    json.name("digest").string(identity.digest().toString());
    json.name("omsRoot").string(identity.omsRoot().toString()).name("files").array();
    for (FileIdentity file : identity.files()) {
      json.object().name("path").string(file.path()).name("size").number(file.size());
      json.name("sha256").string(file.sha256().hex());
      String git = file.gitBlob();
      if (git != null) {
        json.name("gitBlob").string(git);
      }
      json.endObject();
    }
    json.endArray().name("notInIdentity").array();
    identity.notInIdentity().forEach(json::string);
    json.endArray().name("refused").array();
    for (Refused refused : identity.refused()) {
      json.object().name("path").string(refused.path()).name("reason");
      json.string(refused.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'));
      json.name("detail").string(refused.detail()).endObject();
    }
    return json.endArray().endObject() + "\n";
  }
}
