package dev.vidimus.scan.tensor;

import dev.vidimus.artifact.Level;
import dev.vidimus.artifact.Rule;
import dev.vidimus.artifact.RuleId;
import dev.vidimus.artifact.Verdict;

/// The rules of this package.
public enum TensorRule implements Rule {
  SAFETENSORS_BROKEN(
      "VID-SAFETENSORS-001",
      Level.MEDIUM,
      Verdict.INVALID,
      "The file breaks the safetensors format",
      "Get the file again from its source; do not load it with a reader that tolerates this.",
      "CWE-1286"),
  SAFETENSORS_METADATA_CODE(
      "VID-SAFETENSORS-002",
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "Metadata carry code, a command or an address to fetch from",
      "Ask the publisher why weights carry it; load the file only where metadata are never run,"
          + " rendered or fetched.",
      "CWE-94"),
  SAFETENSORS_PICKLE(
      "VID-SAFETENSORS-003",
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "The tensor data begin with a pickle that attacks whoever loads it",
      "Do not use the file: weights do not look like this by chance.",
      "CWE-506"),
  GGUF_BROKEN(
      "VID-GGUF-001",
      Level.MEDIUM,
      Verdict.INVALID,
      "The file breaks the GGUF or GGML format",
      "Get the file again from its source; readers in C have had memory errors on such files.",
      "CWE-1286"),
  GGUF_METADATA_CODE(
      "VID-GGUF-002",
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "Metadata carry code, a command or an address to fetch from",
      "Ask the publisher why weights carry it; load the file only where metadata are never run,"
          + " rendered or fetched.",
      "CWE-94"),
  GGUF_TRAILING(
      "VID-GGUF-003",
      Level.INFO,
      Verdict.CLEAN,
      "Bytes follow the last tensor",
      "No loader reads them; find out what wrote them.",
      "CWE-1286"),
  NPY_BROKEN(
      "VID-NPY-001",
      Level.MEDIUM,
      Verdict.INVALID,
      "The file breaks the NPY format",
      "Get the file again from its source.",
      "CWE-1286"),
  NPY_OBJECTS(
      "VID-NPY-002",
      Level.INFO,
      Verdict.CLEAN,
      "An array of Python objects is stored as a pickle",
      "Store numbers, text or records instead, so that loading needs no allow_pickle.",
      "CWE-502"),
  NPY_TRAILING(
      "VID-NPY-003",
      Level.MEDIUM,
      Verdict.INVALID,
      "Bytes that are no array follow the array",
      "Get the file again from its source; a whole array says exactly how long it is.",
      "CWE-1286"),
  MSGPACK_BROKEN(
      "VID-MSGPACK-001",
      Level.MEDIUM,
      Verdict.INVALID,
      "The file breaks the MessagePack format",
      "Get the file again from its source.",
      "CWE-1286");

  private final Entry entry;

  TensorRule(String id, Level level, Verdict implies, String title, String fix, String cwe) {
    RuleId ruleId = new RuleId(id);
    this.entry = new Entry(ruleId, level, implies, title, fix, cwe, "AML.T0011.000", "LLM03");
  }

  @Override
  public Entry entry() {
    return entry;
  }
}
