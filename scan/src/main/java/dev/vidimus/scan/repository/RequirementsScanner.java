package dev.vidimus.scan.repository;

import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.Printable;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.Reference;
import dev.vidimus.scan.inspection.Scanner;
import dev.vidimus.scan.inspection.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/// Judges the [requirements of
/// pip](https://pip.pypa.io/en/stable/reference/requirements-file-format/): where packages come
/// from, not which they are.
final class RequirementsScanner implements Scanner {
  private static final int LARGEST = 1 << 20;

  private static final Set<String> INDEXES =
      Set.of("-i", "--index-url", "--extra-index-url", "-f", "--find-links", "--trusted-host");

  /// Indexes and sources of the makers of frameworks.
  private static final Set<String> MAKERS =
      Set.of(
          "pypi.org",
          "download.pytorch.org",
          "pypi.nvidia.com",
          "data.pyg.org",
          "storage.googleapis.com/jax-releases",
          "storage.googleapis.com/libtpu-releases",
          "developer.download.nvidia.com",
          "abetlen.github.io/llama-cpp-python",
          "github.com/huggingface",
          "github.com/pytorch",
          "github.com/NVIDIA");

  @Override
  public void scan(Target target, Inspection inspection) throws IOException {
    if (target.bytes().size() > LARGEST) {
      inspection.notExamined(
          target.location(), "requirements of " + target.bytes().size() + " bytes");
      return;
    }
    byte[] content = target.bytes().array(0, (int) target.bytes().size());
    String text = new String(content, StandardCharsets.UTF_8).replace("\\\n", " ");
    int number = 0;
    for (String raw : text.split("\n", -1)) {
      number++;
      line(uncommented(raw).strip(), number, target.location(), inspection);
    }
  }

  /// A comment begins at the start or behind white space; `#` in an address is a fragment.
  private static String uncommented(String line) {
    for (int at = line.indexOf('#'); at >= 0; at = line.indexOf('#', at + 1)) {
      if (at == 0 || Character.isWhitespace(line.charAt(at - 1))) {
        return line.substring(0, at);
      }
    }
    return line;
  }

  private static void line(String line, int number, Location location, Inspection inspection) {
    int end = line.indexOf(' ');
    int equals = line.indexOf('=');
    int cut = end < 0 ? equals : equals < 0 ? end : Math.min(end, equals);
    String option = cut < 0 ? line : line.substring(0, cut);
    String what = "";
    if (INDEXES.contains(option)) {
      what = "takes packages from";
    } else if (!line.startsWith("-") || option.equals("-e") || option.equals("--editable")) {
      what = "takes a package from";
    }
    refer(line, location, inspection);
    if (!what.isEmpty() && isElsewhere(line, option)) {
      inspection.report(
          RepositoryRule.DEPENDENCY_SOURCE.at(
              location, "line " + number + " " + what + " an address", Printable.of(line, 120)));
    }
  }

  private static void refer(String line, Location location, Inspection inspection) {
    int scheme = line.indexOf("://");
    if (scheme >= 0) {
      int start = line.lastIndexOf(' ', scheme) + 1;
      int end = line.indexOf(' ', scheme);
      String address = line.substring(start, end < 0 ? line.length() : end);
      inspection.refer(Reference.Kind.ADDRESS, address, "requirement", location);
    } else if (!line.isEmpty() && Character.isLetterOrDigit(line.charAt(0))) {
      int end = 0;
      while (end < line.length() && isName(line.charAt(end))) {
        end++;
      }
      inspection.refer(
          Reference.Kind.PACKAGE, line.substring(0, end), Printable.of(line, 80), location);
    }
  }

  private static boolean isName(char c) {
    return Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.';
  }

  private static boolean isElsewhere(String line, String option) {
    int scheme = line.indexOf("://");
    if (scheme < 0) {
      return option.equals("--trusted-host") || line.contains("git@");
    }
    String rest = line.substring(scheme + 3);
    boolean isSecure = line.startsWith("https", Math.max(0, scheme - 5));
    if (isSecure) {
      for (String maker : MAKERS) {
        if (rest.equals(maker) || rest.startsWith(maker + "/")) {
          return false;
        }
      }
    }
    return true;
  }
}
