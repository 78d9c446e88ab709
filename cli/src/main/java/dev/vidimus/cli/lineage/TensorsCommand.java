package dev.vidimus.cli.lineage;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Limits;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.Spool;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.cli.args.Arguments;
import dev.vidimus.cli.args.Command;
import dev.vidimus.cli.args.Option;
import dev.vidimus.cli.args.UsageException;
import dev.vidimus.cli.host.ExitCode;
import dev.vidimus.cli.host.Host;
import dev.vidimus.cli.registry.Opened;
import dev.vidimus.cli.scan.ScanCommand;
import dev.vidimus.lineage.tensors.Model;
import dev.vidimus.lineage.tensors.ModelReader;
import dev.vidimus.lineage.tensors.Tensor;
import dev.vidimus.lineage.tensors.TensorDigests;
import dev.vidimus.lineage.tensors.TensorDigests.Named;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Lists the tensors of a model with their digests.
public final class TensorsCommand {
  private static final Option FORMAT =
      Option.choice("--format", List.of("text", "json"), "How to print; text if it is not given.");
  private static final Option VALUES =
      Option.toggle(
          "--values", "", "Also digests of the values widened to F32, which find wider copies.");

  private static final Option FIND =
      Option.valued(
          "--find", "SHA256", "Which artifacts of the registry have this tensor, or tensor root.");

  /// What the command understands.
  public static final Command COMMAND =
      new Command(
          "tensors",
          "what is in it, tensor by tensor? digests, root and multiset",
          "PATH",
          List.of(FORMAT, VALUES, FIND, Opened.HOME, Opened.DATABASE),
          """
          PATH is a file or a folder: safetensors (sharded with index), PyTorch, GGUF, NumPy, ONNX.
          Nothing is executed. A tensor has the same digest in every container; the root is of all
          names and digests; the multiset stays the same when tensors exchange their names.
          --find takes the digest of a tensor, or a tensor root, and answers from the registry.
          exit codes: 0 done, found; 1 nothing has such a tensor; 2 something could not be read or breaks its format
          """);

  private TensorsCommand() {}

  /// Runs the command.
  ///
  /// @param words what follows its name
  public static ExitCode run(Host host, List<String> words) throws IOException, UsageException {
    Arguments arguments = Arguments.parse(COMMAND, words);
    String wanted = arguments.value(FIND);
    if (arguments.parameters().size() != (wanted == null ? 1 : 0)) {
      throw new UsageException("vidimus tensors takes one PATH, or --find and none", "");
    }
    if (wanted != null) {
      return FoundTensors.find(host, arguments, wanted, "json".equals(arguments.value(FORMAT)));
    }
    Path path = host.folder().resolve(arguments.parameters().getFirst());
    try (Model model = reader(host).open(path)) {
      TensorDigests digests = TensorDigests.of(model, arguments.has(VALUES));
      host.print(
          "json".equals(arguments.value(FORMAT)) ? json(model, digests) : text(model, digests));
      return ExitCode.YES;
    } catch (FormatException e) {
      host.tell("vidimus: " + Printable.of(String.valueOf(e.getMessage()), 1000) + "\n");
      return ExitCode.COULD_NOT_TELL;
    }
  }

  /// A reader that keeps what it inflates where scans do.
  static ModelReader reader(Host host) {
    return new ModelReader(new Spool(ScanCommand.spoolFolder(host), Limits.DEFAULT.spoolBytes()));
  }

  private static String text(Model model, TensorDigests digests) {
    StringBuilder text = new StringBuilder();
    for (Named named : digests.tensors()) {
      Tensor tensor = named.tensor();
      text.append(named.digest().hex()).append("  ");
      text.append(tensor.type().word()).append(' ').append(tensor.shape()).append("  ");
      text.append(Printable.of(tensor.name(), 200)).append('\n');
    }
    text.append("# ").append(digests.tensors().size()).append(" tensors, ");
    text.append(model.bytes()).append(" bytes, ").append(model.format()).append('\n');
    text.append("# tensor-root ").append(digests.root()).append('\n');
    text.append("# tensor-multiset ").append(digests.multiset()).append('\n');
    for (String note : model.notes()) {
      text.append("# ").append(note).append('\n');
    }
    return text.toString();
  }

  private static String json(Model model, TensorDigests digests) {
    JsonWriter json = new JsonWriter().object().name("schema").string("vidimus.tensors/1");
    json.name("path").string(model.path().toString()).name("format").string(model.format());
    json.name("bytes").number(model.bytes());
    json.name("root").string(digests.root().toString());
    json.name("multiset").string(digests.multiset().toString()).name("tensors").array();
    for (Named named : digests.tensors()) {
      Tensor tensor = named.tensor();
      json.object().name("name").string(tensor.name());
      json.name("dtype").string(tensor.type().word()).name("shape").array();
      for (int i = 0; i < tensor.shape().rank(); i++) {
        json.number(tensor.shape().dimension(i));
      }
      json.endArray().name("file").string(tensor.file());
      json.name("bytes").number(tensor.data().size());
      json.name("sha256").string(named.raw().hex());
      json.name("digest").string(named.digest().toString());
      Digest values = named.values();
      if (values != null) {
        json.name("values").string(values.toString());
      }
      json.endObject();
    }
    json.endArray().name("notes").array();
    model.notes().forEach(json::string);
    return json.endArray().endObject() + "\n";
  }
}
