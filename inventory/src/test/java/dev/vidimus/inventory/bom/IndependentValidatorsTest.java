package dev.vidimus.inventory.bom;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.cyclonedx.Version;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spdx.library.SpdxModelFactory;
import org.spdx.library.model.v3_0_1.core.SpdxDocument;
import org.spdx.storage.simple.InMemSpdxStore;
import org.spdx.v3jsonldstore.JsonLDStore;

/// What we write is valid for other people's libraries, too, which ask nobody on the network.
final class IndependentValidatorsTest {
  private static final String ONLY_JAR = "org.spdx.useJARLicenseInfoOnly";

  @TempDir Path folder;
  private final List<URI> asked = new ArrayList<>();
  private ProxySelector before;

  @BeforeEach
  void watchTheNetwork() {
    System.setProperty(ONLY_JAR, "true");
    before = ProxySelector.getDefault();
    ProxySelector.setDefault(
        new ProxySelector() { // every connection of the JDK asks for its way first
          @Override
          public List<Proxy> select(URI address) {
            asked.add(address);
            throw new IllegalStateException("a connection to " + address);
          }

          @Override
          public void connectFailed(URI uri, SocketAddress address, IOException problem) {}
        });
  }

  @AfterEach
  void nobodyWasAsked() {
    ProxySelector.setDefault(before);
    assertThat(asked).isEmpty();
  }

  @Test
  void theLibraryOfCycloneDxFindsNothingWrong() throws Exception {
    for (Map.Entry<String, Bill> example : Examples.bills(folder).entrySet()) {
      String text = CycloneDxWriter.write(example.getValue(), "1.6", "0");
      assertThat(
              new JsonParser().validate(text.getBytes(StandardCharsets.UTF_8), Version.VERSION_16))
          .as(example.getKey())
          .isEmpty();
      assertThat(new JsonParser().parse(text.getBytes(StandardCharsets.UTF_8)).getSpecVersion())
          .isEqualTo("1.6");
    }
  }

  @Test
  void theSchemaOfSpdxFindsNothingWrong() throws Exception {
    Schema schema;
    try (InputStream in =
        Objects.requireNonNull(
            JsonLDStore.class.getResourceAsStream("/resources/schema-v3.0.1.json"))) {
      schema =
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
              .getSchema(new ObjectMapper().readTree(in));
    }
    for (Map.Entry<String, Bill> example : Examples.bills(folder).entrySet()) {
      if (!example.getKey().equals("application")) { // whose thousands take this validator minutes
        String text = SpdxWriter.write(example.getValue(), "0");
        assertThat(schema.validate(new ObjectMapper().readTree(text)))
            .as(example.getKey())
            .isEmpty();
      }
    }
  }

  @Test
  @SuppressWarnings("try") // its close() declares InterruptedException, and waits for nobody
  void theLibraryOfSpdxReadsWhatWeMean() throws Exception {
    SpdxModelFactory.init();
    Bill bill = Objects.requireNonNull(Examples.bills(folder).get("adapter"));
    try (JsonLDStore store = new JsonLDStore(new InMemSpdxStore())) {
      byte[] text = SpdxWriter.write(bill, "0").getBytes(StandardCharsets.UTF_8);
      SpdxDocument document = store.deSerialize(new ByteArrayInputStream(text), false);
      assertThat(document.verify()).isEmpty();
      assertThat(document.getRootElements()).hasSize(1);
    }
  }
}
