package dev.vidimus.formats.hdf5;

import dev.vidimus.artifact.FormatException;

/// Hears nothing, where only one message of an object matters.
final class Silent implements Hdf5Listener {
  static final Silent INSTANCE = new Silent();

  private Silent() {}

  @Override
  public void attribute(String path, String name, String value, long offset) {}

  @Override
  public void externalLink(String path, String file, String object, long offset) {}

  @Override
  public void externalStorage(String path, String file, long offset) {}

  @Override
  public void foreignFilter(String path, int filter, long offset) {}

  @Override
  public void broken(FormatException problem) {
    // told where the message is missing
  }
}
