package dev.vidimus.scan.pickle;

import static dev.vidimus.scan.pickle.PickleScans.scan;
import static dev.vidimus.testkit.PickleForger.bare;
import static dev.vidimus.testkit.PickleForger.proto;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.Report;
import dev.vidimus.artifact.Verdict;
import dev.vidimus.testkit.PickleForger;
import org.junit.jupiter.api.Test;

/// The memory of the scanner: published evasions, each with its advisory, and honest twins.
class PickleBypassTest {
  private static final byte[] EVIL = proto(4).stackGlobal("os", "system").callWithText("id").stop();

  private static void assertMalicious(byte[] stream, String message) {
    Report report = scan(stream);
    assertThat(report.verdict()).isEqualTo(Verdict.MALICIOUS);
    assertThat(report.findings())
        .filteredOn(finding -> finding.implies() == Verdict.MALICIOUS)
        .extracting(Finding::message)
        .anySatisfy(text -> assertThat(text).contains(message));
  }

  private static void assertClean(byte[] stream) {
    assertThat(scan(stream).findings()).isEmpty();
    assertThat(scan(stream).verdict()).isEqualTo(Verdict.CLEAN);
  }

  @Test
  void callOfOsSystemIsMaliciousAndShown() {
    Report report = scan(EVIL);
    assertThat(report.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.rule()).isEqualTo(PickleRule.UNSAFE_CALL.id());
              assertThat(finding.evidence()).isEqualTo("os.system('id')");
              assertThat(finding.location().offset()).isEqualTo(EVIL.length - 2);
            });
  }

  @Test
  void ghsaMxhj88fx4pcvCallWhoseResultIsPoppedStillCounts() {
    assertMalicious(
        proto(4).stackGlobal("os", "system").callWithText("id").raw("0}").stop(), "os.system");
  }

  @Test
  void ghsa5j3xJp52966fDottedNameThroughAnInnocentModule() {
    assertMalicious(
        proto(4).stackGlobal("random", "_os.system").callWithText("id").stop(),
        "random._os.system: reaches another name through random");
  }

  @Test
  void nestedClassOfAProjectIsUnknownNotMalicious() {
    Report report = scan(proto(4).stackGlobal("project.model", "Net.Block").raw(")\u0081").stop());
    assertThat(report.verdict()).isEqualTo(Verdict.SUSPICIOUS);
  }

  @Test
  void memoizeUsesTheNumberOfDistinctIndicesNotAPutCounter() {
    // PUT 1 makes one entry, so MEMOIZE writes index 1 and overwrites it: CPython's own rule.
    assertMalicious(
        proto(4)
            .text("collections")
            .raw("q\u0001")
            .text("os")
            .op(0x94)
            .raw("0")
            .raw("h\u0001")
            .text("system")
            .op(0x93)
            .callWithText("id")
            .stop(),
        "os.system");
  }

  @Test
  void operandOfStackGlobalBehindADecoy() {
    assertMalicious(
        proto(4)
            .text("os")
            .text("collections")
            .op('0')
            .text("system")
            .op(0x93)
            .callWithText("id")
            .stop(),
        "os.system");
  }

  @Test
  void operandsHiddenByEscapes() {
    assertMalicious(
        bare().raw("V\\u006fs\nV\\u0073ystem\n").op(0x93).callWithText("id").stop(), "os.system");
  }

  @Test
  void namesOfPython2AreMappedBelowProtocol3() {
    assertMalicious(
        proto(2).global("commands", "getoutput").callWithText("id").stop(), "subprocess.getoutput");
  }

  @Test
  void extensionRegisteredInTheStreamIsResolved() {
    byte[] stream =
        proto(2)
            .global("copyreg", "add_extension")
            .text("os")
            .text("system")
            .number(240)
            .op(0x87)
            .op('R')
            .op('0')
            .op(0x82)
            .op(240)
            .callWithText("id")
            .stop();
    assertMalicious(stream, "os.system");
  }

  @Test
  void buildThatPlantsSetstateIsAHook() {
    byte[] stream =
        proto(2)
            .global("collections", "OrderedDict")
            .raw(")\u0081}")
            .text("__setstate__")
            .global("os", "system")
            .raw("sb")
            .stop();
    assertThat(PickleScans.rules(scan(stream))).contains("VID-PICKLE-006");
  }

  @Test
  void buildOfPlainAttributesIsNoHook() {
    assertClean(
        proto(2)
            .global("argparse", "Namespace")
            .raw(")\u0081}")
            .text("lr")
            .number(1)
            .raw("sb")
            .stop());
  }

  @Test
  void buildOnAFunctionChangesTheLoadingProcess() {
    byte[] stream =
        proto(2).global("collections", "OrderedDict").raw("}").text("x").number(1).raw("sb").stop();
    assertThat(PickleScans.rules(scan(stream))).containsExactly("VID-PICKLE-007");
  }

  @Test
  void cve202624747ItemsSetOnATensorAreNotAPicklersDoing() {
    byte[] stream =
        proto(2).global("torch", "FloatTensor").call().number(1).number(2).raw("s").stop();
    assertThat(PickleScans.rules(scan(stream))).containsExactly("VID-PICKLE-005");
  }

  @Test
  void computedNameIsHiddenOnPurpose() {
    byte[] stream =
        proto(4)
            .text("os")
            .stackGlobal("codecs", "decode")
            .text("flfgrz")
            .text("rot13")
            .op(0x86)
            .op('R')
            .op(0x93)
            .callWithText("id")
            .stop();
    assertMalicious(stream, "computed");
  }

  @Test
  void partialOfADangerousFunctionIsMaliciousBeforeAnyoneCallsIt() {
    byte[] stream =
        proto(4)
            .stackGlobal("functools", "partial")
            .stackGlobal("os", "system")
            .text("id")
            .op(0x86)
            .op('R')
            .stop();
    assertMalicious(stream, "functools.partial");
  }

  @Test
  void nestedLoadIsFollowed() {
    byte[] stream = proto(4).stackGlobal("pickle", "loads").binBytes(EVIL).op(0x85).op('R').stop();
    Report report = scan(stream);
    assertThat(report.findings())
        .anySatisfy(
            finding -> {
              assertThat(finding.location().member()).startsWith("pickle.loads@");
              assertThat(finding.evidence()).isEqualTo("os.system('id')");
            });
  }

  @Test
  void nestedLoadBehindBase64IsFollowed() {
    String encoded = java.util.Base64.getEncoder().encodeToString(EVIL);
    byte[] stream =
        proto(4)
            .stackGlobal("pickle", "loads")
            .stackGlobal("base64", "b64decode")
            .text(encoded)
            .op(0x85)
            .op('R')
            .op(0x85)
            .op('R')
            .stop();
    assertMalicious(stream, "calls os.system");
  }

  @Test
  void storageOfAPlainTensorPickleIsFollowedAndClean() {
    byte[] inner = proto(2).raw("}").stop();
    assertClean(
        proto(2)
            .global("torch.storage", "_load_from_bytes")
            .binBytes(inner)
            .op(0x85)
            .op('R')
            .stop());
  }

  @Test
  void secondStreamOfAFileIsRead() {
    byte[] stream = PickleForger.proto(2).raw("}.").raw(EVIL).bytes();
    assertMalicious(stream, "os.system");
  }

  @Test
  void streamBehindJunkIsFound() {
    byte[] stream = proto(2).raw("}.").raw(new byte[512]).raw(EVIL).bytes();
    assertThat(PickleScans.rules(scan(stream))).contains("VID-PICKLE-018");
  }

  @Test
  void nullifaiCallBeforeTheBreakCounts() {
    Report report = scan(proto(4).stackGlobal("os", "system").callWithText("id").op(0xff).bytes());
    assertThat(PickleScans.rules(report)).containsExactly("VID-PICKLE-001", "VID-PICKLE-015");
    assertThat(report.verdict()).isEqualTo(Verdict.MALICIOUS);
  }

  @Test
  void joblibArraySkipsItsBytesAndTheCallBehindThemIsSeen() {
    assertMalicious(joblib(new byte[] {1, 2, 3}, "os", "system"), "os.system");
  }

  @Test
  void opcodesInsideAJoblibArrayAreSeenByThePlainReading() {
    byte[] hidden = PickleForger.bare().global("os", "system").callWithText("id").op('.').bytes();
    assertMalicious(joblib(hidden, "collections", "OrderedDict"), "os.system");
  }

  /// A wrapper for an array of so many bytes, the bytes, and a call behind them.
  private static byte[] joblib(byte[] array, String module, String name) {
    return proto(4)
        .stackGlobal("joblib.numpy_pickle", "NumpyArrayWrapper")
        .raw(")\u0081}(")
        .text("shape")
        .number(array.length)
        .op(0x85)
        .text("dtype")
        .stackGlobal("numpy", "dtype")
        .text("u1")
        .op(0x85)
        .op('R')
        .raw("ub")
        .raw(array)
        .op('0')
        .stackGlobal(module, name)
        .call()
        .stop();
  }

  @Test
  void frameThatEndsInsideAnOpcodeIsReadDifferently() {
    byte[] stream = proto(4).op(0x95).u64(3).text("abc").stop();
    assertThat(PickleScans.rules(scan(stream))).containsExactly("VID-PICKLE-012");
  }

  @Test
  void frameAsPicklersWriteItIsQuiet() {
    assertClean(proto(4).op(0x95).u64(6).text("abc").op('.').bytes());
  }

  @Test
  void memoBombIsExhaustion() {
    byte[] stream = proto(2).op('N').op('r').u32(0x7fffffff).stop();
    assertThat(PickleScans.rules(scan(stream))).containsExactly("VID-PICKLE-013");
  }

  @Test
  void outOfBandBufferIsNotExaminedAndNeverClean() {
    assertThat(scan(proto(5).op(0x97).stop()).verdict()).isEqualTo(Verdict.INCOMPLETE);
  }

  @Test
  void unknownClassIsSuspiciousAndNamed() {
    Report report = scan(proto(2).global("my_project.models", "Net").raw(")\u0081}b").stop());
    assertThat(report.verdict()).isEqualTo(Verdict.SUSPICIOUS);
    assertThat(report.findings())
        .singleElement()
        .extracting(Finding::message)
        .isEqualTo("imports my_project.models.Net, which is not known to be inert");
  }

  @Test
  void nameInProseIsData() {
    assertClean(proto(4).text("os.system eval exec __import__('os')").stop());
  }

  @Test
  void attributeOfAKnownClassMayBeStoredButNotCalled() {
    PickleForger stored =
        proto(2)
            .global("__builtin__", "getattr")
            .global("numpy", "ndarray")
            .text("tofile")
            .op(0x86)
            .op('R');
    assertClean(stored.stop());
    byte[] called =
        proto(2)
            .global("__builtin__", "getattr")
            .global("numpy", "ndarray")
            .text("tofile")
            .op(0x86)
            .op('R')
            .callWithText("/tmp/x")
            .stop();
    assertThat(PickleScans.rules(scan(called))).containsExactly("VID-PICKLE-003");
  }

  @Test
  void dunderAttributeLeadsOutOfTheObject() {
    assertMalicious(
        proto(2)
            .global("__builtin__", "getattr")
            .global("numpy", "ndarray")
            .text("__class__")
            .op(0x86)
            .op('R')
            .stop(),
        "builtins.getattr");
  }

  @Test
  void reconstructorCannotHandArgumentsToAnyConstructor() {
    byte[] stream =
        proto(2)
            .global("copy_reg", "_reconstructor")
            .global("numpy", "memmap")
            .global("numpy", "memmap")
            .text("/etc/passwd")
            .op(0x87)
            .op('R')
            .stop();
    assertThat(PickleScans.rules(scan(stream))).containsExactly("VID-PICKLE-005");
  }

  @Test
  void indexConstructorOfPandasMakesOnlyPandasObjects() {
    byte[] stream =
        proto(4)
            .stackGlobal("pandas.core.indexes.base", "_new_Index")
            .stackGlobal("numpy", "memmap")
            .raw("}")
            .text("filename")
            .text("/etc/passwd")
            .raw("s")
            .op(0x86)
            .op('R')
            .stop();
    assertThat(PickleScans.rules(scan(stream))).containsExactly("VID-PICKLE-005");
  }

  @Test
  void listOfARangeCountsUntilMemoryEnds() {
    byte[] stream =
        proto(4)
            .stackGlobal("builtins", "list")
            .stackGlobal("builtins", "range")
            .raw("\u008a\u0005")
            .raw(new byte[] {0, 0, 0, 0, 1})
            .op(0x85)
            .op('R')
            .op(0x85)
            .op('R')
            .stop();
    assertThat(PickleScans.rules(scan(stream))).containsExactly("VID-PICKLE-005");
  }

  @Test
  void joblibArrayMadeByReconstructorIsSkippedToo() {
    byte[] stream =
        proto(2)
            .global("copy_reg", "_reconstructor")
            .global("joblib.numpy_pickle", "NumpyArrayWrapper")
            .global("__builtin__", "object")
            .raw("N")
            .op(0x87)
            .raw("R}(")
            .text("shape")
            .number(3)
            .op(0x85)
            .text("dtype")
            .global("numpy", "dtype")
            .text("u1")
            .op(0x85)
            .raw("Rub")
            .raw(new byte[] {1, 2, 3})
            .op('0')
            .global("os", "system")
            .callWithText("id")
            .stop();
    assertMalicious(stream, "os.system");
  }

  @Test
  void nestedLoadInsideAJoblibArrayIsFollowedByThePlainReading() {
    byte[] hidden =
        bare().global("pickle", "loads").binBytes(EVIL).op(0x85).op('R').op('.').bytes();
    assertMalicious(joblib(hidden, "collections", "OrderedDict"), "os.system");
  }

  @Test
  void nestedLoadBehindJunkIsFound() {
    byte[] hidden = proto(2).global("pickle", "loads").binBytes(EVIL).op(0x85).op('R').stop();
    byte[] stream = proto(2).raw("}.").raw(new byte[512]).raw(hidden).bytes();
    assertThat(PickleScans.rules(scan(stream))).contains("VID-PICKLE-018");
  }
}
