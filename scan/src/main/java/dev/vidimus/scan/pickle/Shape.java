package dev.vidimus.scan.pickle;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The arguments that a callable may be given: slots in order, the last perhaps repeated.
///
/// @param slots one for each argument
/// @param required how many must be there; the rest is optional
/// @param repeats whether the last slot takes any number of arguments, none included
record Shape(List<Slot> slots, int required, boolean repeats) {
  static final Shape NOTHING = new Shape(List.of(), 0, false);

  Shape {
    slots = List.copyOf(slots);
  }

  /// The slot of an argument by its position, or null if there may be none.
  @Nullable Slot at(int position) {
    if (position < slots.size()) {
      return slots.get(position);
    }
    return repeats ? slots.getLast() : null;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("(");
    for (int i = 0; i < slots.size(); i++) {
      text.append(i == 0 ? "" : ", ").append(slots.get(i).word());
      if (i >= required) {
        text.append(repeats && i == slots.size() - 1 ? "*" : "?");
      }
    }
    return text.append(')').toString();
  }
}
