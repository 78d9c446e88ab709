package dev.vidimus.lineage.tensors;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.json.JsonLimits;
import dev.vidimus.artifact.json.JsonReader;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/// The `weight_map` of a sharded checkpoint: which shard holds which tensor.
///
/// @param source the index file's name
/// @param shards the shard of each tensor
record ShardIndex(String source, Map<String, String> shards) {
  static ShardIndex read(Bytes bytes, String source) throws IOException, FormatException {
    Map<String, String> shards = new LinkedHashMap<>();
    try (JsonReader json = new JsonReader(bytes, source, JsonLimits.DEFAULT)) {
      json.object("index");
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        if (!name.equals("weight_map")) {
          json.skip(name);
          continue;
        }
        json.object(name);
        for (String tensor = json.nextName(); tensor != null; tensor = json.nextName()) {
          shards.put(tensor, json.string("weight_map"));
        }
      }
      json.end();
    }
    return new ShardIndex(source, shards);
  }

  /// The files that it names; none of them may lie elsewhere.
  Collection<String> files() throws FormatException {
    TreeSet<String> files = new TreeSet<>(shards.values());
    for (String file : files) {
      if (file.contains("/") || file.contains("\\") || file.equals("..")) {
        throw broken("names a file elsewhere: " + Printable.of(file, 120));
      }
    }
    return files;
  }

  /// Requires that each tensor is in the shard that the index names, and in the index at all.
  void require(Collection<Tensor> tensors) throws FormatException {
    Map<String, Tensor> found = new LinkedHashMap<>();
    for (Tensor tensor : tensors) {
      found.put(tensor.name(), tensor);
      String shard = shards.get(tensor.name());
      if (shard == null) {
        throw broken(
            "lacks " + Printable.of(tensor.name(), 120) + ", which is in " + tensor.file());
      }
      if (!shard.equals(tensor.file())) {
        throw broken(
            "says that "
                + Printable.of(tensor.name(), 120)
                + " is in "
                + Printable.of(shard, 80)
                + ", but it is in "
                + tensor.file());
      }
    }
    for (String name : shards.keySet()) {
      if (!found.containsKey(name)) {
        throw broken("names " + Printable.of(name, 120) + ", which no shard has");
      }
    }
  }

  private FormatException.Malformed broken(String problem) {
    return new FormatException.Malformed(source, 0, problem);
  }
}
