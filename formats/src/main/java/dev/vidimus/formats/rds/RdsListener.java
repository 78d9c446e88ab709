package dev.vidimus.formats.rds;

/// Hears what a stream holds that is more than data.
public interface RdsListener {
  /// What code or a text is a part of.
  enum Part {
    /// Code as data: a formula, the call that made a model.
    DATA,
    /// The body or the arguments of a function.
    FUNCTION,
    /// What R evaluates when somebody first uses the value.
    PROMISE
  }

  /// A promise, whose value is absent until somebody uses it.
  ///
  /// @param isBinding whether it is a variable of an environment, as arguments of functions are
  void promise(boolean isBinding, long offset);

  /// A call of a function by its name.
  ///
  /// @param function such as `system` or `base::system`
  void call(String function, Part part, long offset);

  /// A short text in code.
  void text(String text, Part part, long offset);

  /// A vector of a class that decides itself how it comes to life.
  ///
  /// @param name such as `compact_intseq`
  void alternative(String name, long offset);
}
