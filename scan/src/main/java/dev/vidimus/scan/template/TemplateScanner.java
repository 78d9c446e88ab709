package dev.vidimus.scan.template;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.formats.jinja.JinjaReader;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.Scanner;
import dev.vidimus.scan.inspection.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Judges files that are templates: `chat_template.jinja`, those of `additional_chat_templates/`,
/// and any other that goes by an extension of Jinja.
public final class TemplateScanner implements Scanner {
  @Override
  public void scan(Target target, Inspection inspection) throws IOException {
    Bytes bytes = target.bytes();
    if (bytes.size() > 4L * JinjaReader.LONGEST) {
      inspection.notExamined(target.location(), "a template of " + bytes.size() + " bytes");
      return;
    }
    byte[] content = bytes.array(0, (int) bytes.size());
    String text = new String(content, StandardCharsets.UTF_8);
    boolean isChat = isChat(target, text);
    if (!isChat && isOfGo(text)) {
      return; // such templates reach the fields of what they are given, and nothing else
    }
    TemplateJudge.judge(
        text,
        isChat ? "chat template" : "template",
        isChat ? TemplateJudge.Use.CHAT : TemplateJudge.Use.OTHER,
        target.location(),
        inspection);
  }

  private static boolean isChat(Target target, String text) {
    String path = target.location().path().toLowerCase(Locale.ROOT);
    return path.contains("chat_template") || text.contains("add_generation_prompt");
  }

  /// The language of Go's `text/template`, by which ollama prompts: no `{%`, and fields that begin
  /// with a point.
  private static boolean isOfGo(String text) {
    if (text.contains("{%")) {
      return false;
    }
    for (int at = text.indexOf("{{"); at >= 0; at = text.indexOf("{{", at + 2)) {
      int i = at + 2;
      while (i < text.length() && (text.charAt(i) == '-' || text.charAt(i) <= ' ')) {
        i++;
      }
      boolean isField = i < text.length() && (text.charAt(i) == '.' || text.charAt(i) == '$');
      if (isField || text.startsWith("range .", i) || text.startsWith("if .", i)) {
        return true;
      }
    }
    return false;
  }
}
