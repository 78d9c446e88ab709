package dev.vidimus.scan.pickle;

import dev.vidimus.artifact.Level;
import dev.vidimus.artifact.Rule;
import dev.vidimus.artifact.RuleId;
import dev.vidimus.artifact.Verdict;

/// The rules about pickle streams.
public enum PickleRule implements Rule {
  UNSAFE_CALL(
      1,
      Level.CRITICAL,
      Verdict.MALICIOUS,
      "Loading calls something that can run code",
      "Do not load this file; quarantine it and ask where it came from."),
  UNKNOWN_IMPORT(
      2,
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "Loading imports a name that is not known to be inert",
      "Ask for the weights as safetensors, or review the class and allow it in a custom profile."),
  UNKNOWN_CALL(
      3,
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "Loading calls a name that is not known to be inert",
      "Review what the callable does with these arguments before anything loads the file."),
  DANGEROUS_IMPORT(
      4,
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "Loading imports something dangerous without calling it",
      "Nothing in a model needs this name; treat the file as hostile until its author explains"
          + " it."),
  UNSAFE_ARGUMENTS(
      5,
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "Loading calls a known name in a way that no honest pickler does",
      "Compare with a file that the library itself wrote; do not load this one."),
  PLANTED_HOOK(
      6,
      Level.CRITICAL,
      Verdict.MALICIOUS,
      "Loading plants a callable where Python will call it by itself",
      "Do not load this file; no pickler stores a callable under such a name."),
  CHANGED_GLOBAL(
      7,
      Level.CRITICAL,
      Verdict.MALICIOUS,
      "Loading changes a module, class or function of the loading process",
      "Do not load this file; it redefines code that others will call."),
  COMPUTED_NAME(
      8,
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "Loading imports a name that is computed while loading",
      "Treat the file as hostile: names are computed only to hide them."),
  NESTED_LOAD(
      9,
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "Loading loads another serialised object",
      "Extract and examine the inner object; ask for a file without it."),
  UNKNOWN_EXTENSION(
      10,
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "Loading uses an extension code whose meaning is not in the file",
      "Find out what the code is registered for in the loading process, or refuse the file."),
  CALLABLE_AS_ID(
      11,
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "Loading hands a callable to the loader as a persistent id",
      "Refuse the file; persistent ids of models name storages by plain data."),
  LOADERS_DISAGREE(
      12,
      Level.MEDIUM,
      Verdict.SUSPICIOUS,
      "Loaders read this stream differently",
      "Ask for a file written by an ordinary pickler."),
  EXHAUSTION(
      13,
      Level.MEDIUM,
      Verdict.SUSPICIOUS,
      "Loading would take far more memory or time than the file suggests",
      "Do not load this file where it may exhaust the machine."),
  TRAILING_DATA(
      14,
      Level.INFO,
      Verdict.CLEAN,
      "Data follows the end of the pickle",
      "Harmless to loaders that stop at the end; ask what it is for."),
  BROKEN(
      15,
      Level.MEDIUM,
      Verdict.INVALID,
      "The stream breaks the pickle format",
      "Download the file again; if it stays broken, ask its author for a whole one."),
  EMBEDDED_ATTACK(
      16,
      Level.MEDIUM,
      Verdict.SUSPICIOUS,
      "Data holds a pickle that would run code if anything loaded it",
      "Find out who reads this value; nothing in this stream loads it."),
  UNEXPLAINED_ID(
      17,
      Level.INFO,
      Verdict.CLEAN,
      "The loader must supply an object for a persistent id",
      "Only a loader written for this file can read it; make sure that you have the right one."),
  HIDDEN_STREAM(
      18,
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "A pickle that runs code hides behind the end or inside raw data",
      "Refuse the file; honest files have nothing there that could be loaded."),
  UNACCOUNTED_STORAGE(
      19,
      Level.INFO,
      Verdict.CLEAN,
      "A legacy checkpoint holds bytes that none of its tensors owns",
      "Harmless to loaders, and searched for hidden streams; ask what the bytes are for.");

  private final Entry entry;

  PickleRule(int number, Level level, Verdict implies, String title, String fix) {
    RuleId ruleId = new RuleId("VID-PICKLE-" + (number < 10 ? "00" : "0") + number);
    this.entry = new Entry(ruleId, level, implies, title, fix, "CWE-502", "AML.T0011.000", "LLM03");
  }

  @Override
  public Entry entry() {
    return entry;
  }
}
