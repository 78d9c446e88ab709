package dev.vidimus.checks;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// The rooms of the house, the doors between them, and what nobody does in any of them.
@AnalyzeClasses(packages = "dev.vidimus", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

  // The table of rooms: who may know whom.

  @ArchTest
  static final ArchRule artifact =
      room(
          "artifact",
          "everything of ours stands on it, so it stands on nothing of ours",
          "jdk.incubator.vector..",
          "tools.jackson.core..");

  @ArchTest
  static final ArchRule formats =
      room(
          "formats",
          "it says what the bytes contain, and leaves to others what that means",
          "dev.vidimus.artifact..",
          "javax.xml.stream..",
          "org.tukaani.xz..",
          "org.apache.commons.compress..",
          "org.snakeyaml.engine..");

  @ArchTest
  static final ArchRule yamlIsReadAsEvents =
      noClasses()
          .that(resideInAPackage("dev.vidimus.formats.."))
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                      "org.snakeyaml.engine.v2.constructor..",
                      "org.snakeyaml.engine.v2.composer..",
                      "org.snakeyaml.engine.v2.nodes..")
                  .or(named("org\\.snakeyaml\\.engine\\.v2\\.api\\.(lowlevel\\.Compose|Load)")))
          .because("a tag of a hostile file is data, and building trees of it recurses");

  @ArchTest
  static final ArchRule scan =
      room(
          "scan",
          "an examiner turns content into findings and knows no command line, HTTP or SQL",
          "dev.vidimus.artifact..",
          "dev.vidimus.formats..");

  @ArchTest
  static final ArchRule lineage =
      room(
          "lineage",
          "whether a derivation is true follows from the tensors, whoever claims it",
          "dev.vidimus.artifact..",
          "dev.vidimus.formats..",
          "jdk.incubator.vector..");

  @ArchTest
  static final ArchRule inventory =
      room(
          "inventory",
          "what something is made of stands in its files, and nothing is installed to find out",
          "dev.vidimus.artifact..",
          "dev.vidimus.formats..",
          "org.tomlj..",
          "us.springett.cvss..");

  @ArchTest
  static final ArchRule evidence =
      room(
          "evidence",
          "who vouches for bytes has nothing to do with what the bytes mean",
          "dev.vidimus.artifact..",
          "javax.crypto..",
          "javax.security.auth.x500..",
          "org.bouncycastle..");

  @ArchTest
  static final ArchRule policy =
      room(
          "policy",
          "a decision follows from facts and rules, whoever found the facts",
          "dev.vidimus.artifact..",
          "com.google.common.collect..",
          "com.google.protobuf..",
          "dev.cel..",
          "org.snakeyaml.engine..");

  @ArchTest
  static final ArchRule policyDoesNoInputOrOutputAndReadsNoClock =
      noClasses()
          .that(resideInAPackage("dev.vidimus.policy.."))
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                      "java.net..", "java.nio.file..", "java.nio.channels..", "java.sql..")
                  .or(named("java\\.io\\.(File.*|RandomAccessFile|Console)"))
                  .or(named("java\\.time\\.(Clock|InstantSource|ZoneId)"))
                  .or(named("java\\.util\\.(Date|Calendar|Random|UUID|Timer)"))
                  .or(named("java\\.lang\\.(Thread|Process.*)")))
          .orShould()
          .accessTargetWhere(
              member("java.time.*", "now|systemDefault")
                  .or(member("java.lang.System", "currentTimeMillis|nanoTime|getProperty|getenv")))
          .because("time is a fact: the same facts give the same decision next year");

  @ArchTest
  static final ArchRule registry =
      room(
          "registry",
          "where an artifact stands has nothing to do with who asks, by HTTP or on a command line",
          "dev.vidimus.artifact..",
          "dev.vidimus.formats..",
          "dev.vidimus.evidence..",
          "dev.vidimus.scan..",
          "dev.vidimus.lineage..",
          "dev.vidimus.inventory..",
          "dev.vidimus.policy..",
          "javax.crypto..",
          "javax.net.ssl..",
          "org.sqlite");

  @ArchTest
  static final ArchRule server =
      room(
          "server",
          "every surface is a thin skin over the registry",
          "dev.vidimus.artifact..",
          "dev.vidimus.evidence..",
          "dev.vidimus.scan..",
          "dev.vidimus.lineage..",
          "dev.vidimus.policy..",
          "dev.vidimus.registry..",
          "gg.jte..",
          "io.helidon..",
          "io.prometheus..",
          "javax.net.ssl..");

  @ArchTest
  static final ArchRule onlyOnePackageKnowsTheHttpLibrary =
      noClasses()
          .that(not(resideInAPackage("dev.vidimus.server.http..")))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.helidon..")
          .because("routes say what they answer, and one package how that is sent");

  @ArchTest
  static final ArchRule onlyTheStoreSpeaksSql =
      noClasses()
          .that(not(resideInAPackage("dev.vidimus.registry.store..")))
          .and(not(resideInAPackage("dev.vidimus.registry.question..")))
          .should()
          .dependOnClassesThat(
              named(
                  "(java\\.sql\\.(Connection|DriverManager|.*Statement|ResultSet)|org\\.sqlite\\..*)"))
          .because("connections and transactions belong to the one protocol of changes");

  @ArchTest
  static final ArchRule testkit =
      room(
          "testkit",
          "the tests of every room but the lowest use it",
          "com.sun.net.httpserver..", // an upstream on this machine, honest or not
          "dev.vidimus.artifact..",
          "org.junit.jupiter..",
          "org.assertj..");

  @ArchTest
  static final ArchRule nothingShippedUsesTheTestkit =
      noClasses()
          .that(not(resideInAPackage("dev.vidimus.testkit..")))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.vidimus.testkit..", "org.junit..", "org.assertj..")
          .because("what only tests need is not shipped");

  @ArchTest
  static final ArchRule nobodyUsesTheCommandLine =
      noClasses()
          .that(not(resideInAPackage("dev.vidimus.cli..")))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.vidimus.cli..", "picocli..")
          .because("the command line wires the rooms, and no room knows who wires it");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices()
          .matching("dev.vidimus.(**)")
          .should()
          .beFreeOfCycles()
          .because("a package is an idea, and two ideas that need each other are one");

  // What a process that reads hostile bytes does not do.

  @ArchTest
  static final ArchRule nothingIsDeserialized =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.io.ObjectInputStream")
          .because("deserializing is the attack that we look for");

  @ArchTest
  static final ArchRule nothingIsLoadedByName =
      noClasses()
          .should()
          .accessTargetWhere(
              member("java.lang.Class", "forName")
                  .or(member("java.lang.ClassLoader", "loadClass|defineClass"))
                  .or(member("java.lang.invoke.MethodHandles\\$Lookup", "(find|define|ensure).*")))
          .because("which code runs is decided when it is compiled, never by a name at run time");

  @ArchTest
  static final ArchRule nothingIsInterpreted =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("javax.script..", "javax.tools..", "jdk.jshell..")
          .because("content is data and never becomes code");

  @ArchTest
  static final ArchRule noProcessIsStarted =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.lang.ProcessBuilder")
          .orShould()
          .accessTargetWhere(member("java.lang.Runtime", "exec"))
          .because("a scan needs no other process, and hostile names must not become arguments");

  @ArchTest
  static final ArchRule noNativeCodeIsCalled =
      noClasses()
          // They list the tokens of a PKCS#11 module and certificates in them, call syncfs(2) and
          // nice(2), and see no artifact.
          .that(not(named("dev\\.vidimus\\.evidence\\.keys\\.pkcs11\\.Pkcs11Module")))
          .and(not(named("dev\\.vidimus\\.evidence\\.ledger\\.WholeFileSystem")))
          .and(not(named("dev\\.vidimus\\.server\\.job\\.GivingWay")))
          .should()
          .accessTargetWhere(
              member("java.lang.(System|Runtime)", "load|loadLibrary")
                  .or(member("java.lang.foreign.Linker", ".*"))
                  .or(member("sun.misc.Unsafe", ".*")))
          .because("no native code reads an artifact's bytes inside our process");

  @ArchTest
  static final ArchRule noSocketIsOpened =
      noClasses()
          .that(
              resideInAnyPackage(
                  "dev.vidimus.artifact..",
                  "dev.vidimus.evidence..",
                  "dev.vidimus.formats..",
                  "dev.vidimus.inventory..",
                  "dev.vidimus.lineage..",
                  "dev.vidimus.policy..",
                  "dev.vidimus.scan.."))
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("java.net.http..", "java.rmi..", "java.sql..", "javax.naming..")
                  .or(named("java\\.net\\.(.*Socket.*|URL|.*URLConnection|InetAddress)"))
                  .or(named("java\\.nio\\.channels\\..*Socket.*")))
          .because("what a scan or a verification says follows from the bytes alone");

  @ArchTest
  static final ArchRule onlyTheHubClientOpensConnections =
      noClasses()
          .that(not(resideInAPackage("dev.vidimus.registry.hub..")))
          // Which only tells a client that went away from a disk that failed.
          .and(not(named("dev\\.vidimus\\.server\\.http\\.HttpServer(\\$.*)?")))
          // Which opens none: it answers the tests of this machine.
          .and(not(resideInAPackage("dev.vidimus.testkit..")))
          // Makes the context in which a server answers, and signs in at the one its user names.
          .and(not(named("dev\\.vidimus\\.cli\\.server\\..*")))
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("java.net.http..", "java.rmi..", "javax.net..", "javax.naming..")
                  .or(named("java\\.net\\.(.*Socket.*|URL|.*URLConnection|InetAddress)"))
                  .or(named("java\\.nio\\.channels\\..*Socket.*")))
          .because("one place checks addresses and redirects, and everything else works offline");

  @ArchTest
  static final ArchRule onlyTheMainClassTouchesTheProcess =
      noClasses()
          .that(not(named("dev\\.vidimus\\.cli\\.Main(\\$.*)?")))
          .and(not(resideInAPackage("dev.vidimus.testkit..")))
          .should()
          .accessTargetWhere(
              member("java.lang.System", "exit|getenv|console|in|out|err|set(In|Out|Err)")
                  .or(member("java.lang.Runtime", "exit|halt|addShutdownHook"))
                  .or(member("java.lang.IO", ".*")))
          .because("environment, streams and exit code are parameters of everything else");

  // Names.

  @ArchTest
  static final ArchRule packagesAreNamedForTheirIdea =
      noClasses()
          .should(be(named("dev\\.vidimus\\.(.*\\.)?(utils?|common|managers?|impl|helpers?)\\..*")))
          .because("such a package collects what nobody found a place for");

  @ArchTest
  static final ArchRule classesAreNamedForWhatTheyAre =
      noClasses()
          .should(be(named(".*[.$A-Za-z](Utils?|Common|Manager|Impl|Helper)(\\$.*)?")))
          .because("such a name says that the class has no idea of its own");

  /// The classes of a room know it, the JDK's base, the null annotations, and these packages.
  private static ArchRule room(String name, String reason, String... others) {
    String own = "dev.vidimus." + name + "..";
    return classes()
        .that()
        .resideInAPackage(own)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(own, "java..", "org.jspecify.annotations..")
                .or(resideInAnyPackage(others))
                .or(DescribedPredicate.describe("are primitive", JavaClass::isPrimitive))
                .or(DescribedPredicate.describe("are primitive arrays", ArchitectureTest::plain)))
        .because(reason);
  }

  private static boolean plain(JavaClass type) {
    return type.isArray() && type.getBaseComponentType().isPrimitive();
  }

  /// Calls, method references and field accesses alike.
  private static DescribedPredicate<JavaAccess<?>> member(String owner, String name) {
    return DescribedPredicate.describe(
        owner + "." + name,
        access ->
            access.getTargetOwner().getName().matches(owner) && access.getName().matches(name));
  }

  private static DescribedPredicate<JavaClass> named(String pattern) {
    return DescribedPredicate.describe("named " + pattern, type -> type.getName().matches(pattern));
  }
}
