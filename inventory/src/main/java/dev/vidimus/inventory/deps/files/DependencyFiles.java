package dev.vidimus.inventory.deps.files;

import dev.vidimus.artifact.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// All kinds of files that are read.
public final class DependencyFiles {
  private static final int LOOK = 4_096;
  private static final Pattern SERVERS = Pattern.compile("\"mcp_?[sS]ervers\"");
  private static final Pattern DOCKER = Pattern.compile("(?im)^\\s*FROM\\s+\\S+");

  private static final RequirementsFile REQUIREMENTS = new RequirementsFile();
  private static final TomlFile TOML = new TomlFile();
  private static final JsonLocks JSON = new JsonLocks();
  private static final LineLocks LINES = new LineLocks();
  private static final YamlFile YAML = new YamlFile();
  private static final Dockerfile DOCKERFILE = new Dockerfile();
  private static final SetupPy SETUP = new SetupPy();
  private static final PythonMetadata METADATA = new PythonMetadata();
  private static final YarnLock YARN = new YarnLock();
  private static final BunLock BUN = new BunLock();
  private static final MavenFiles MAVEN = new MavenFiles();
  private static final GoMod GO = new GoMod();
  private static final AgentFile AGENT = new AgentFile();
  private static final Modelfile MODELFILE = new Modelfile();
  private static final HostedModels HOSTED = new HostedModels();

  private static final List<DependencyFile> ALL =
      List.of(
          TOML,
          JSON,
          YARN,
          BUN,
          LINES,
          MAVEN,
          GO,
          AGENT,
          MODELFILE,
          HOSTED,
          SETUP,
          METADATA,
          YAML,
          DOCKERFILE,
          REQUIREMENTS);

  private DependencyFiles() {}

  /// Who reads what requirements include, whatever its name.
  public static DependencyFile requirements() {
    return REQUIREMENTS;
  }

  /// Who reads a file that was met in a folder, by its name; null if nobody does.
  public static @Nullable DependencyFile named(String path) {
    for (DependencyFile one : ALL) {
      if (one.isNamed(path)) {
        return one;
      }
    }
    return null;
  }

  /// Who reads a file that somebody named: by its name, else by what stands in it.
  public static DependencyFile of(String path, Bytes bytes) throws IOException {
    DependencyFile named = named(path);
    if (named != null) {
      return named;
    }
    String name = path.toLowerCase(Locale.ROOT);
    String head = new String(bytes.head(LOOK), StandardCharsets.UTF_8).strip();
    if (head.startsWith("<")) {
      return MAVEN;
    }
    if (head.startsWith("{")) {
      return SERVERS.matcher(head).find() ? AGENT : name.endsWith(".lock") ? BUN : JSON;
    }
    if (head.contains("# yarn lockfile") || head.contains("__metadata:")) {
      return YARN;
    }
    if (name.endsWith(".toml") || name.endsWith(".lock")) {
      return TOML;
    }
    if (name.endsWith(".yaml") || name.endsWith(".yml")) {
      return YAML;
    }
    if (name.endsWith(".py")) {
      return SETUP;
    }
    if (head.startsWith("Metadata-Version:") || name.endsWith(".cfg")) {
      return METADATA;
    }
    if (head.startsWith("module ")) {
      return GO;
    }
    return DOCKER.matcher(head).find() ? DOCKERFILE : REQUIREMENTS;
  }
}
