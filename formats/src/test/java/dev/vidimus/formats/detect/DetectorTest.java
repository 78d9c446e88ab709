package dev.vidimus.formats.detect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.testkit.CheckpointForger;
import dev.vidimus.testkit.Mutations;
import dev.vidimus.testkit.NpyForger;
import dev.vidimus.testkit.SafetensorsForger;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class DetectorTest {
  private static final String PICKLE = "\u0080\4]\u0094.";

  @Test
  void contentDecidesWhateverTheName() throws Exception {
    for (String name : new String[] {"m.pkl", "m.safetensors", "m", "m.txt", "m.weights"}) {
      assertThat(detect(PICKLE, name).primary()).as(name).isEqualTo(Format.PICKLE);
      assertThat(detect(zip(), name).primary()).as(name).isEqualTo(Format.ZIP);
      assertThat(detect("\u007fELF\2\1\1\0", name).primary()).as(name).isEqualTo(Format.ELF);
    }
  }

  @Test
  void aNameThatClaimsAnotherFormatIsMentioned() throws Exception {
    assertThat(detect(PICKLE, "m.safetensors").named()).containsExactly(Format.SAFETENSORS);
    assertThat(detect(PICKLE, "m.pt").named()).isEmpty();
    assertThat(detect(PICKLE, "m").named()).isEmpty();
    assertThat(detect("GGUF\3\0\0\0", "m.bin").named()).as("bin is any data").isEmpty();
  }

  @Test
  void aFileThatBeginsAsAPickleAndEndsAsAZipIsBoth() throws Exception {
    byte[] both = joined(PICKLE.getBytes(ISO_8859_1), zip());
    assertThat(detect(both, "m.pt").formats()).containsExactly(Format.PICKLE, Format.ZIP);
  }

  @Test
  void aZipIsFoundBehindAnythingWithinAComment() throws Exception {
    byte[] picture = joined("\u0089PNG\r\n\u001a\n".getBytes(ISO_8859_1), new byte[100_000], zip());
    assertThat(detect(picture, "m.png").formats()).containsExactly(Format.MEDIA, Format.ZIP);

    byte[] withComment = joined(zip(), new byte[60_000]);
    withComment[0] = 'X';
    assertThat(detect(withComment, "m").formats()).containsExactly(Format.ZIP);
  }

  @Test
  void namesOfPiecesOfCheckpointsAreKnown() throws Exception {
    String numbers = "\0\0\u0080?";
    assertThat(detect(numbers, "variables.data-00000-of-00001").primary())
        .isEqualTo(Format.TENSORFLOW_DATA);
    assertThat(detect(numbers, "0.12.3").primary()).isEqualTo(Format.ZARR);
    for (String name :
        new String[] {"x.data-0000-of-00001", "x.data-00000-of-0000", "0.1.", "12"}) {
      assertThat(detect(numbers, name).primary()).as(name).isEqualTo(Format.UNKNOWN);
    }
  }

  @Test
  void aTableOfTensorflowIsKnownByItsEnd() throws Exception {
    byte[] index = CheckpointForger.index().tensor("a", 0, 4).bytes();
    assertThat(detect(index, "variables.index").primary()).isEqualTo(Format.TENSORFLOW_INDEX);
    assertThat(detect(Arrays.copyOf(index, index.length - 1), "variables.index").primary())
        .isEqualTo(Format.UNKNOWN);
  }

  @Test
  void aModelOfLightgbmIsTextThatIsMore() throws Exception {
    assertThat(detect("tree\nversion=v4\n", "model.txt").formats())
        .containsExactly(Format.LIGHTGBM);
    assertThat(detect("tree\nversion=v4\n", "model.txt").named()).isEmpty();
  }

  @Test
  void theSignatureAloneIsNoZip() throws Exception {
    byte[] numbers = new byte[200];
    System.arraycopy("PK\5\6".getBytes(ISO_8859_1), 0, numbers, 100, 4);
    Arrays.fill(numbers, 104, 122, (byte) 7);
    assertThat(detect(numbers, "m").formats()).containsExactly(Format.UNKNOWN);
  }

  @Test
  void tarIsKnownByItsChecksumNotOnlyByItsMagic() throws Exception {
    byte[] old = tarHeader();
    assertThat(detect(old, "m").formats()).containsExactly(Format.TAR);
    old[0] ^= 1;
    assertThat(detect(old, "m").formats()).doesNotContain(Format.TAR);
    assertThat(detect(new byte[1024], "m.npy").formats()).doesNotContain(Format.TAR);
  }

  @Test
  void compressedStreamsAreKnownByTheirHeads() throws Exception {
    assertThat(detect("\u001f\u008b\b\0", "m").primary()).isEqualTo(Format.GZIP);
    assertThat(detect("BZh91AY&SY\0\0\0\0", "m").primary()).isEqualTo(Format.BZIP2);
    assertThat(detect("BZh is a name\0", "m").primary()).isEqualTo(Format.UNKNOWN);
    assertThat(detect("\u00fd7zXZ\0\0", "m").primary()).isEqualTo(Format.XZ);
    assertThat(detect("(\u00b5/\u00fd\0", "m").primary()).isEqualTo(Format.ZSTD);
    assertThat(detect("\u0050\u002a\u004d\u0018\0\0\0\0(\u00b5/\u00fd", "m").primary())
        .as("behind a skippable frame")
        .isEqualTo(Format.ZSTD);
    assertThat(detect("\4\"M\30\0", "m").primary()).isEqualTo(Format.LZ4);
    assertThat(detect("\u0050\u002a\u004d\u0018\0\0\0\0\4\"M\30", "m").primary())
        .as("behind a skippable frame")
        .isEqualTo(Format.LZ4);
    assertThat(detect("7z\u00bc\u00af'\u001c\0\4", "m").primary()).isEqualTo(Format.SEVEN_ZIP);
    assertThat(detect("ZF0x10              ", "m").primary()).isEqualTo(Format.ZFILE);
    assertThat(detect("]\0\0\u0080\0\377\377\377\377\377\377\377\377\0\0", "m").primary())
        .isEqualTo(Format.LZMA);
  }

  @Test
  void zlibNeedsAFirstBlockThatMakesSense() throws Exception {
    for (int level : new int[] {0, 1, 6, 9}) {
      assertThat(detect(deflated(level), "m").formats())
          .as("level %d", level)
          .containsExactly(Format.ZLIB);
    }
    assertThat(detect("x\u009c\7\7\7\7\7\7\7", "m").formats()).doesNotContain(Format.ZLIB);
  }

  @Test
  void tensorFilesAreKnownByTheirHeads() throws Exception {
    assertThat(detect(NpyForger.array("'<f4'", "()", new byte[4]), "m").primary())
        .isEqualTo(Format.NPY);
    assertThat(detect(SafetensorsForger.file("{}", 0), "m").primary())
        .isEqualTo(Format.SAFETENSORS);
    assertThat(detect("GGUF\0\0\0\3", "m").primary()).isEqualTo(Format.GGUF);
    assertThat(detect("tjgg\3\0\0\0", "m").primary()).isEqualTo(Format.GGML);
  }

  @Test
  void aSafetensorsNameMakesAHugeHeaderLengthItsFault() throws Exception {
    byte[] huge = SafetensorsForger.file(1L << 62, "{}".getBytes(UTF_8), new byte[0]);
    assertThat(detect(huge, "m.safetensors").formats()).containsExactly(Format.SAFETENSORS);
    assertThat(detect(huge, "m").formats()).containsExactly(Format.UNKNOWN);
  }

  @Test
  void aHeaderLengthThatLooksLikeAPickleIsReadAsBoth() throws Exception {
    String header = "{}" + " ".repeat(0x280 - 2);
    assertThat(detect(SafetensorsForger.file(header, 0), "m.safetensors").formats())
        .containsExactly(Format.SAFETENSORS, Format.PICKLE);
  }

  @Test
  void unknownBytesAreJudgedAsWhatALoaderWouldTakeThemFor() throws Exception {
    assertThat(detect("\1\2\3", "m.pt").formats()).containsExactly(Format.PICKLE);
    assertThat(detect("\1\2\3", "m.npy").formats()).containsExactly(Format.NPY);
    assertThat(detect("\1\2\3", "m.zip").formats()).containsExactly(Format.ZIP);
    assertThat(detect("\1\2\3", "m").formats()).containsExactly(Format.UNKNOWN);
    assertThat(detect("\1\2\3", "m.json").formats()).containsExactly(Format.UNKNOWN);
    assertThat(detect("plain words", "m.pt").formats()).containsExactly(Format.PICKLE);
  }

  @Test
  void aPictureUnderAModelsNameIsWhatTheNameSaysToo() throws Exception {
    assertThat(detect("\u0089PNG\r\n\u001a\n", "m.pt").formats())
        .containsExactly(Format.PICKLE, Format.MEDIA);
  }

  @Test
  void textIsToldApartByItsName() throws Exception {
    assertThat(detect("# A model", "README.md").primary()).isEqualTo(Format.TEXT);
    assertThat(detect("na\u00efve", "notes.txt").primary()).as("Latin-1").isEqualTo(Format.TEXT);
    assertThat(detect("*.pt filter=lfs", ".gitattributes").primary()).isEqualTo(Format.TEXT);
    assertThat(detect("torch", "requirements.txt").primary()).isEqualTo(Format.REQUIREMENTS);
    assertThat(detect("a = 1", "modeling.py").primary()).isEqualTo(Format.PYTHON);
    assertThat(detect("a: 1", "config.yaml").primary()).isEqualTo(Format.YAML);
    assertThat(detect("{\"a\": 1}", "config").primary()).isEqualTo(Format.JSON);
    assertThat(detect("3\n", "version").primary()).isEqualTo(Format.TEXT);
    assertThat(detect("print 1", "run.xyz").primary()).isEqualTo(Format.OTHER_TEXT);
    assertThat(detect("echo", "run.sh").primary()).isEqualTo(Format.SOURCE_CODE);
  }

  @Test
  void standInsForAModelAreSeen() throws Exception {
    assertThat(detect("", "m.pt").primary()).isEqualTo(Format.EMPTY);
    assertThat(detect("#!/bin/sh\n", "m.pt").primary()).isEqualTo(Format.SCRIPT);
    assertThat(detect("<!-- x --> <!DOCTYPE html>", "m.pt").primary()).isEqualTo(Format.HTML);
    assertThat(detect("version https://git-lfs.github.com/spec/v1\n", "m.pt").primary())
        .isEqualTo(Format.LFS_POINTER);
  }

  @Test
  void aMarkdownPageThatBeginsWithATagIsText() throws Exception {
    assertThat(detect("<html><b>Model</b>", "README.md").primary()).isEqualTo(Format.TEXT);
  }

  @Test
  void programsOfEveryPlatformAreSeen() throws Exception {
    byte[] pe = new byte[256];
    pe[0] = 'M';
    pe[1] = 'Z';
    pe[60] = (byte) 128;
    pe[128] = 'P';
    pe[129] = 'E';
    assertThat(detect(pe, "m").primary()).isEqualTo(Format.PE);
    pe[128] = 0;
    assertThat(detect(pe, "m").primary()).isEqualTo(Format.UNKNOWN);
    assertThat(detect("\u00cf\u00fa\u00ed\u00fe\7\0\0\1", "m").primary()).isEqualTo(Format.MACH_O);
    assertThat(detect("\u00ca\u00fe\u00ba\u00be\0\0\0\2", "m").primary()).isEqualTo(Format.MACH_O);
    assertThat(detect("\u00ca\u00fe\u00ba\u00be\0\0\0\u0041", "m").primary())
        .isEqualTo(Format.JAVA_CLASS);
    assertThat(detect("\u00cb\r\r\n\0\0\0\0\1\2\3\4\5\6\7\b", "m").primary())
        .isEqualTo(Format.PYTHON_BYTECODE);
  }

  @Test
  void everyInputHasAReading() throws Exception {
    byte[][] seeds = {zip(), tarHeader(), PICKLE.getBytes(ISO_8859_1), deflated(6), new byte[64]};
    Mutations mutations = new Mutations(5);
    for (int i = 0; i < 20_000; i++) {
      assertThat(detect(mutations.of(seeds[i % seeds.length]), "m.pt").formats()).isNotEmpty();
    }
  }

  private static Detection detect(String latin, String name) throws IOException {
    return detect(latin.getBytes(ISO_8859_1), name);
  }

  private static Detection detect(byte[] bytes, String name) throws IOException {
    return Detector.detect(Bytes.of(bytes), name);
  }

  private static byte[] zip() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("a"));
    }
    return out.toByteArray();
  }

  private static byte[] tarHeader() {
    byte[] header = new byte[512];
    header[0] = 'a';
    // 'a' and eight spaces: 97 + 256 = octal 541.
    System.arraycopy("000541\0 ".getBytes(ISO_8859_1), 0, header, 148, 8);
    return header;
  }

  private static byte[] deflated(int level) {
    Deflater deflater = new Deflater(level);
    deflater.setInput("some words that repeat, some words that do not".getBytes(UTF_8));
    deflater.finish();
    byte[] out = new byte[200];
    return Arrays.copyOf(out, deflater.deflate(out));
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
