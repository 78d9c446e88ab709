package dev.vidimus.scan.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Limits;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.Spool;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.ScanOptions;
import dev.vidimus.scan.inspection.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelCardScannerTest {
  @Test
  void frontMatterSaysLicenceAndOrigin() throws IOException {
    assertThat(
            read(
                "README.md",
                "---\nlicense: apache-2.0\nbase_model:\n- acme/base\ndatasets: [acme/corpus]\n"
                    + "library_name: transformers\ntags:\n- x\n---\n# Net\nlicense: other\n"))
        .containsExactly(
            "LICENCE apache-2.0 license",
            "MODEL acme/base base_model",
            "MODEL acme/corpus datasets",
            "FACT transformers library_name");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# Net\n---\nlicense: mit\n---\n",
        "---\nlicense: mit\n",
        "---\n{{{{\n---\n",
        "---\na: &a [*a]\n---\n",
        "---\nx: !!python/object/apply:os.system ['id']\n---\n",
        "",
      })
  void whatIsNoFrontMatterSaysNothing(String text) throws IOException {
    assertThat(read("README.md", text)).isEmpty();
  }

  @Test
  void licenceIsKnownByItsText() throws IOException {
    assertThat(read("LICENSE", "\n    Apache License\n    Version 2.0, January 2004\n"))
        .containsExactly("LICENCE Apache-2.0 text");
    assertThat(read("LICENSE.txt", "All rights reserved.\n")).isEmpty();
    assertThat(read("notes.txt", "Apache License Version 2.0")).isEmpty();
  }

  private static List<String> read(String name, String text) throws IOException {
    Inspection inspection =
        new Inspection(
            new ScanOptions(Limits.DEFAULT, false),
            new Spool(Path.of("target/spool"), 1),
            (target, ignored) -> {});
    Bytes bytes = Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    new ModelCardScanner().scan(Target.file(bytes, Location.of(name), name), inspection);
    assertThat(inspection.findings()).isEmpty();
    assertThat(inspection.notExamined()).isEmpty();
    return inspection.references().stream()
        .map(one -> one.kind() + " " + one.target() + " " + one.by())
        .toList();
  }
}
