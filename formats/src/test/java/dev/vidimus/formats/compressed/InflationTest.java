package dev.vidimus.formats.compressed;

import static dev.vidimus.formats.compressed.Packed.by;
import static dev.vidimus.formats.compressed.Packed.content;
import static dev.vidimus.formats.compressed.Packed.inflate;
import static dev.vidimus.formats.compressed.Packed.join;
import static dev.vidimus.formats.compressed.Packed.words;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Limits;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class InflationTest {
  private static final byte[] WORDS = words(150_000);
  private static final Charset UTF = StandardCharsets.UTF_8;

  @ParameterizedTest
  @EnumSource(Codec.Stream.class)
  void everyFormatGivesBackWhatWasPacked(Codec.Stream format) throws IOException {
    for (byte[] plain : new byte[][] {{}, {7}, WORDS, noise(100_000), new byte[400_000]}) {
      byte[] packed = by(format, plain);
      Inflated inflated = inflate(format, packed);
      assertThat(inflated.broken()).isNull();
      assertThat(content(inflated)).isEqualTo(plain);
      assertThat(inflated.consumed()).isEqualTo(packed.length);
    }
  }

  @ParameterizedTest
  @EnumSource(Codec.Stream.class)
  void bytesBehindTheStreamAreNotConsumed(Codec.Stream format) throws IOException {
    byte[] packed = by(format, WORDS);
    Inflated inflated = inflate(format, join(packed, "trailing junk".getBytes(UTF)));
    assertThat(inflated.broken()).isNull();
    assertThat(inflated.consumed()).isEqualTo(packed.length);
  }

  @ParameterizedTest
  @EnumSource(
      value = Codec.Stream.class,
      names = {"GZIP", "BZIP2", "XZ", "ZSTD", "LZ4"})
  void streamsOneAfterAnotherAreAllRead(Codec.Stream format) throws IOException {
    byte[] first = by(format, "first ".getBytes(UTF));
    byte[] second = by(format, "second".getBytes(UTF));
    Inflated inflated = inflate(format, join(first, second));
    assertThat(content(inflated)).asString().isEqualTo("first second");
    assertThat(inflated.consumed()).isEqualTo(first.length + second.length);
  }

  @ParameterizedTest
  @EnumSource(Codec.Stream.class)
  void whatCameBeforeACutIsKept(Codec.Stream format) throws IOException {
    byte[] plain = noise(1 << 20); // many blocks of every format
    byte[] packed = by(format, plain);
    Inflated inflated = inflate(format, Arrays.copyOf(packed, packed.length * 19 / 20));
    assertThat(inflated.broken()).isInstanceOf(FormatException.Malformed.class);
    byte[] kept = content(inflated);
    assertThat(kept).isEqualTo(Arrays.copyOf(plain, kept.length)).hasSizeGreaterThan(1 << 17);
  }

  @ParameterizedTest
  @EnumSource(
      value = Codec.Stream.class,
      names = {"DEFLATE", "ZLIB", "GZIP", "LZMA", "XZ", "ZFILE"})
  void aFewBytesBeforeACutAreKeptToo(Codec.Stream format) throws IOException {
    byte[] packed = by(format, words(2_000));
    byte[] kept = content(inflate(format, Arrays.copyOf(packed, packed.length - 60)));
    assertThat(kept).isEqualTo(Arrays.copyOf(words(2_000), kept.length)).hasSizeGreaterThan(500);
  }

  @ParameterizedTest
  @EnumSource(Codec.Stream.class)
  void aBombEndsAtTheBudget(Codec.Stream format) throws IOException {
    Limits small = new Limits(16, 1000, 1 << 20, 1000, 1 << 16, 10);
    Inflated inflated = inflate(format, small, by(format, new byte[5_000_000]));
    assertThat(inflated.broken())
        .isInstanceOf(FormatException.LimitExceeded.class)
        .hasMessageContaining("inflates to more than 1048576 bytes in all");
    assertThat(inflated.content().size()).isLessThanOrEqualTo(1 << 20);
  }

  @ParameterizedTest
  @ValueSource(strings = {"words-1.zst", "words-19.zst"})
  void zstdReadsWhatTheReferenceWrote(String resource) throws IOException {
    byte[] packed = Packed.resource(resource);
    Inflated inflated = inflate(Codec.Stream.ZSTD, packed);
    assertThat(inflated.broken()).isNull();
    assertThat(content(inflated)).isEqualTo(WORDS);
    assertThat(inflated.consumed()).isEqualTo(packed.length);
  }

  @Test
  void zstdPassesOverSkippableFrames() throws IOException {
    byte[] skippable = hex("502a4d18 03000000 616263");
    byte[] frame = by(Codec.Stream.ZSTD, "plain".getBytes(UTF));
    Inflated inflated = inflate(Codec.Stream.ZSTD, join(skippable, frame, skippable));
    assertThat(content(inflated)).asString().isEqualTo("plain");
    assertThat(inflated.broken()).isNull();
  }

  @Test
  void zstdRepeatsAByte() throws IOException {
    Inflated inflated = inflate(Codec.Stream.ZSTD, hex("28b52ffd 00 38 830c00 61"));
    assertThat(content(inflated)).asString().isEqualTo("a".repeat(400));
  }

  @Test
  void zstdWithADictionaryIsUnsupported() throws IOException {
    assertThat(inflate(Codec.Stream.ZSTD, hex("28b52ffd 01 38 07 010000")).broken())
        .isInstanceOf(FormatException.Unsupported.class)
        .hasMessageContaining("dictionary 7");
  }

  @Test
  void zstdBlockOverItsWindowIsMalformed() throws IOException {
    assertThat(inflate(Codec.Stream.ZSTD, hex("28b52ffd 00 00 09ff00")).broken())
        .hasMessageContaining("zstd block size at byte 9 (0x9): declares 8161 bytes, over 1024");
  }

  @Test
  void gzipWithAWrongSumKeepsItsContent() throws IOException {
    byte[] packed = by(Codec.Stream.GZIP, "plain".getBytes(UTF));
    packed[packed.length - 8] ^= 1;
    Inflated inflated = inflate(Codec.Stream.GZIP, packed);
    assertThat(content(inflated)).asString().isEqualTo("plain");
    assertThat(inflated.broken())
        .hasMessageContaining("gzip CRC-32")
        .hasMessageContaining("but is");
  }

  @Test
  void gzipHeaderFieldsArePassedOver() throws IOException {
    byte[] deflated = by(Codec.Stream.GZIP, "plain".getBytes(UTF));
    byte[] header = hex("1f8b 08 1e 00000000 00 ff 0300 616263 6e616d6500 7465787400 0000");
    byte[] packed = join(header, Arrays.copyOfRange(deflated, 10, deflated.length));
    assertThat(content(inflate(Codec.Stream.GZIP, packed))).asString().isEqualTo("plain");
  }

  @Test
  void xzStreamsMayHavePaddingBetweenThem() throws IOException {
    byte[] stream = by(Codec.Stream.XZ, "xz ".getBytes(UTF));
    Inflated inflated = inflate(Codec.Stream.XZ, join(stream, new byte[8], stream));
    assertThat(content(inflated)).asString().isEqualTo("xz xz ");
  }

  @Test
  void xzWithAWrongCheckKeepsItsContent() throws IOException {
    byte[] packed = by(Codec.Stream.XZ, "plain".getBytes(UTF));
    packed[packed.length - 12 - 8 - 8] ^= 1; // before index and footer
    Inflated inflated = inflate(Codec.Stream.XZ, packed);
    assertThat(content(inflated)).asString().isEqualTo("plain");
    assertThat(inflated.broken()).hasMessageContaining("xz check").hasMessageContaining("does not");
  }

  @Test
  void lzmaThatClaimsAHugeDictionaryCostsOnlyWhatItHolds() throws IOException {
    byte[] packed = by(Codec.Stream.LZMA, WORDS);
    Arrays.fill(packed, 1, 5, (byte) 0xff);
    assertThat(content(inflate(Codec.Stream.LZMA, packed))).isEqualTo(WORDS);
  }

  @Test
  void lz4LegacyFrameIsRead() throws IOException {
    byte[] frame = hex("02214c18 06000000 50 68656c6c6f"); // one block: five literals
    assertThat(content(inflate(Codec.Stream.LZ4, frame))).asString().isEqualTo("hello");
  }

  @ParameterizedTest
  @ValueSource(strings = {"words.lz4", "words-linked.lz4"})
  void lz4ReadsWhatTheReferenceWrote(String resource) throws IOException {
    Inflated inflated = inflate(Codec.Stream.LZ4, Packed.resource(resource));
    assertThat(inflated.broken()).isNull();
    assertThat(content(inflated)).isEqualTo(words(70_000));
  }

  @Test
  void lz4MatchBeforeTheStartIsMalformed() throws IOException {
    // One literal, then a match two bytes back.
    byte[] frame = hex("04224d18 60 40 82 09000000 10 61 0200 50 6162636465 00000000");
    assertThat(inflate(Codec.Stream.LZ4, frame).broken())
        .isInstanceOf(FormatException.Malformed.class)
        .hasMessageContaining("lz4 offset")
        .hasMessageContaining("reaches back 2 bytes, but 1 can be reached");
  }

  @Test
  void zfileOfAnOlderJoblibHasOneMoreSpace() throws IOException {
    byte[] packed =
        join("ZF0x5                 ".getBytes(UTF), by(Codec.Stream.ZLIB, "plain".getBytes(UTF)));
    Inflated inflated = inflate(Codec.Stream.ZFILE, packed);
    assertThat(content(inflated)).asString().isEqualTo("plain");
    assertThat(inflated.broken()).isNull();
  }

  @Test
  void zfileWithAWrongLengthKeepsItsContent() throws IOException {
    byte[] packed = by(Codec.Stream.ZFILE, "plain".getBytes(UTF));
    packed[4] = '9';
    assertThat(inflate(Codec.Stream.ZFILE, packed).broken())
        .hasMessageContaining("declares 0x9 but is 0x5");
  }

  @Test
  void bzip2RandomisedBlocksAreUnsupported() throws IOException {
    byte[] packed = by(Codec.Stream.BZIP2, "plain".getBytes(UTF));
    packed[14] |= (byte) 0x80;
    assertThat(inflate(Codec.Stream.BZIP2, packed).broken())
        .isInstanceOf(FormatException.Unsupported.class)
        .hasMessageContaining("randomised");
  }

  private static byte[] noise(int length) {
    byte[] noise = new byte[length];
    new Random(7).nextBytes(noise);
    return noise;
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }
}
