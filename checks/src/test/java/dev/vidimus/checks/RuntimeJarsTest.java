package dev.vidimus.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/// The other people's jars that we ship: exactly the pinned bytes, under a licence that we may
/// ship, named in `NOTICE`.
///
/// After a deliberate change of dependencies, `mvn verify -Dtest.jvm=-Dpin=true` writes
/// `checks/runtime-jars.sha256` and `NOTICE` anew; read the difference before it is committed.
final class RuntimeJarsTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path PINS = ROOT.resolve("checks/runtime-jars.sha256");
  private static final Path NOTICE = ROOT.resolve("NOTICE");
  private static final boolean PIN = Boolean.getBoolean("pin");

  private static final Set<String> ALLOWED =
      Set.of(
          "Apache-2.0", "MIT", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "ISC", "MPL-2.0", "EPL-2.0");

  /// What poms call these licences.
  private static final Map<String, String> SPDX =
      Map.ofEntries(
          Map.entry("The Apache License, Version 2.0", "Apache-2.0"),
          Map.entry("The Apache Software License, Version 2.0", "Apache-2.0"),
          Map.entry("The Apache Software License, version 2.0", "Apache-2.0"),
          Map.entry("Apache License, Version 2.0", "Apache-2.0"),
          Map.entry("Apache 2.0", "Apache-2.0"),
          Map.entry("The MIT License", "MIT"),
          Map.entry("MIT License", "MIT"),
          Map.entry("Bouncy Castle Licence", "MIT"),
          Map.entry("BSD 3-Clause License", "BSD-3-Clause"),
          Map.entry("BSD-2-Clause", "BSD-2-Clause"),
          Map.entry("BSD-3-Clause", "BSD-3-Clause"),
          Map.entry("BSD 3-clause", "BSD-3-Clause"),
          Map.entry("Go License", "BSD-3-Clause"), // its text is that of three clauses
          Map.entry("Mozilla Public License 2.0", "MPL-2.0"),
          Map.entry("Eclipse Public License - v 2.0", "EPL-2.0"));

  @Test
  void shippedJarsAreThePinnedBytes() throws Exception {
    var pins = new ArrayList<String>();
    for (Jar jar : shipped()) {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar.path()));
      pins.add(HexFormat.of().formatHex(hash) + "  " + jar.coordinate());
    }
    holds(PINS, String.join("\n", pins) + "\n");
  }

  @Test
  void shippedJarsHaveAnAllowedLicence() throws Exception {
    for (Jar jar : shipped()) {
      assertThat(licences(jar.pom())).as("licences of " + jar.coordinate()).isNotEmpty();
      // Where a pom names several they are alternatives: one that is allowed is enough.
      assertThat(licences(jar.pom()))
          .as("licences of " + jar.coordinate())
          .containsAnyElementsOf(ALLOWED);
    }
  }

  @Test
  void noticeNamesWhatIsShipped() throws Exception {
    var notice =
        new StringBuilder(
            """
            Vidimus
            Copyright the Vidimus authors
            Licensed under the Apache License, Version 2.0 (see LICENSE).

            The command line is shipped with these jars, unchanged but for BouncyCastle's, whose
            signatures are left out:

            """);
    for (Jar jar : shipped()) {
      notice.append(jar.coordinate()).append("  ").append(String.join(" or ", licences(jar.pom())));
      notice.append('\n');
    }
    holds(NOTICE, notice.toString());
  }

  private static void holds(Path file, String content) throws IOException {
    if (PIN) {
      Files.writeString(file, content);
    }
    assertThat(Files.exists(file) ? Files.readString(file) : "")
        .as("%s (write it anew: mvn verify -Dtest.jvm=-Dpin=true)", ROOT.relativize(file))
        .isEqualTo(content);
  }

  /// A jar of the local Maven repository, whose layout gives its coordinate and its pom.
  private record Jar(String coordinate, Path path, Path pom) {}

  private static List<Jar> shipped() throws IOException {
    Path repository = Path.of(System.getProperty("maven.repository"));
    var jars = new TreeMap<String, Jar>();
    for (Path origin : origins()) {
      if (origin.startsWith(repository)) {
        Path folder = repository.relativize(origin).getParent();
        String version = folder.getFileName().toString();
        String artifact = folder.getParent().getFileName().toString();
        String group = folder.getParent().getParent().toString().replace('/', '.');
        if (!group.equals("dev.vidimus")) {
          String coordinate = group + ":" + artifact + ":" + version;
          jars.put(coordinate, new Jar(coordinate, origin, pom(repository, coordinate)));
        }
      }
    }
    assertThat(jars).as("jars in cli/target/app").isNotEmpty();
    return List.copyOf(jars.values());
  }

  /// Where the jars came from that the build put into `cli/target/app`.
  private static List<Path> origins() throws IOException {
    try (Stream<Path> apps = Files.walk(ROOT.resolve("cli/target/app"), 2)) {
      Path list = apps.filter(p -> p.endsWith("origins")).findFirst().orElseThrow();
      return Files.readAllLines(list).stream().map(Path::of).toList();
    }
  }

  private static Path pom(Path repository, String coordinate) {
    String[] part = coordinate.split(":");
    return repository
        .resolve(part[0].replace('.', '/'))
        .resolve(part[1])
        .resolve(part[2])
        .resolve(part[1] + "-" + part[2] + ".pom");
  }

  /// The SPDX names of the licences in a pom, or else in its parent's, as Maven inherits them.
  private static List<String> licences(Path pom) throws Exception {
    Element project =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(pom.toFile())
            .getDocumentElement();
    var names = new ArrayList<String>();
    for (Element list : children(project, "licenses")) {
      for (Element licence : children(list, "license")) {
        String name = text(licence, "name");
        names.add(SPDX.getOrDefault(name, name));
      }
    }
    if (names.isEmpty()) {
      for (Element parent : children(project, "parent")) {
        String coordinate =
            text(parent, "groupId")
                + ":"
                + text(parent, "artifactId")
                + ":"
                + text(parent, "version");
        return licences(pom(Path.of(System.getProperty("maven.repository")), coordinate));
      }
    }
    return names;
  }

  private static String text(Element element, String name) {
    return children(element, name).getFirst().getTextContent().strip();
  }

  private static List<Element> children(Element element, String name) {
    var found = new ArrayList<Element>();
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child && child.getTagName().equals(name)) {
        found.add(child);
      }
    }
    return found;
  }
}
