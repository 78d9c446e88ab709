package dev.vidimus.cli.registry;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.cli.args.Arguments;
import dev.vidimus.cli.args.Command;
import dev.vidimus.cli.args.Option;
import dev.vidimus.cli.args.UsageException;
import dev.vidimus.cli.host.ExitCode;
import dev.vidimus.cli.host.Host;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.registry.Registry;
import dev.vidimus.registry.question.Artifact;
import dev.vidimus.registry.shelf.Verdicts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Looks for what must not be used any more in the local caches of hub clients, which a proxy
/// cannot reach: a client that has a commit asks nobody.
public final class CacheCommand {
  private static final Option HF_HOME =
      Option.valued(
          "--hf-home",
          "FOLDER",
          "The clients' folder, or the cache in it; HF_HUB_CACHE, HF_HOME or"
              + " ~/.cache/huggingface.");
  private static final Option ENVIRONMENT =
      Option.valued("--env", "ENVIRONMENT", "Report everything that is not promoted there, too.");
  private static final Option HASH =
      Option.toggle("--hash", "", "Read every file, instead of trusting its name.");

  /// What the command understands.
  public static final Command COMMAND =
      new Command(
          "cache",
          "scan: find what is revoked in the local caches of hub clients",
          "scan",
          List.of(HF_HOME, ENVIRONMENT, HASH, Opened.HOME, Opened.DATABASE, Opened.FORMAT),
          """
          A cached file's name is its SHA-256, or its name in git if it is small: that is enough to
          find it. Exit code 1 if there is any.
            vidimus cache scan
            vidimus cache scan --hf-home /mnt/models --env production
          """);

  private static final Pattern BLOB = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
  private static final int PRINTED = 200;

  private CacheCommand() {}

  /// One cached file that must not be used.
  private record Found(String verdict, Path file, Verdicts.@Nullable Known known) {}

  /// What a scan saw.
  private record Seen(int files, List<Found> found) {}

  /// Runs the command.
  ///
  /// @param words what follows its name
  public static ExitCode run(Host host, List<String> words) throws IOException, UsageException {
    Arguments arguments = Arguments.parse(COMMAND, words);
    if (!arguments.parameters().equals(List.of("scan"))) {
      throw new UsageException("what about the cache?", "vidimus cache scan");
    }
    Opened opened = new Opened(host, arguments);
    Path cache = cache(host, arguments.value(HF_HOME));
    return Attempt.at(
        host,
        () -> {
          if (!Files.isDirectory(cache)) {
            throw new IOException(cache + ": there is no cache of a hub client");
          }
          Registry registry = opened.registry();
          String environment = arguments.value(ENVIRONMENT);
          Map<String, Verdicts.Known> revoked =
              registry.ask(sql -> new Verdicts(sql, registry.blobs()).revoked());
          Map<String, Verdicts.Known> promoted =
              environment == null ? null : promoted(registry, environment);
          Seen seen = scan(cache, revoked, promoted, arguments.has(HASH));
          host.print(opened.isJson() ? json(cache, seen) : text(cache, seen));
          return seen.found().isEmpty() ? ExitCode.YES : ExitCode.NO;
        });
  }

  /// As `huggingface_hub.constants` finds it.
  private static Path cache(Host host, @Nullable String given) {
    if (given != null) {
      Path folder = host.folder().resolve(given);
      return Files.isDirectory(folder.resolve("hub")) ? folder.resolve("hub") : folder;
    }
    if (!host.variable("HF_HUB_CACHE").isEmpty()) {
      return Path.of(host.variable("HF_HUB_CACHE"));
    }
    if (!host.variable("HF_HOME").isEmpty()) {
      return Path.of(host.variable("HF_HOME"), "hub");
    }
    String caches = host.variable("XDG_CACHE_HOME");
    Path folder = caches.isEmpty() ? Path.of(host.variable("HOME"), ".cache") : Path.of(caches);
    return folder.resolve("huggingface").resolve("hub");
  }

  private static Map<String, Verdicts.Known> promoted(Registry registry, String environment)
      throws IOException, FormatException, CheckFailed {
    Map<String, Verdicts.Known> files = new HashMap<>();
    for (Artifact artifact :
        registry.ask(sql -> new Verdicts(sql, registry.blobs()).promoted(environment))) {
      if (registry.gate(artifact, environment).open()) {
        files.putAll(registry.ask(sql -> new Verdicts(sql, registry.blobs()).files(artifact)));
      }
    }
    return files;
  }

  private static Seen scan(
      Path cache,
      Map<String, Verdicts.Known> revoked,
      @Nullable Map<String, Verdicts.Known> promoted,
      boolean hash)
      throws IOException {
    List<Found> found = new ArrayList<>();
    int files = 0;
    for (Path repository : entries(cache)) {
      String name = String.valueOf(repository.getFileName());
      Path blobs = repository.resolve("blobs");
      if (!name.contains("--") || !Files.isDirectory(blobs, LinkOption.NOFOLLOW_LINKS)) {
        continue;
      }
      for (Path blob : entries(blobs)) {
        String named = String.valueOf(blob.getFileName());
        if (!BLOB.matcher(named).matches()
            || !Files.isRegularFile(blob, LinkOption.NOFOLLOW_LINKS)) {
          continue; // a download that is not finished, or somebody else's
        }
        files++;
        String identity = hash ? sha256(blob) : named;
        Verdicts.Known known = revoked.get(identity);
        if (known != null) {
          found.add(new Found("revoked", blob, known));
        } else if (promoted != null && !promoted.containsKey(identity)) {
          found.add(new Found("not-promoted", blob, null));
        }
      }
    }
    return new Seen(files, found);
  }

  private static List<Path> entries(Path folder) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      all.forEach(entries::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    entries.sort(null);
    return entries;
  }

  private static String sha256(Path file) throws IOException {
    MessageDigest hash = Digest.newSha256();
    byte[] buffer = new byte[1 << 20];
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        hash.update(buffer, 0, n);
      }
    }
    return Digest.of(hash.digest()).hex();
  }

  private static String text(Path cache, Seen seen) {
    StringBuilder text = new StringBuilder();
    for (Found one : seen.found()) {
      text.append(one.verdict()).append("  ");
      text.append(Printable.of(cache.relativize(one.file()).toString(), PRINTED));
      Verdicts.Known known = one.known();
      if (known != null && !known.artifact().isEmpty()) {
        text.append("  ").append(known.artifact()).append(' ');
        text.append(Printable.of(known.path(), PRINTED));
      }
      text.append('\n');
    }
    text.append(seen.found().size()).append(" of ").append(seen.files());
    return text.append(" cached files must not be used\n").toString();
  }

  private static String json(Path cache, Seen seen) {
    JsonWriter json = new JsonWriter().object().name("schema").string("vidimus.cache-scan/1");
    json.name("cache").string(cache.toString()).name("files").number(seen.files());
    json.name("found").array();
    for (Found one : seen.found()) {
      Verdicts.Known known = one.known();
      json.object().name("verdict").string(one.verdict());
      json.name("file").string(cache.relativize(one.file()).toString());
      json.name("sha256").string(known == null ? "" : known.digest().hex());
      json.name("artifact").string(known == null ? "" : known.artifact());
      json.name("path").string(known == null ? "" : known.path()).endObject();
    }
    return json.endArray().endObject() + "\n";
  }
}
