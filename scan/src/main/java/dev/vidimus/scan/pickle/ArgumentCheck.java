package dev.vidimus.scan.pickle;

import dev.vidimus.formats.pickle.PickleVisitor.Call;
import dev.vidimus.formats.pickle.Value;
import dev.vidimus.formats.pickle.Value.Reference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Compares the arguments of an allowed callable with the shape that honest picklers give it.
final class ArgumentCheck {
  /// What is wrong with a call, as the rest of a sentence, or null.
  @Nullable String problem(AllowEntry entry, Call how, Value arguments, Value keywords) {
    return switch (entry.kind()) {
      case CONSTANT -> "is a value and is never called";
      case FUNCTION -> "is stored by honest files, never called by them";
      case CLASS -> classProblem(entry, how, arguments, keywords);
      case CALL, LOADER ->
          how == Call.REDUCE
              ? shapeProblem(entry, arguments, keywords)
              : "is a function and makes no instances";
    };
  }

  private @Nullable String classProblem(
      AllowEntry entry, Call how, Value arguments, Value keywords) {
    boolean isEmpty = count(arguments) == 0;
    if (isEmpty && how != Call.REDUCE) {
      return null; // object.__new__ alone: nothing of the class runs
    }
    if (isEmpty && entry.arguments().slots().isEmpty()) {
      return null;
    }
    return shapeProblem(entry, arguments, keywords);
  }

  private @Nullable String shapeProblem(AllowEntry entry, Value arguments, Value keywords) {
    Shape shape = entry.arguments();
    if (!(keywords instanceof Value.Data) && !Slot.VALUE.accepts(keywords, entry)) {
      return "is given keywords that hold a callable";
    }
    int count = count(arguments);
    if (!(arguments instanceof Value.Tuple tuple) || tuple.elements().size() != count) {
      boolean isPlain = count >= 0 && Slot.DATA.accepts(arguments, entry);
      boolean takesAny = shape.repeats() && shape.slots().size() == 1;
      return isPlain && takesAny
          ? null
          : "is called with arguments that cannot be told: expected " + shape;
    }
    List<Value> elements = tuple.elements();
    if (elements.size() < shape.required()) {
      return "is called with " + elements.size() + " arguments, expected " + shape;
    }
    for (int i = 0; i < elements.size(); i++) {
      Slot slot = shape.at(i);
      if (slot == null || !slot.accepts(elements.get(i), entry)) {
        return "is called with an unexpected argument "
            + (i + 1)
            + ", expected "
            + (slot == null ? "none" : slot.word());
      }
    }
    return null;
  }

  /// Number of positional arguments, or -1 if it cannot be told.
  static int count(Value arguments) {
    if (arguments instanceof Value.Tuple tuple) {
      boolean isDropped = tuple.elements().isEmpty() && tuple.weight() > 1;
      return isDropped ? -1 : tuple.elements().size();
    }
    boolean isPlainTuple = arguments instanceof Value.Data data && data.kind() == Value.Kind.TUPLE;
    return isPlainTuple ? (int) ((Value.Data) arguments).number() : -1;
  }

  /// What the first argument, a class, makes of the result.
  static Meaning first(Value arguments, Meaning otherwise) {
    return arguments instanceof Value.Tuple tuple
            && !tuple.elements().isEmpty()
            && tuple.elements().getFirst() instanceof Reference reference
        ? (Meaning) reference.meaning()
        : otherwise;
  }

  /// The first argument if it is plain data, otherwise null.
  static Value.@Nullable Data firstData(Value arguments) {
    return arguments instanceof Value.Tuple tuple
            && !tuple.elements().isEmpty()
            && tuple.elements().getFirst() instanceof Value.Data data
        ? data
        : null;
  }
}
