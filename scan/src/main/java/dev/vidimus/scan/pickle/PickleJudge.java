package dev.vidimus.scan.pickle;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.Verdict;
import dev.vidimus.formats.pickle.PickleVisitor;
import dev.vidimus.formats.pickle.Traits;
import dev.vidimus.formats.pickle.Value;
import dev.vidimus.formats.pickle.Value.Foreign;
import dev.vidimus.formats.pickle.Value.Instance;
import dev.vidimus.formats.pickle.Value.Reference;
import dev.vidimus.scan.pickle.AllowEntry.Flag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Judges what the machine says a stream would do: everything on the allowlist, used in the shape
/// that honest picklers use, is fine; everything else is a finding.
final class PickleJudge implements PickleVisitor {
  private static final int MOST_FINDINGS = 200;
  private static final int MOST_EXPRESSIONS = 1_000;
  private static final int MOST_NESTED = 1_000;
  private static final Meaning MANY = new Meaning.Made("…", null);

  private final Location location;
  private final NameResolution names;
  private final ArgumentCheck check = new ArgumentCheck();
  private final JoblibArrays arrays;
  private final ImportLog imports;
  private final List<Finding> findings = new ArrayList<>();
  private final List<Gap> gaps = new ArrayList<>();
  private final List<Nested> nested = new ArrayList<>();
  private final List<Value.Data> embedded = new ArrayList<>();
  private final TorchStorages storages = new TorchStorages();
  private final Transcript transcript;
  private Verdict worst = Verdict.CLEAN;
  private int flagged;

  /// @param location of the stream, for findings
  /// @param allowlist the names it may use
  /// @param arrays whether arrays are read as joblib does
  /// @param transcript collects what would be executed
  PickleJudge(Location location, Allowlist allowlist, JoblibArrays arrays, Transcript transcript) {
    this.location = location;
    this.names = new NameResolution(allowlist);
    this.arrays = arrays;
    this.imports = new ImportLog(location);
    this.transcript = transcript;
  }

  /// A stream that a call in this one would load.
  ///
  /// @param at offset of the call
  /// @param loader the callable
  /// @param content what it would load
  record Nested(long at, String loader, Bytes content) {}

  /// Something that cannot be examined.
  record Gap(long at, String reason) {}

  /// What was found so far, imports included that nothing called.
  List<Finding> findings() {
    List<Finding> all = new ArrayList<>(findings);
    all.addAll(imports.findings());
    all.sort((a, b) -> Long.compare(a.location().offset(), b.location().offset()));
    return all;
  }

  Verdict verdict() {
    Verdict worst = Verdict.CLEAN;
    for (Finding finding : findings()) {
      worst = worst.worse(finding.implies());
    }
    return worst;
  }

  /// Whether joblib and plain pickle read this stream differently.
  boolean hasArrays() {
    return arrays.seen();
  }

  List<Gap> gaps() {
    return gaps;
  }

  List<Nested> nested() {
    return nested;
  }

  List<Value.Data> embedded() {
    return embedded;
  }

  TorchStorages storages() {
    return storages;
  }

  // ---- names

  @Override
  public Reference reference(long at, String module, String name, int protocol) {
    Meaning meaning = names.resolve(module, name, protocol);
    imports.add(at, meaning);
    transcript.imports(at, meaning);
    return new Reference(at, module, name, meaning, meaning.traits());
  }

  @Override
  public Reference computed(long at, Value module, Value name) throws IOException {
    String path = Expression.of(module) + "." + Expression.of(name);
    Meaning.Dangerous meaning =
        new Meaning.Dangerous(path, "has a name that is computed while loading");
    report(PickleRule.COMPUTED_NAME, at, "imports the computed name " + path, path);
    return new Reference(at, "", "", meaning, Traits.DANGEROUS);
  }

  @Override
  public Reference extension(long at, long code, int protocol) {
    Meaning meaning = names.extension(code, protocol);
    if (meaning == null) {
      report(
          PickleRule.UNKNOWN_EXTENSION,
          at,
          "uses extension code " + code + ", which this file does not register",
          "");
      meaning = new Meaning.Dangerous("<extension " + code + ">", "is hidden behind a code");
    } else {
      imports.add(at, meaning);
    }
    return new Reference(at, "", "", meaning, meaning.traits());
  }

  // ---- calls

  @Override
  public Instance call(long at, Call how, Foreign callee, Value arguments, Value keywords)
      throws IOException {
    Meaning meaning = (Meaning) callee.meaning();
    if (meaning instanceof Meaning.Dangerous dangerous) {
      return callDangerous(at, dangerous, callee, arguments, keywords);
    }
    if (meaning instanceof Meaning.Method(AllowEntry entry)) {
      return callKnown(at, how, new Meaning.Known(entry), callee, arguments, keywords);
    }
    if (callee instanceof Reference && meaning instanceof Meaning.Known known) {
      return callKnown(at, how, known, callee, arguments, keywords);
    }
    if (callee instanceof Reference && meaning instanceof Meaning.Unknown unknown) {
      int given = arguments.traits() | keywords.traits();
      return callUnknown(at, how, unknown, callee, arguments, keywords, given);
    }
    return callResult(at, callee, arguments, keywords);
  }

  private Instance callKnown(
      long at, Call how, Meaning.Known known, Value callee, Value arguments, Value keywords)
      throws IOException {
    AllowEntry entry = known.entry();
    int given = arguments.traits() | keywords.traits();
    transcript.called(entry.path());
    String problem = check.problem(entry, how, arguments, keywords);
    if (problem != null) {
      return flagged(
          at,
          Traits.any(given, Traits.DANGEROUS)
              ? PickleRule.UNSAFE_CALL
              : PickleRule.UNSAFE_ARGUMENTS,
          entry.path() + " " + problem,
          Expression.call(callee, arguments, keywords),
          given | Traits.UNKNOWN,
          null);
    }
    if (entry.kind() == AllowEntry.Kind.LOADER) {
      return load(at, entry.path(), callee, arguments, keywords);
    }
    if (entry.has(Flag.ATTRIBUTE)) {
      return attribute(at, callee, arguments, keywords);
    }
    int traits = Traits.OBJECT | (given & ~Traits.TYPE);
    if (entry.has(Flag.CALLABLE)) {
      traits |= Traits.FUNCTION;
    }
    Value.Data text = entry.has(Flag.ENCODES) ? ArgumentCheck.firstData(arguments) : null;
    Meaning made = entry.has(Flag.OF_FIRST) ? ArgumentCheck.first(arguments, known) : known;
    if (entry.has(Flag.DTYPE)) {
      String name = DtypeName.of(arguments);
      made = new Meaning.Dtype(DtypeName.itemSize(name));
      traits |= DtypeName.isObject(name) ? Traits.OBJECT_DTYPE : 0;
    } else if (text != null) {
      made = new Meaning.Encoded(text);
      traits = Traits.NONE; // bytes, and nothing but bytes
    }
    if (made instanceof Meaning.Known(AllowEntry result)) {
      if (result.has(Flag.RAW_ARRAY)) {
        arrays.begin();
      } else if (result.has(Flag.ELSEWHERE)) {
        gap(at, "an array that joblib reads from another file");
      }
    }
    return new Instance(at, made, traits);
  }

  /// An attribute of a known object: fine as long as nothing calls it, because honest files store
  /// methods. Names with `__` lead out of the object and are refused.
  private Instance attribute(long at, Value callee, Value arguments, Value keywords)
      throws IOException {
    List<Value> elements =
        arguments instanceof Value.Tuple tuple ? tuple.elements() : List.<Value>of();
    String name =
        elements.size() == 2 && elements.get(1) instanceof Value.Data data ? data.text(200) : null;
    String expression = Expression.call(callee, arguments, keywords);
    if (name == null || name.startsWith("__") || name.indexOf('.') >= 0) {
      return flagged(
          at,
          PickleRule.UNSAFE_CALL,
          "calls builtins.getattr: reaches other names",
          expression,
          Traits.DANGEROUS,
          null);
    }
    AllowEntry method =
        elements.getFirst() instanceof Reference owner ? names.attribute(owner, name) : null;
    Meaning meaning =
        method == null ? new Meaning.Made(expression, null) : new Meaning.Method(method);
    return new Instance(at, meaning, Traits.FUNCTION);
  }

  private Instance callUnknown(
      long at,
      Call how,
      Meaning.Unknown unknown,
      Value callee,
      Value arguments,
      Value keywords,
      int given)
      throws IOException {
    String expression = Expression.call(callee, arguments, keywords);
    boolean isConstruction =
        how == Call.NEWOBJ || (how == Call.OBJ && ArgumentCheck.count(arguments) == 0);
    if (Traits.any(given, Traits.DANGEROUS)) {
      return flagged(
          at,
          PickleRule.UNSAFE_CALL,
          "hands something dangerous to " + unknown.path(),
          expression,
          given | Traits.UNKNOWN,
          null);
    }
    if (isConstruction) { // its import is the finding; making it runs no more than that
      transcript.line(at, expression);
      return new Instance(at, new Meaning.Unknown(unknown.path()), Traits.UNKNOWN | given);
    }
    imports.explained(unknown);
    return flagged(
        at,
        PickleRule.UNKNOWN_CALL,
        "calls " + unknown.path() + ", which is not known to be inert",
        expression,
        given | Traits.UNKNOWN,
        ConstantCall.decoded(unknown.path(), arguments));
  }

  private Instance callDangerous(
      long at, Meaning.Dangerous dangerous, Value callee, Value arguments, Value keywords)
      throws IOException {
    imports.explained(dangerous);
    names.register(dangerous.path(), arguments);
    if (ConstantCall.isLoader(dangerous.path()) && ConstantCall.argument(arguments) != null) {
      return load(at, dangerous.path(), callee, arguments, keywords);
    }
    return flagged(
        at,
        PickleRule.UNSAFE_CALL,
        "calls " + dangerous.path() + ": " + dangerous.danger(),
        Expression.call(callee, arguments, keywords),
        arguments.traits() | Traits.DANGEROUS,
        ConstantCall.decoded(dangerous.path(), arguments));
  }

  /// A call of something that an earlier call returned.
  private Instance callResult(long at, Value callee, Value arguments, Value keywords)
      throws IOException {
    int all = callee.traits() | arguments.traits() | keywords.traits();
    boolean isDangerous = Traits.any(all, Traits.DANGEROUS);
    return flagged(
        at,
        isDangerous ? PickleRule.UNSAFE_CALL : PickleRule.UNKNOWN_CALL,
        "calls what an earlier call returned",
        Expression.call(callee, arguments, keywords),
        all | Traits.UNKNOWN,
        null);
  }

  private Instance load(long at, String loader, Value callee, Value arguments, Value keywords)
      throws IOException {
    String expression = Expression.call(callee, arguments, keywords);
    Bytes content = ConstantCall.argument(arguments);
    if (content == null) {
      return flagged(
          at,
          PickleRule.NESTED_LOAD,
          loader + " loads something that is not a constant of this file",
          expression,
          Traits.UNKNOWN,
          null);
    }
    if (nested.size() < MOST_NESTED) {
      nested.add(new Nested(at, loader, content));
    } else {
      gap(at, "more nested streams than are followed");
    }
    if (loader.startsWith("torch.")) { // how plain pickle writes a tensor: judged by its content
      transcript.line(at, expression);
      return new Instance(at, new Meaning.Made(expression, null), Traits.OBJECT | Traits.EXTERNAL);
    }
    return flagged(
        at,
        PickleRule.NESTED_LOAD,
        loader + " loads another serialised object",
        expression,
        Traits.UNKNOWN,
        null);
  }

  private Instance flagged(
      long at,
      PickleRule rule,
      String message,
      String expression,
      int traits,
      @Nullable Bytes content) {
    report(rule, at, message, expression);
    transcript.line(at, expression + "   # " + rule.title());
    // Past the bound objects share one expression, so that a stream of calls cannot fill the heap.
    Meaning made = flagged++ < MOST_EXPRESSIONS ? new Meaning.Made(expression, content) : MANY;
    return new Instance(at, made, traits | Traits.OBJECT);
  }

  // ---- what is done to objects

  @Override
  public Following build(long at, Foreign target, Value state) throws IOException {
    if (target instanceof Instance instance) {
      return buildInstance(at, instance, state);
    }
    changedGlobal(at, target, "__setstate__", Expression.of(state));
    return Following.OPCODES;
  }

  private Following buildInstance(long at, Instance target, Value state) throws IOException {
    int given = state.traits();
    if (Traits.any(given, Traits.HOOK)) {
      String expression = built(target, state);
      boolean isKnown = !Traits.any(given, Traits.UNKNOWN | Traits.DANGEROUS);
      report(
          isKnown ? PickleRule.UNSAFE_ARGUMENTS : PickleRule.PLANTED_HOOK,
          at,
          "stores a callable under a name that Python calls by itself",
          expression);
      transcript.line(at, expression);
    } else if (Traits.any(target.traits(), Traits.DANGEROUS)) {
      String expression = built(target, state);
      report(PickleRule.UNSAFE_CALL, at, "builds what a dangerous call returned", expression);
      transcript.line(at, expression);
    }
    target.add(given & ~Traits.TYPE);
    Following following = Following.OPCODES;
    if (target.meaning() instanceof Meaning.Known(AllowEntry entry)) {
      if (entry.has(Flag.FINAL) && !isNone(state)) {
        report(
            PickleRule.UNSAFE_ARGUMENTS,
            at,
            entry.path() + " has no state to build",
            built(target, state));
      }
      if (entry.has(Flag.RAW_ARRAY)) {
        following = arrayAfter(at, state);
      }
    }
    return following;
  }

  private static String built(Instance target, Value state) throws IOException {
    return Expression.of(target) + ".__setstate__(" + Expression.of(state) + ")";
  }

  private Following arrayAfter(long at, Value state) throws IOException {
    Following following = arrays.following(state);
    if (following == null) {
      gap(at, "a joblib array whose shape or type cannot be told");
      return Following.OPCODES;
    }
    return following;
  }

  @Override
  public boolean capturesEntries() {
    return arrays.pending();
  }

  private static boolean isNone(Value state) {
    return state instanceof Value.Data data && data.kind() == Value.Kind.NONE;
  }

  @Override
  public void fill(long at, String method, Foreign target, int traits) throws IOException {
    if (target instanceof Instance instance) {
      fillInstance(at, method, instance, traits);
    } else {
      changedGlobal(at, target, method, "…");
    }
  }

  private void fillInstance(long at, String method, Instance target, int traits)
      throws IOException {
    target.add(traits & ~Traits.TYPE);
    if (target.meaning() instanceof Meaning.Known(AllowEntry entry)) {
      Flag needed =
          switch (method) {
            case "append" -> Flag.APPEND;
            case "add" -> Flag.ADD;
            default -> Flag.SETITEM;
          };
      if (!entry.has(needed)) {
        report(
            PickleRule.UNSAFE_ARGUMENTS,
            at,
            "calls " + method + " of " + entry.path() + ", which no pickler does",
            Expression.of(target) + "." + method + "(…)");
      }
    } else if (Traits.any(target.traits() | traits, Traits.DANGEROUS)) {
      report(
          PickleRule.UNSAFE_CALL,
          at,
          "calls " + method + " of what a call returned",
          Expression.of(target) + "." + method + "(…)");
    }
  }

  private void changedGlobal(long at, Foreign target, String method, String argument) {
    Meaning meaning = (Meaning) target.meaning();
    String path = meaning.shown();
    imports.explained(meaning);
    String expression = path + "." + method + "(" + argument + ")";
    report(PickleRule.CHANGED_GLOBAL, at, "changes " + path + " itself", expression);
    transcript.line(at, expression);
  }

  // ---- what is not in the stream

  @Override
  public Value persistent(long at, Value id) throws IOException {
    Reference container = TorchLegacy.container(id);
    if (container != null) {
      return container;
    }
    if (storages.accept(id)) {
      return new Instance(at, new Meaning.Made("<storage>", null), Traits.EXTERNAL);
    }
    int callables = Traits.TYPE | Traits.FUNCTION | Traits.UNKNOWN | Traits.DANGEROUS;
    if (Traits.any(id.traits(), callables)) {
      report(
          PickleRule.CALLABLE_AS_ID,
          at,
          "a persistent id holds more than plain data",
          Expression.of(id));
    } else {
      report(PickleRule.UNEXPLAINED_ID, at, "persistent id of no known kind", Expression.of(id));
    }
    return new Instance(at, new Meaning.Made("<persistent>", null), Traits.EXTERNAL | id.traits());
  }

  @Override
  public Instance buffer(long at) {
    gap(at, "out-of-band buffer: its data is not in the file");
    return new Instance(at, new Meaning.Made("<buffer>", null), Traits.EXTERNAL);
  }

  @Override
  public void embedded(long at, Value.Data data) {
    if (embedded.size() < EmbeddedStreams.MOST) {
      embedded.add(data);
    }
  }

  @Override
  public void oddity(long at, Oddity oddity, String detail) {
    PickleRule rule =
        switch (oddity) {
          case FRAME_SPLITS_OPCODE, LATE_PROTO -> PickleRule.LOADERS_DISAGREE;
          case HUGE_MEMO_INDEX, EXPANSION, LONG_NUMBER -> PickleRule.EXHAUSTION;
        };
    report(rule, at, detail, "");
  }

  private void gap(long at, String reason) {
    if (gaps.size() < MOST_FINDINGS) {
      gaps.add(new Gap(at, reason));
    }
  }

  private void report(PickleRule rule, long at, String message, String evidence) {
    boolean isWorse = rule.implies().compareTo(worst) > 0;
    if (findings.size() < MOST_FINDINGS || isWorse) {
      findings.add(rule.at(location.at(at), Printable.of(message, 300), evidence));
      worst = worst.worse(rule.implies());
    }
  }
}
