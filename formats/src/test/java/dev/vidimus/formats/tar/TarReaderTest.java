package dev.vidimus.formats.tar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Budget;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Limits;
import dev.vidimus.testkit.Mutations;
import dev.vidimus.testkit.TarForger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class TarReaderTest {
  private static final int RUNS = Integer.getInteger("mutations", 3_000);

  @Test
  void filesArePartsOfTheArchive() throws IOException {
    TarArchive tar = read(new TarForger().file("a/b.txt", "content").file("empty").end());
    assertThat(tar.problems()).isEmpty();
    assertThat(tar.members()).extracting(TarMember::name).containsExactly("a/b.txt", "empty");
    assertThat(text(tar, 0)).isEqualTo("content");
    assertThat(tar.trailing()).isEqualTo(-1);
  }

  @Test
  void typesAreToldApart() throws IOException {
    TarForger forger = new TarForger();
    for (char type : "01234567".toCharArray()) {
      forger.link(type, "name", "target");
    }
    assertThat(read(forger.end()).members())
        .extracting(TarMember::type)
        .containsExactly(
            TarType.FILE,
            TarType.HARD_LINK,
            TarType.SYMBOLIC_LINK,
            TarType.CHARACTER_DEVICE,
            TarType.BLOCK_DEVICE,
            TarType.DIRECTORY,
            TarType.FIFO,
            TarType.FILE);
  }

  @Test
  void paxPathAndSizeReplaceThoseOfTheHeader() throws IOException {
    TarArchive tar =
        read(
            new TarForger()
                .pax("path", "long/name")
                .file("short", "content")
                .pax("size", "3")
                .header('0', "sized", "", 512)
                .data((byte) 'a', (byte) 'b', (byte) 'c')
                .end());
    assertThat(tar.members().getFirst().name()).isEqualTo("long/name");
    assertThat(text(tar, 1)).isEqualTo("abc");
    assertThat(tar.members().get(1).sizesDisagree()).isTrue();
  }

  @Test
  void gnuLongNamesAreRead() throws IOException {
    String name = "n".repeat(300);
    TarArchive tar =
        read(
            new TarForger()
                .member('L', "././@LongLink", "", (name + "\0").getBytes(StandardCharsets.UTF_8))
                .file("cut", "x")
                .end());
    assertThat(tar.members()).singleElement().extracting(TarMember::name).isEqualTo(name);
  }

  @Test
  void sparsePiecesStandAtTheirPlaces() throws IOException {
    byte[] map = "1\n5\n3\n".getBytes(StandardCharsets.US_ASCII);
    byte[] data = Arrays.copyOf(map, 515);
    System.arraycopy("abc".getBytes(StandardCharsets.US_ASCII), 0, data, 512, 3);
    TarArchive tar = read(new TarForger().pax("GNU.sparse.major", "1").file("sparse", data).end());
    // Without a real size the file is as long as its data; the piece stands at 5.
    assertThat(text(tar, 0)).startsWith("\0\0\0\0\0abc\0");
  }

  @Test
  void sizeInBase256IsRead() throws IOException {
    TarForger forger = new TarForger();
    byte[] header = Arrays.copyOf(new TarForger().file("a").bytes(), 512);
    Arrays.fill(header, 124, 136, (byte) 0);
    header[124] = (byte) 0x80;
    header[135] = 3;
    TarArchive tar = read(forger.seal(header).data((byte) 'a', (byte) 'b', (byte) 'c').end());
    assertThat(text(tar, 0)).isEqualTo("abc");
  }

  @Test
  void sizeOverSixtyThreeBitsIsMalformed() throws IOException {
    byte[] header = Arrays.copyOf(new TarForger().file("a").bytes(), 512);
    Arrays.fill(header, 124, 136, (byte) 0xff);
    assertThat(read(new TarForger().seal(header).end()).problems())
        .singleElement()
        .asString()
        .contains("tar size at byte 512 (0x200): is a base-256 number over 63 bits");
  }

  @Test
  void contentThatIsCutOffIsKept() throws IOException {
    TarArchive tar = read(new TarForger().header('0', "cut", "", 5000).data((byte) 'x'));
    assertThat(tar.problems())
        .singleElement()
        .asString()
        .contains("declares 5000 bytes but 512 follow");
    assertThat(tar.members().getFirst().content().size()).isEqualTo(512);
  }

  @Test
  void wrongChecksumEndsTheArchive() throws IOException {
    byte[] tar = new TarForger().file("a", "x").file("b", "y").end().bytes();
    tar[1024] ^= 1;
    TarArchive read = TarReader.read(Bytes.of(tar), "a.tar", new Budget(Limits.DEFAULT));
    assertThat(read.members()).hasSize(1);
    assertThat(read.problems()).singleElement().asString().contains("has a wrong checksum");
  }

  @Test
  void membersBehindTheEndMarkAreMarked() throws IOException {
    TarArchive tar = read(new TarForger().file("a", "x").end().file("b", "y").end());
    assertThat(tar.members()).extracting(TarMember::afterEnd).containsExactly(false, true);
  }

  @Test
  void bytesBehindTheEndMarkAreTrailing() throws IOException {
    byte[] junk = "junk".repeat(128).getBytes(StandardCharsets.US_ASCII);
    assertThat(read(new TarForger().file("a", "x").end().raw(junk)).trailing()).isEqualTo(2048);
  }

  @Test
  void holesAreTakenFromTheBudget() throws IOException {
    TarArchive tar =
        read(
            new TarForger()
                .pax("GNU.sparse.realsize", "900000000000")
                .pax("GNU.sparse.map", "0,1")
                .file("hole", "x")
                .end());
    // Records of the second header do not hide those of the first.
    assertThat(tar.problems()).singleElement().isInstanceOf(FormatException.LimitExceeded.class);
  }

  @Test
  void damagedArchivesAreReadWithoutAnException() throws IOException {
    byte[] tar =
        new TarForger()
            .pax("path", "a/b")
            .file("short", "content")
            .link('2', "link", "../x")
            .pax("GNU.sparse.map", "0,1,5,2")
            .file("sparse", "abc")
            .member('L', "long", "", new byte[600])
            .file("c", "d")
            .end()
            .bytes();
    Mutations mutations = new Mutations(2);
    for (int i = 0; i < RUNS; i++) {
      Budget budget = new Budget(new Limits(16, 1000, 1 << 20, 1000, 1 << 20, 10));
      for (TarMember member :
          TarReader.read(Bytes.of(mutations.of(tar)), "a.tar", budget).members()) {
        assertThat(member.content().head(100).length).isLessThanOrEqualTo(100);
      }
    }
  }

  private static TarArchive read(TarForger forger) throws IOException {
    return TarReader.read(Bytes.of(forger.bytes()), "a.tar", new Budget(Limits.DEFAULT));
  }

  private static String text(TarArchive tar, int index) throws IOException {
    return new String(tar.members().get(index).content().head(1000), StandardCharsets.ISO_8859_1);
  }
}
