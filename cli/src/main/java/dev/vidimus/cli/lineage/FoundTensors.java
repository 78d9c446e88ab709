package dev.vidimus.cli.lineage;

import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.cli.args.Arguments;
import dev.vidimus.cli.args.UsageException;
import dev.vidimus.cli.host.ExitCode;
import dev.vidimus.cli.host.Host;
import dev.vidimus.cli.registry.Attempt;
import dev.vidimus.cli.registry.Opened;
import dev.vidimus.registry.Registry;
import dev.vidimus.registry.question.Tensors;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/// Which artifacts of the registry have a tensor: one look-up by its digest.
final class FoundTensors {
  private static final Pattern DIGEST = Pattern.compile("(?:sha256:)?([0-9a-f]{64})");
  private static final int PRINTED = 200;

  private FoundTensors() {}

  static ExitCode find(Host host, Arguments arguments, String word, boolean isJson)
      throws IOException, UsageException {
    var digest = DIGEST.matcher(word);
    if (!digest.matches()) {
      throw new UsageException(
          "--find takes the 64 hex digits of a tensor's digest or of a tensor root",
          "vidimus tensors PATH lists them");
    }
    String wanted = "sha256:" + digest.group(1);
    Registry registry = new Opened(host, arguments).registry();
    return Attempt.at(
        host,
        () -> {
          List<Tensors.Found> found = registry.ask(sql -> new Tensors(sql).find(wanted));
          host.print(isJson ? json(wanted, found) : text(found));
          return found.isEmpty() ? ExitCode.NO : ExitCode.YES;
        });
  }

  private static String text(List<Tensors.Found> found) {
    StringBuilder text = new StringBuilder();
    for (Tensors.Found one : found) {
      text.append(one.artifact().label()).append("  ").append(one.artifact().state()).append("  ");
      text.append(one.name().isEmpty() ? "all of it" : Printable.of(one.name(), PRINTED));
      text.append(one.folder().isEmpty() ? "" : " in " + Printable.of(one.folder(), PRINTED));
      text.append("  ").append(one.artifact().snapshot()).append('\n');
    }
    return found.isEmpty() ? "nothing here has such a tensor\n" : text.toString();
  }

  private static String json(String wanted, List<Tensors.Found> found) {
    JsonWriter json = new JsonWriter().object().name("schema").string("vidimus.tensors-found/1");
    json.name("digest").string(wanted).name("found").array();
    for (Tensors.Found one : found) {
      json.object().name("artifact").string(one.artifact().snapshot());
      json.name("label").string(one.artifact().label());
      json.name("state").string(one.artifact().state());
      json.name("folder").string(one.folder()).name("name").string(one.name());
      json.name("type").string(one.dtype()).name("shape").string(one.shape());
      json.name("bytes").number(one.bytes()).endObject();
    }
    return json.endArray().endObject() + "\n";
  }
}
