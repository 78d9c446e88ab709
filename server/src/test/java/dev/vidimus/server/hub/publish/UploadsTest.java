package dev.vidimus.server.hub.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Digest;
import dev.vidimus.registry.home.Home;
import dev.vidimus.registry.home.ServerKey;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is uploaded, and what opens an address of an upload.
class UploadsTest {
  private static final byte[] OBJECT = {1, 2, 3};
  private static final Digest DIGEST = Digest.sha256(OBJECT);

  @TempDir Path folder;
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private Uploads uploads;
  private Path object;
  private Path coming;

  @BeforeEach
  void upload() throws Exception {
    uploads = new Uploads(folder, now::get);
    uploads.take("acme/own", DIGEST, OBJECT.length, new ByteArrayInputStream(OBJECT));
    object = uploads.object("acme/own", DIGEST);
    // As a server leaves it that is killed.
    coming = Files.write(object.resolveSibling("coming-u-killed"), OBJECT);
  }

  private void later(Duration duration) {
    now.set(now.get().plus(duration));
  }

  @Test
  void whatStillComesStays() throws Exception {
    later(Duration.ofMinutes(5));
    assertThat(uploads.collect()).isZero();
    assertThat(coming).exists();
  }

  @Test
  void whatAKilledServerLeftGoesWhileOthersUpload() throws Exception {
    later(Duration.ofMinutes(61));
    byte[] other = {4};
    uploads.take("acme/own", Digest.sha256(other), 1, new ByteArrayInputStream(other));
    assertThat(coming).doesNotExist();
    assertThat(object).exists();
  }

  @Test
  void whatIsInNoCommitGoesAfterADay() throws Exception {
    later(Duration.ofHours(25));
    assertThat(uploads.collect()).isEqualTo(2);
    assertThat(object).doesNotExist();
  }

  @Test
  void theKeyOfAddressesIsMadeOnceAndIsItsOwnersAlone() throws Exception {
    Home home = new Home(folder.resolve("home"));
    Files.createDirectories(Objects.requireNonNull(home.serverKey().getParent()));
    String seal = ServerKey.of(home).seal("upload", "text");
    assertThat(ServerKey.of(home).sealed("upload", "text", seal)).isTrue();
    assertThat(ServerKey.of(home).sealed("login", "text", seal)).isFalse();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.serverKey())))
        .isEqualTo("rw-------");
    try (var keys = Files.newDirectoryStream(home.keys())) {
      assertThat(keys).hasSize(1);
    }
  }
}
