package dev.vidimus.evidence.keys.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.artifact.FormatException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Pkcs11UriTest {
  private static final String MODULE = "?module-path=/lib/x.so";

  @Test
  void attributesAreDecoded() throws Exception {
    Pkcs11Uri uri =
        Pkcs11Uri.of(
            "pkcs11:token=My%20t%C3%B6ken;object=a%3Bb?module-path=/l/x.so&pin-source=/p%3Fq");
    assertThat(uri.get("token")).isEqualTo("My töken");
    assertThat(uri.get("object")).isEqualTo("a;b");
    assertThat(uri.get("module-path")).isEqualTo("/l/x.so");
    assertThat(uri.get("pin-source")).isEqualTo("/p?q");
  }

  @Test
  void idIsBytesAndNoText() throws Exception {
    Pkcs11Uri uri = Pkcs11Uri.of("pkcs11:id=%01%ffA" + MODULE);
    assertThat(uri.id()).containsExactly(1, 0xff, 'A');
    assertThat(uri.toString()).isEqualTo("pkcs11:id=%01%ff%41;");
    assertThat(Pkcs11Uri.of("pkcs11:token=a" + MODULE).id()).isNull();
  }

  @Test
  void pinIsNotPrinted() throws Exception {
    assertThat(Pkcs11Uri.of("pkcs11:token=t" + MODULE + "&pin-value=1234").toString())
        .isEqualTo("pkcs11:token=t;");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pkcs11:token=a;token=b" + MODULE,
        "pkcs11:id=%01;id=%01" + MODULE,
        "pkcs11:id=%0" + MODULE,
        "pkcs11:token=a;color=red" + MODULE,
        "pkcs11:token=%1" + MODULE,
        "pkcs11:token=%zz" + MODULE,
        "pkcs11:token=%ff" + MODULE,
        "pkcs11:token=a;type=cert" + MODULE,
        "pkcs11:token=a;" + MODULE,
        "pkcs11:token=a",
        "pkcs11:token=a?pin-value=1",
        "key.pem"
      })
  void whatIsNotUnderstoodIsRefused(String text) {
    assertThatThrownBy(() -> Pkcs11Uri.of(text)).isInstanceOf(FormatException.class);
  }

  @Test
  void fileThatIsNoModuleIsRefused(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("module.so"), "text");
    assertThatThrownBy(() -> TokenSlots.of(file)).hasMessageContaining("no PKCS#11 module");
  }
}
