package dev.vidimus.scan.whole;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.json.JsonLimits;
import dev.vidimus.artifact.json.JsonReader;
import dev.vidimus.formats.safetensors.SafetensorsReader;
import dev.vidimus.formats.safetensors.SafetensorsTensor;
import dev.vidimus.scan.inspection.Reference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/// Compares shards with the indexes that list them, and their names with one another.
final class ShardIndexes {
  private static final int MOST_TENSORS = 500_000;
  private static final int MOST_SHARDS = 100_000;
  private static final int SHOWN = 80;

  private final Places places;
  private final PackageGraph graph;
  private final Verdicts verdicts;

  /// Shards that some index lists.
  private final Set<String> listed = new HashSet<>();

  /// Names of shards without their numbers, of which an index lists one.
  private final Set<String> listedSeries = new HashSet<>();

  ShardIndexes(Places places, PackageGraph graph, Verdicts verdicts) {
    this.places = places;
    this.graph = graph;
    this.verdicts = verdicts;
  }

  void judge() throws IOException {
    List<Part> indexes = new ArrayList<>();
    for (Part part : places.all()) {
      boolean isIndex = false;
      for (Reference reference : part.references()) {
        if (reference.kind() == Reference.Kind.SHARD) {
          isIndex = true;
          list(part, reference.target());
        }
      }
      if (isIndex) {
        indexes.add(part);
      }
    }
    extra();
    for (Part index : indexes) {
      compare(index);
    }
  }

  private void list(Part index, String target) {
    String path = Places.resolve(index.folder(), target);
    if (path != null) {
      listed.add(path);
      Matcher shard = shard(path);
      if (shard != null) {
        listedSeries.add(series(path, shard));
      }
    }
  }

  private static @Nullable Matcher shard(String path) {
    Matcher name = Role.SHARD_NAME.matcher(path.substring(path.lastIndexOf('/') + 1));
    return name.matches() ? name : null;
  }

  /// Folder, stem and extension.
  private static String series(String path, Matcher shard) {
    return path.substring(0, path.lastIndexOf('/') + 1) + shard.group(1) + "*" + shard.group(4);
  }

  /// Shards beside an index that does not list them; and, without an index, gaps in the numbers.
  private void extra() {
    Map<String, Set<Integer>> numbers = new TreeMap<>();
    Map<String, String> first = new HashMap<>();
    for (PackageGraph.Node node : graph.nodes()) {
      Matcher shard = node.role() == Role.SHARD ? shard(node.id()) : null;
      if (shard == null || listed.contains(node.id())) {
        continue;
      }
      if (listedSeries.contains(series(node.id(), shard))) {
        verdicts.report(
            GraphRule.EXTRA_SHARD, node.id(), node.id() + " is not in the index beside it");
      } else {
        String all = series(node.id(), shard) + "\0" + shard.group(3);
        numbers.computeIfAbsent(all, s -> new TreeSet<>()).add(Integer.valueOf(shard.group(2)));
        first.putIfAbsent(all, node.id());
      }
    }
    numbers.forEach((series, present) -> gaps(first.getOrDefault(series, ""), series, present));
  }

  private void gaps(String path, String series, Set<Integer> present) {
    int count = Integer.parseInt(series.substring(series.indexOf('\0') + 1));
    int base = present.contains(0) ? 0 : 1;
    int lacking = 0;
    int one = -1;
    for (int i = base; i < base + Math.min(count, MOST_SHARDS); i++) {
      if (!present.contains(i) && !isBeside(path, i)) {
        lacking++;
        one = one < 0 ? i : one;
      }
    }
    if (lacking > 0) {
      verdicts.missing(
          path, lacking + " of " + count + " shards are not here, the first is number " + one);
    }
  }

  /// Whether the shard of another number is there, though it was not examined.
  private boolean isBeside(String path, int number) {
    Matcher shard = shard(path);
    if (shard == null) {
      return false;
    }
    int start = path.lastIndexOf('/') + 1 + shard.start(2);
    int end = path.lastIndexOf('/') + 1 + shard.end(2);
    String digits = Integer.toString(number);
    String padded = "0".repeat(Math.max(0, end - start - digits.length())) + digits;
    return places.exists(path.substring(0, start) + padded + path.substring(end));
  }

  /// Compares an index with the headers of those shards that are safetensors.
  private void compare(Part index) throws IOException {
    Map<String, String> lists = new HashMap<>();
    try {
      read(index, lists);
    } catch (FormatException e) {
      return; // the scanner of configurations says why
    }
    if (lists.size() >= MOST_TENSORS) {
      verdicts.missing(index.path(), "lists more than " + MOST_TENSORS + " tensors");
      return;
    }
    Set<String> shards = new TreeSet<>(lists.values());
    Map<String, String> found = new HashMap<>();
    Set<String> unread = new HashSet<>();
    for (String target : shards) {
      Part shard = part(index, target);
      if (shard == null || !shard.format().equals("safetensors")) {
        unread.add(target);
        continue;
      }
      try (Bytes bytes = shard.content().open()) {
        for (SafetensorsTensor tensor : tensors(bytes, shard)) {
          compare(index, target, tensor.name(), lists, found);
        }
      } catch (FormatException e) {
        unread.add(target); // the scanner of the shard says why
      }
    }
    lists.forEach(
        (tensor, target) -> {
          if (!found.containsKey(tensor) && !unread.contains(target)) {
            verdicts.report(
                GraphRule.MISSING_TENSOR,
                index.path(),
                index.path() + " lists " + shown(tensor) + ", which " + target + " has not");
          }
        });
  }

  private @Nullable Part part(Part index, String target) {
    String path = Places.resolve(index.folder(), target);
    return path == null ? null : places.part(path);
  }

  private static List<SafetensorsTensor> tensors(Bytes bytes, Part shard)
      throws IOException, FormatException {
    return SafetensorsReader.read(bytes, shard.name(), (name, text, offset) -> {}).tensors();
  }

  private void compare(
      Part index,
      String shard,
      String tensor,
      Map<String, String> lists,
      Map<String, String> found) {
    String other = found.putIfAbsent(tensor, shard);
    String place = lists.get(tensor);
    if (other != null) {
      verdicts.report(
          GraphRule.DUPLICATE_TENSOR,
          index.path(),
          shown(tensor) + " stands in " + other + " and in " + shard);
    } else if (place == null) {
      verdicts.report(
          GraphRule.UNLISTED_TENSOR,
          index.path(),
          shard + " has " + shown(tensor) + ", which " + index.path() + " does not list");
    } else if (!place.equals(shard)) {
      verdicts.report(
          GraphRule.MISSING_TENSOR,
          index.path(),
          index.path() + " lists " + shown(tensor) + " in " + place + ", but " + shard + " has it");
    }
  }

  private static void read(Part index, Map<String, String> into)
      throws IOException, FormatException {
    try (Bytes bytes = index.content().open();
        JsonReader json = new JsonReader(bytes, index.name(), JsonLimits.DEFAULT)) {
      json.object("index");
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        if (!name.equals("weight_map") || json.kind(name) != JsonReader.Kind.OBJECT) {
          json.skip(name);
          continue;
        }
        json.object(name);
        for (String tensor = json.nextName(); tensor != null; tensor = json.nextName()) {
          if (json.kind(tensor) == JsonReader.Kind.STRING && into.size() < MOST_TENSORS) {
            into.put(tensor, json.string(tensor));
          } else {
            json.skip(tensor);
          }
        }
      }
    }
  }

  private static String shown(String tensor) {
    return "\"" + Printable.of(tensor, SHOWN) + "\"";
  }
}
