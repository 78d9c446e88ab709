package dev.vidimus.registry.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A home is whole, or is not there.
class FoundingTest {
  @TempDir Path folder;

  @Test
  void homeThatCannotBeFurnishedLeavesNothing() throws Exception {
    Home home = new Home(folder.resolve("home"));
    assertThatThrownBy(
            () ->
                Founding.found(
                    home,
                    "vidimus.local/test",
                    "p-00000001",
                    null,
                    InstantSource.system(),
                    building -> {
                      assertThat(Files.exists(building.logKey())).isTrue();
                      throw new IOException("no room");
                    }))
        .hasMessage("no room");
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder)) {
      assertThat(left).isEmpty();
    }
  }
}
