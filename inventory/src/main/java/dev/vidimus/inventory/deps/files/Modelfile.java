package dev.vidimus.inventory.deps.files;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.inventory.deps.files.Listing.Problem;
import dev.vidimus.inventory.version.Ecosystem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A `Modelfile` of Ollama: the model and adapters that it is made from.
final class Modelfile implements DependencyFile {
  private static final Pattern NAMED =
      Pattern.compile("(?:.*/)?modelfile(?:\\.[^/]*)?|.*\\.modelfile");
  private static final Pattern LINE =
      Pattern.compile("\\s*(FROM|ADAPTER)\\s+(\\S+)\\s*", Pattern.CASE_INSENSITIVE);
  private static final Pattern HUB =
      Pattern.compile("(?:hf\\.co|huggingface\\.co)/([^/]+/[^/:]+)(?::(.+))?");

  @Override
  public boolean isNamed(String path) {
    return NAMED.matcher(path.toLowerCase(Locale.ROOT)).matches();
  }

  @Override
  public Listing read(Bytes bytes, String source) throws IOException, FormatException {
    List<Dependency> packages = new ArrayList<>();
    int number = 0;
    boolean isInText = false;
    for (String line : Text.of(bytes, source).split("\r\n|\n", -1)) {
      number++;
      Matcher parts = LINE.matcher(line);
      if (!isInText && parts.matches()) {
        packages.add(model(parts.group(2)).at(number));
      }
      isInText ^= line.split("\"\"\"", -1).length % 2 == 0;
    }
    List<Problem> problems =
        packages.isEmpty() ? List.of(new Problem(0, "has no FROM")) : List.of();
    return new Listing("Modelfile", false, packages, List.of(), List.of(), problems);
  }

  private static Dependency model(String reference) {
    Matcher hub = HUB.matcher(reference);
    if (hub.matches()) {
      // Behind the colon stands which file of the repository, not which state of it.
      return Dependency.of(Ecosystem.HUGGING_FACE, hub.group(1), "").wanting(reference);
    }
    boolean isPath =
        reference.startsWith(".")
            || reference.startsWith("/")
            || reference.startsWith("~")
            || reference.toLowerCase(Locale.ROOT).matches(".*\\.(?:gguf|safetensors|bin)");
    if (isPath) {
      return Dependency.of(Ecosystem.GENERIC, reference, "")
          .wanting(reference)
          .from(new Origin(Origin.Kind.PATH, reference, ""));
    }
    return Dependency.of(Ecosystem.GENERIC, reference, "").wanting(reference);
  }
}
