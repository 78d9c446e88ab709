package dev.vidimus.formats.torch7;

/// Hears what a file holds besides numbers, texts and tables.
public interface Torch7Listener {
  /// A function, as what Lua's `string.dump` made of it.
  void function(long size, long offset);

  /// An object of a class.
  ///
  /// @param name such as `nn.Linear`
  void object(String name, long offset);
}
