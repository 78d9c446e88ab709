package dev.vidimus.scan.repository;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Location;
import dev.vidimus.formats.yaml.YamlListener;
import dev.vidimus.formats.yaml.YamlReader;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.Reference;
import dev.vidimus.scan.inspection.Scanner;
import dev.vidimus.scan.inspection.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Reads what documentation says of a model: the front matter of its card, and which licence a file
/// of that name is. Text is data to everybody, so that nothing here is ever a gap: what cannot be
/// read says nothing.
final class ModelCardScanner implements Scanner {
  private static final int LONGEST_MATTER = 256 << 10;
  private static final int LONGEST_LICENCE = 4 << 10;

  private static final Set<String> FACTS =
      Set.of("library_name", "pipeline_tag", "language", "model_name", "inference");

  /// What a licence's text begins with, and its name in the list of SPDX.
  private static final List<List<String>> LICENCES =
      List.of(
          List.of("Apache License", "Version 2.0", "Apache-2.0"),
          List.of("MIT License", "Permission is hereby granted, free of charge", "MIT"),
          List.of("GNU AFFERO GENERAL PUBLIC LICENSE", "Version 3", "AGPL-3.0"),
          List.of("GNU LESSER GENERAL PUBLIC LICENSE", "Version 3", "LGPL-3.0"),
          List.of("GNU GENERAL PUBLIC LICENSE", "Version 3", "GPL-3.0"),
          List.of("GNU GENERAL PUBLIC LICENSE", "Version 2", "GPL-2.0"),
          List.of("BSD 3-Clause", "Redistribution", "BSD-3-Clause"),
          List.of("Attribution-NonCommercial 4.0 International", "", "CC-BY-NC-4.0"),
          List.of("Attribution-ShareAlike 4.0 International", "", "CC-BY-SA-4.0"),
          List.of("Attribution 4.0 International", "", "CC-BY-4.0"),
          List.of("OpenRAIL", "", "OpenRAIL"),
          List.of("LLAMA", "COMMUNITY LICENSE AGREEMENT", "LicenseRef-Llama-Community"));

  @Override
  public void scan(Target target, Inspection inspection) throws IOException {
    String name = target.name().toLowerCase(Locale.ROOT);
    if (name.equals("readme.md")) {
      card(target, inspection);
    } else if (name.startsWith("license") || name.startsWith("licence")) {
      licence(target, inspection);
    }
  }

  private static void card(Target target, Inspection inspection) throws IOException {
    byte[] head = target.bytes().head(LONGEST_MATTER);
    String text = new String(head, StandardCharsets.UTF_8).replace("\r\n", "\n");
    int end = text.indexOf("\n---", 3);
    if (!text.startsWith("---\n") || end < 0) {
      return;
    }
    byte[] matter = text.substring(4, end + 1).getBytes(StandardCharsets.UTF_8);
    try {
      YamlReader.read(Bytes.of(matter), target.name(), new Card(target.location(), inspection));
    } catch (FormatException e) {
      // What was read before stands.
    }
  }

  private record Card(Location location, Inspection inspection) implements YamlListener {
    @Override
    public void tag(List<String> path, String tag, String text, long offset) {
      // Cards are read by safe loaders, which construct nothing.
    }

    @Override
    public void scalar(List<String> path, String text, boolean isPlain, long offset) {
      if (path.isEmpty() || path.size() > 2) {
        return;
      }
      String member = path.getFirst();
      switch (member) {
        case "license", "license_name" -> refer(Reference.Kind.LICENCE, text, member);
        case "base_model", "datasets" -> refer(Reference.Kind.MODEL, text, member);
        default -> {
          if (FACTS.contains(member)) {
            refer(Reference.Kind.FACT, text, member);
          }
        }
      }
    }

    private void refer(Reference.Kind kind, String target, String by) {
      inspection.refer(kind, target, by, location);
    }
  }

  private static void licence(Target target, Inspection inspection) throws IOException {
    byte[] head = target.bytes().head(LONGEST_LICENCE);
    String text = new String(head, StandardCharsets.UTF_8).replaceAll("\\s+", " ");
    for (List<String> one : LICENCES) {
      if (text.contains(one.get(0)) && text.contains(one.get(1))) {
        inspection.refer(Reference.Kind.LICENCE, one.get(2), "text", target.location());
        return;
      }
    }
  }
}
