package dev.vidimus.checks.fuzz;

import java.io.IOException;

/// Something that takes any bytes and never breaks.
interface FuzzedReader {
  void read(byte[] input) throws IOException;
}
