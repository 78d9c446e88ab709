package dev.vidimus.inventory.deps.files;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.inventory.deps.files.Listing.Problem;
import dev.vidimus.inventory.version.Ecosystem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Environments, locks, charts, manifests and workflows in YAML. Which of them a file is follows
/// from what stands in it.
final class YamlFile implements DependencyFile {
  private static final Pattern NAMED =
      Pattern.compile(
          "(?:.*/)?(?:(?:.*[-_.])?environment\\.ya?ml|conda-lock\\.ya?ml|pixi\\.lock"
              + "|pnpm-lock\\.yaml|(?:.*[-_.])?chart\\.ya?ml|(?:.*[-_.])?values\\.ya?ml"
              + "|(?:docker-)?compose(?:\\..*)?\\.ya?ml|(?:.*/)?(?:k8s|kubernetes|manifests|deploy)"
              + "/.*\\.ya?ml)|(?:.*/)?\\.github/workflows/[^/]+\\.ya?ml");
  private static final Pattern IMAGE =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/:-]*(?:@sha256:[0-9a-f]{64})?");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

  @Override
  public boolean isNamed(String path) {
    return NAMED.matcher(path.toLowerCase(Locale.ROOT)).matches();
  }

  @Override
  public Listing read(Bytes bytes, String source) throws IOException, FormatException {
    YamlTexts texts = YamlTexts.read(bytes, source);
    if (texts.has("lockfileVersion")) {
      return PnpmLock.read(texts);
    }
    if (texts.has("package") && texts.has("metadata")) {
      return CondaFiles.condaLock(texts);
    }
    if (texts.has("packages") && texts.has("environments")) {
      return CondaFiles.pixiLock(texts);
    }
    if (texts.has("apiVersion") && texts.has("version") && !texts.has("kind")) {
      return chart(texts);
    }
    if (texts.has("dependencies")) {
      return CondaFiles.environment(texts);
    }
    return HostedModels.isOf(texts) ? HostedModels.read(texts) : uses(texts);
  }

  /// A chart of Helm, and those that it takes in.
  private static Listing chart(YamlTexts texts) {
    List<Dependency> packages = new ArrayList<>();
    packages.add(Dependency.of(Ecosystem.HELM, texts.text("name"), texts.text("version")));
    for (Map<String, String> one : texts.groups("dependencies").values()) {
      String wanted = one.getOrDefault("version", "");
      boolean isExact = wanted.matches("v?[0-9]+\\.[0-9]+\\.[0-9]+(?:[-+].*)?");
      packages.add(
          Dependency.of(Ecosystem.HELM, one.getOrDefault("name", ""), isExact ? wanted : "")
              .wanting(wanted)
              .from(Origin.index(one.getOrDefault("repository", ""))));
    }
    return new Listing("Chart.yaml", false, packages, List.of(), List.of(), List.of());
  }

  /// Images, actions and models, wherever a key names them.
  private static Listing uses(YamlTexts texts) {
    Map<String, String> beside = new HashMap<>();
    for (YamlTexts.Entry entry : texts.all()) {
      beside.put(String.join("\0", entry.path()), entry.text());
    }
    List<Dependency> packages = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (YamlTexts.Entry entry : texts.all()) {
      String text = entry.text().strip();
      switch (entry.key()) {
        case "image", "repository" -> image(entry, text, beside, packages, problems);
        case "uses" -> action(text, packages);
        case "storageUri" -> packages.add(model(text));
        default -> {}
      }
    }
    return new Listing("manifest", false, packages, List.of(), List.of(), problems);
  }

  /// Charts split an image into repository and tag; an empty tag stands for the chart's version.
  private static void image(
      YamlTexts.Entry entry,
      String text,
      Map<String, String> beside,
      List<Dependency> packages,
      List<Problem> problems) {
    List<String> path = new ArrayList<>(entry.path());
    path.removeLast();
    String around = String.join("\0", path);
    String prefix = around.isEmpty() ? "" : around + "\0";
    String tag = beside.get(prefix + "tag");
    String digest = beside.get(prefix + "digest");
    boolean isRepository = entry.key().equals("repository");
    if (isRepository && tag == null && digest == null) {
      return; // of something else than images
    }
    if (text.contains("$") || text.contains("{{")) {
      problems.add(new Problem(0, text + ": depends on a variable"));
    } else if (IMAGE.matcher(text).matches()) {
      String registry = beside.getOrDefault(prefix + "registry", "");
      String whole = registry.isEmpty() ? text : registry + "/" + text;
      if (digest != null && !digest.isEmpty()) {
        packages.add(Images.of(whole + "@" + digest));
      } else if (tag == null) {
        packages.add(Images.of(whole));
      } else {
        packages.add(tag.isEmpty() ? Images.untagged(whole) : Images.of(whole + ":" + tag));
      }
    }
  }

  /// An action of a workflow: `owner/name/path@ref`, or an image.
  private static void action(String text, List<Dependency> packages) {
    if (text.startsWith("docker://")) {
      packages.add(Images.of(text.substring("docker://".length())));
      return;
    }
    int at = text.indexOf('@');
    if (text.startsWith("./") || at < 0) {
      return;
    }
    String reference = text.substring(at + 1);
    boolean isCommit = COMMIT.matcher(reference).matches();
    packages.add(
        Dependency.of(Ecosystem.GITHUB_ACTIONS, text.substring(0, at), reference)
            .wanting(text)
            .hashed(isCommit ? List.of("sha1:" + reference) : List.of()));
  }

  /// A model that KServe fetches.
  private static Dependency model(String address) {
    if (address.startsWith("hf://")) {
      String named = address.substring("hf://".length());
      int colon = named.indexOf(':');
      String revision = colon < 0 ? "" : named.substring(colon + 1);
      return Dependency.of(
              Ecosystem.HUGGING_FACE, colon < 0 ? named : named.substring(0, colon), revision)
          .wanting(address)
          .hashed(COMMIT.matcher(revision).matches() ? List.of("sha1:" + revision) : List.of());
    }
    return Dependency.of(Ecosystem.GENERIC, address, "")
        .wanting(address)
        .from(new Origin(Origin.Kind.URL, address, ""));
  }
}
