package dev.vidimus.cli.lineage;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonLimits;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.cli.args.Arguments;
import dev.vidimus.cli.args.Command;
import dev.vidimus.cli.args.Option;
import dev.vidimus.cli.args.UsageException;
import dev.vidimus.cli.host.ExitCode;
import dev.vidimus.cli.host.Host;
import dev.vidimus.cli.sign.Passphrase;
import dev.vidimus.lineage.derive.Claim;
import dev.vidimus.lineage.derive.Meter;
import dev.vidimus.lineage.derive.Outcome;
import dev.vidimus.lineage.derive.Parameters;
import dev.vidimus.lineage.derive.Relation;
import dev.vidimus.lineage.tensors.Model;
import dev.vidimus.lineage.tensors.ModelReader;
import dev.vidimus.lineage.tensors.Tensor;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Checks whether a model was made as it is said to have been made.
public final class CompareCommand {
  private static final long LARGEST_PARAMETERS = 1 << 20;

  private static final Option FORMAT =
      Option.choice("--format", List.of("text", "json"), "How to print; text if it is not given.");
  private static final Option FROM =
      Option.valued("--from", "PARENT", "What it is said to be made from; several in their order.");
  private static final Option ADAPTER =
      Option.valued("--adapter", "ADAPTER", "The adapter that is said to be merged into it.");
  private static final Option AS =
      Option.choice("--as", Relation.words(), "The relation; without it, the cheapest that fits.");
  private static final Option PARAMS =
      Option.valued(
          "--params",
          "JSON|FILE",
          "What is said of the way: a JSON object, a file of one, or a recipe (.yml) of mergekit.");

  private static final Option DECLARED =
      Option.valued(
          "--show-declared", "FILE", "Only show what an adapter's or a merge's file declares.");

  private static final Option KEY =
      Option.valued("--key", "FILE|pkcs11:…", "Sign the verdict with this key.");
  private static final Option OUTPUT =
      Option.valued(
          "--output", "FILE", "Where to write it; CHILD.derivation.intoto.json if not given.");
  private static final Option FORCE =
      Option.toggle("--force", "", "Replace the output if it exists.");

  /// What the command understands.
  public static final Command COMMAND =
      new Command(
          "compare",
          "is the claimed derivation true? recomputed, value by value",
          "CHILD",
          List.of(
              FROM, ADAPTER, AS, PARAMS, DECLARED, KEY, OUTPUT, FORCE, Passphrase.OPTION, FORMAT),
          """
          vidimus compare model-Q4_K_M.gguf --from model/ --as gguf
          vidimus compare merged/ --from base/ --adapter adapter/ --as lora-merge
          vidimus compare mix/ --from a/ --from b/ --as merge --params '{"method":"linear","weights":[0.7,0.3]}'
          vidimus compare mix/ --from a/ --from b/ --params mix/mergekit_config.yml
          Every value is checked; the culprits are named by the child's own names. Faithful is not
          benign: a derivation that is true to a bad source is bad too. With --key the verdict,
          whatever it is, is written as a signed statement that others can compute again.
          exit codes: 0 verified; 1 refuted or suspicious; 2 unknown, unsupported or unreadable
          """);

  private CompareCommand() {}

  /// Runs the command.
  ///
  /// @param words what follows its name
  public static ExitCode run(Host host, List<String> words) throws IOException, UsageException {
    Arguments arguments = Arguments.parse(COMMAND, words);
    boolean isJson = "json".equals(arguments.value(FORMAT));
    String declared = arguments.value(DECLARED);
    if (declared != null) {
      return DeclaredText.show(host, declared, isJson);
    }
    if (arguments.parameters().size() != 1) {
      throw new UsageException("vidimus compare takes one CHILD", "");
    }
    if (arguments.values(FROM).isEmpty()) {
      throw new UsageException("vidimus compare needs --from PARENT", "");
    }
    Said said = Said.of(host, arguments);
    SignedVerdict signed = SignedVerdict.of(host, arguments, KEY, OUTPUT, FORCE);
    List<String> materials = new ArrayList<>(said.from());
    materials.addAll(arguments.values(ADAPTER));
    SignedVerdict.Subjects subjects =
        signed == null ? null : signed.subjects(arguments.parameters().getFirst(), materials);
    long start = System.nanoTime();
    Outcome outcome;
    boolean mergesAdapter = arguments.value(ADAPTER) != null;
    Relation relation = said.relation();
    try (Opened opened = new Opened(TensorsCommand.reader(host), host)) {
      Claim claim = opened.claim(arguments, said);
      mergesAdapter = claim.adapter() != null;
      Meter meter = new Meter();
      try (CompareProgress progress = CompareProgress.of(host, meter)) {
        progress.start();
        Outcome known = said.unsupported();
        outcome =
            known != null
                ? known
                : relation == null ? Relation.find(claim, meter) : relation.check(claim, meter);
      }
    } catch (FormatException e) {
      String problem = Printable.of(String.valueOf(e.getMessage()), 1000);
      outcome = Outcome.unreadable(relation == null ? "none" : relation.word(), problem, e);
    }
    long millis = (System.nanoTime() - start) / 1_000_000;
    if (signed != null && subjects != null) {
      signed.write(subjects, outcome, said.parameters().object(), mergesAdapter);
    }
    host.print(isJson ? OutcomeJson.of(outcome, millis) : OutcomeText.of(outcome, millis));
    return switch (outcome.verdict()) {
      case VERIFIED -> ExitCode.YES;
      case REFUTED, SUSPICIOUS -> ExitCode.NO;
      case UNKNOWN, UNSUPPORTED -> ExitCode.COULD_NOT_TELL;
    };
  }

  private static Parameters parameters(Host host, @Nullable String given)
      throws IOException, UsageException {
    if (given == null) {
      return Parameters.NONE;
    }
    byte[] text = given.getBytes(StandardCharsets.UTF_8);
    if (!given.stripLeading().startsWith("{")) {
      Path file = host.folder().resolve(given);
      if (Files.size(file) > LARGEST_PARAMETERS) {
        throw new UsageException("--params: " + given + " is too large", "");
      }
      text = Files.readAllBytes(file);
    }
    try {
      if (Json.parse(Bytes.of(text), "--params", JsonLimits.DEFAULT) instanceof JsonObject object) {
        return new Parameters(object);
      }
    } catch (FormatException e) {
      throw new UsageException("--params: " + e.problem(), "");
    }
    throw new UsageException("--params is no JSON object", "");
  }

  /// What is said of how the child was made.
  ///
  /// @param from the parents, in the order that the parameters are for
  /// @param unsupported the verdict if a recipe says what is not recomputed
  private record Said(
      @Nullable Relation relation,
      Parameters parameters,
      List<String> from,
      @Nullable Outcome unsupported) {
    static Said of(Host host, Arguments arguments) throws IOException, UsageException {
      String word = arguments.value(AS);
      String given = arguments.value(PARAMS);
      Relation relation = word == null ? null : Relation.of(word);
      if (given == null || !MergeRecipe.isNamed(given)) {
        return new Said(
            relation, CompareCommand.parameters(host, given), arguments.values(FROM), null);
      }
      if (relation != null && relation != Relation.MERGE) {
        throw new UsageException("--params: a recipe is for --as merge, not " + word, "");
      }
      MergeRecipe recipe = MergeRecipe.read(host.folder().resolve(given));
      List<String> from = recipe.ordered(arguments.values(FROM));
      Parameters parameters = recipe.parameters();
      return parameters == null
          ? new Said(Relation.MERGE, Parameters.NONE, from, recipe.unsupported())
          : new Said(Relation.MERGE, parameters, from, null);
    }
  }

  /// The models of a claim while it is checked.
  private static final class Opened implements Closeable {
    private final ModelReader reader;
    private final Host host;
    private final List<Model> models = new ArrayList<>();

    Opened(ModelReader reader, Host host) {
      this.reader = reader;
      this.host = host;
    }

    Claim claim(Arguments arguments, Said said) throws IOException, FormatException {
      Model child = open(arguments.parameters().getFirst());
      List<Model> parents = new ArrayList<>();
      for (String path : said.from()) {
        parents.add(open(path));
      }
      String path = arguments.value(ADAPTER);
      Model adapter = path == null ? null : open(path);
      boolean mayMerge = said.relation() == null || said.relation() == Relation.LORA_MERGE;
      if (adapter == null && mayMerge && parents.size() == 2 && isAdapter(parents.get(1))) {
        adapter = parents.remove(1);
      }
      return new Claim(child, parents, adapter, said.parameters());
    }

    private Model open(String path) throws IOException, FormatException {
      Model model = reader.open(host.folder().resolve(path));
      models.add(model);
      return model;
    }

    private static boolean isAdapter(Model model) {
      JsonObject config = model.config();
      boolean says = config != null && config.string("peft_type") != null;
      return says || model.tensors().stream().map(Tensor::name).anyMatch(n -> n.contains(".lora_"));
    }

    @Override
    public void close() throws IOException {
      for (Model model : models) {
        model.close();
      }
    }
  }

  /// A verdict or reason as people read it.
  static String plain(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
