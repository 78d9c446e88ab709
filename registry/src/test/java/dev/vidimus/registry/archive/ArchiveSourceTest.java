package dev.vidimus.registry.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.artifact.Digest;
import dev.vidimus.registry.home.Home;
import dev.vidimus.registry.intake.Fetched;
import dev.vidimus.registry.intake.Refusal;
import dev.vidimus.registry.intake.Staging;
import dev.vidimus.testkit.TarForger;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveSourceTest {
  @TempDir Path folder;

  private record Taken(Fetched fetched, Map<String, String> files) {}

  private Taken take(String name, byte... content) throws IOException {
    Path archive = Files.write(folder.resolve(name), content);
    try (Staging staging = Staging.begin(new Home(folder.resolve("home")))) {
      Fetched fetched = ArchiveSource.fetch(archive, name, staging);
      Map<String, String> files = new TreeMap<>();
      try (Stream<Path> walk = Files.walk(fetched.root())) {
        for (Path file : walk.filter(Files::isRegularFile).toList()) {
          files.put(fetched.root().relativize(file).toString(), Files.readString(file));
        }
      }
      return new Taken(fetched, files);
    }
  }

  private void refused(String problem, String name, byte... content) throws IOException {
    assertThatThrownBy(() -> take(name, content))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(problem);
    try (Stream<Path> left = Files.walk(folder.resolve("home"))) {
      assertThat(left.filter(Files::isRegularFile)).isEmpty();
    }
  }

  private static byte[] gzip(byte... content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    }
    return out.toByteArray();
  }

  private static byte[] zip(String... namesAndTexts) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (int i = 0; i < namesAndTexts.length; i += 2) {
        zip.putNextEntry(new ZipEntry(namesAndTexts[i]));
        zip.write(namesAndTexts[i + 1].getBytes(UTF_8));
        zip.closeEntry();
      }
    }
    return out.toByteArray();
  }

  private static TarForger tar() {
    return new TarForger().link('5', "./", "").link('5', "./sub/", "");
  }

  private static final byte[] TAR =
      tar().file("./config.json", "{}").file("./sub/a.txt", "hello").end().bytes();

  @Test
  void tarIsATree() throws IOException {
    Taken taken = take("model.tar", TAR);
    assertThat(taken.files())
        .containsEntry("config.json", "{}")
        .containsEntry("sub/a.txt", "hello");
    assertThat(taken.fetched().source().kind()).isEqualTo("archive");
    assertThat(taken.fetched().source().revision()).isEqualTo(Digest.sha256(TAR).toString());
    assertThat(taken.fetched().name()).isEqualTo("model.tar");
  }

  @Test
  void compressedTarIsATree() throws IOException {
    assertThat(take("model.tar.gz", gzip(TAR)).files())
        .containsOnlyKeys("config.json", "sub/a.txt");
  }

  @Test
  void zipIsATree() throws IOException {
    byte[] zip = zip("sub/", "", "sub/a.txt", "hello".repeat(1000), "config.json", "{}");
    assertThat(take("model.zip", zip).files())
        .containsEntry("config.json", "{}")
        .containsEntry("sub/a.txt", "hello".repeat(1000))
        .hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../up", "/etc/passwd", "a/../../b", "a//b", "C:/x", "a\\b", "./../a"})
  void nameThatLeadsElsewhereIsRefused(String name) throws IOException {
    refused("the name ", "model.tar", new TarForger().file(name, "x").end().bytes());
    refused("the name ", "model.zip", zip(name, "x"));
  }

  @ParameterizedTest
  @ValueSource(chars = {'1', '2', '3', '4', '6'})
  void whatIsNoFileIsRefused(char type) throws IOException {
    byte[] tar = tar().file("a", "x").link(type, "b", "a").end().bytes();
    refused("b: is no file and no folder", "model.tar", tar);
  }

  @Test
  void nameThatComesTwiceIsRefused() throws IOException {
    refused(
        "a comes twice", "m.tar", new TarForger().file("a", "1").file("./a", "2").end().bytes());
  }

  @Test
  void memberUnderAFileIsRefused() throws IOException {
    refused(
        "is a file and a folder",
        "m.tar",
        new TarForger().file("a", "1").file("a/b", "2").end().bytes());
  }

  @Test
  void memberBehindTheEndIsRefused() throws IOException {
    byte[] tar = new TarForger().file("a", "1").end().file("b", "2").end().bytes();
    refused("b: stands behind the end", "model.tar", tar);
  }

  @Test
  void cutArchiveIsRefused() throws IOException {
    byte[] zip = zip("a", "x".repeat(1000));
    refused("", "model.zip", Arrays.copyOf(zip, zip.length - 5));
    byte[] gzip = gzip(TAR);
    refused("", "model.tar.gz", Arrays.copyOf(gzip, gzip.length - 5));
    refused(
        "but 3 follow",
        "model.tar",
        Arrays.copyOf(new TarForger().file("abc", "defgh").bytes(), 515));
  }

  @Test
  void zipBehindSomethingElseIsRefused() throws IOException {
    byte[] zip = zip("a", "x");
    byte[] prefixed = new byte[zip.length + 100];
    Arrays.fill(prefixed, (byte) 'x');
    System.arraycopy(zip, 0, prefixed, 100, zip.length);
    refused("", "model.zip", prefixed);
  }

  @Test
  void changedMemberIsRefused() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      ZipEntry entry = new ZipEntry("a");
      byte[] content = "content".getBytes(UTF_8);
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(content.length);

      CRC32 sum = new CRC32();
      sum.update(content);
      entry.setCrc(sum.getValue());
      zip.putNextEntry(entry);
      zip.write(content);
    }
    byte[] zip = out.toByteArray();
    zip[30 + 1] = 'C';
    refused("declares CRC-32", "model.zip", zip);
  }

  @Test
  void fileThatIsNoArchiveIsRefused() throws IOException {
    refused("is text, and not unpacked", "notes.txt", "hello\n".getBytes(UTF_8));
    refused("not a compressed tar", "notes.txt.gz", gzip("hello\n".getBytes(UTF_8)));
  }

  @Test
  void archiveWithoutAFileIsRefused() throws IOException {
    refused("there is no file in it", "model.tar", tar().end().bytes());
  }
}
