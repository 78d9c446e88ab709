package dev.vidimus.evidence;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Takes the steps of one verification in order, and remembers how each went. Whatever a step
/// throws is recorded as its reason and thrown on, so that nothing behind it runs.
public final class Steps {
  private static final int PRINTED = 2_000;

  private final List<Step> taken = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /// What a step does, and what later steps need of it.
  public interface Check<T> {
    /// @throws CheckFailed if the answer is no
    /// @throws FormatException if the input breaks its format, so that there is no answer
    T run() throws CheckFailed, FormatException, IOException;
  }

  /// Takes one step.
  public <T> T take(String name, Check<T> check) throws CheckFailed, FormatException, IOException {
    try {
      T result = check.run();
      taken.add(new Step(name, true, ""));
      return result;
    } catch (CheckFailed e) {
      fail(name, "expected " + e.expected() + ", found " + e.found());
      throw e;
    } catch (FormatException | IOException e) {
      fail(name, String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private void fail(String name, String reason) {
    taken.add(new Step(name, false, Printable.of(reason, PRINTED)));
  }

  /// Something that a reader of the result should know, and that changes no answer.
  public void note(String text) {
    notes.add(Printable.of(text, PRINTED));
  }

  /// The steps so far.
  public List<Step> taken() {
    return List.copyOf(taken);
  }

  /// The notes so far.
  public List<String> notes() {
    return List.copyOf(notes);
  }
}
