package dev.vidimus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the launcher learns from: if a claim broke off early, it would learn nothing, unnoticed.
class TrainingModelsTest {
  @TempDir Path folder;

  @Test
  void everyClaimIsVerified() throws Exception {
    List<String> verdicts = new ArrayList<>();
    List<List<String>> claims = TrainingModels.in(folder).claims();
    for (List<String> claim : claims) {
      Recorded host = new Recorded(folder);
      List<String> words = new ArrayList<>(List.of("compare"));
      words.addAll(claim);
      CommandLine.run(host, words);
      verdicts.add(host.output().lines().findFirst().orElse(host.errors()));
    }
    assertThat(verdicts).hasSameSizeAs(claims).allMatch(line -> line.startsWith("VERIFIED"));
  }
}
