package dev.vidimus.scan.repository;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Knows credentials by the forms that their issuers gave them, so that a scanner can; long random
/// text alone is no credential.
final class Secrets {
  private static final List<Form> FORMS =
      List.of(
          new Form("AKIA", 16, "an AWS access key"),
          new Form("ASIA", 16, "a temporary AWS access key"),
          new Form("hf_", 34, "a token of a model hub"),
          new Form("ghp_", 36, "a GitHub token"),
          new Form("gho_", 36, "a GitHub token"),
          new Form("ghs_", 36, "a GitHub token"),
          new Form("github_pat_", 60, "a GitHub token"),
          new Form("glpat-", 20, "a GitLab token"),
          new Form("xoxb-", 40, "a Slack token"),
          new Form("xoxp-", 40, "a Slack token"),
          new Form("AIza", 35, "a Google API key"),
          new Form("sk-proj-", 40, "an OpenAI key"),
          new Form("sk-ant-", 40, "an Anthropic key"),
          new Form("pypi-AgEI", 50, "a PyPI token"));

  private Secrets() {}

  /// @param length characters behind the prefix, at least
  private record Form(String prefix, int length, String what) {}

  /// What credential the text contains, or null.
  static @Nullable String find(String text) {
    int key = text.indexOf("-----BEGIN ");
    if (key >= 0) {
      int end = text.indexOf("-----", key + 11);
      if (end > 0 && end - key < 60 && text.substring(key, end).endsWith("PRIVATE KEY")) {
        return "a private key";
      }
    }
    for (Form form : FORMS) {
      int at = text.indexOf(form.prefix());
      if (at >= 0 && (at == 0 || !isPart(text.charAt(at - 1)))) {
        int end = at + form.prefix().length();
        int start = end;
        while (end < text.length() && isPart(text.charAt(end))) {
          end++;
        }
        if (end - start >= form.length() && isVaried(text, start, end)) {
          return form.what();
        }
      }
    }
    return null;
  }

  private static boolean isPart(char c) {
    return c < 0x80 && (Character.isLetterOrDigit(c) || c == '_' || c == '-');
  }

  /// `hf_xxxxxxxx…` is an example.
  private static boolean isVaried(String text, int from, int to) {
    return text.substring(from, to).chars().distinct().count() >= 8;
  }
}
