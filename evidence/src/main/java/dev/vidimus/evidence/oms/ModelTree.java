package dev.vidimus.evidence.oms;

import dev.vidimus.artifact.PathOrder;
import dev.vidimus.artifact.Snapshot;
import dev.vidimus.artifact.Snapshot.Entry;
import dev.vidimus.artifact.Snapshot.Reason;
import dev.vidimus.artifact.Snapshot.Refused;
import dev.vidimus.artifact.digest.Exclusions;
import dev.vidimus.artifact.digest.Stretch;
import dev.vidimus.evidence.CheckFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/// The files of a model as OMS sees them; section 6.1 of the specification.
///
/// @param isFile whether the model is a single file
/// @param files by path, in the order of the paths
/// @param ignored paths that are there and left out, the signature files themselves not among them
/// @param linkedOut links to files outside the model that were followed, as both sides allow it
record ModelTree(
    boolean isFile, TreeMap<String, Entry> files, List<String> ignored, List<String> linkedOut) {
  private static final String STEP = "files";

  /// What is left out.
  ///
  /// @param paths relative, with everything beneath
  /// @param signatures files that are never part of the model
  record Left(List<String> paths, List<Path> signatures) {
    Left {
      Set<String> all = new LinkedHashSet<>(Exclusions.ofOms());
      all.addAll(paths);
      paths = List.copyOf(all);
      signatures = List.copyOf(signatures);
    }
  }

  /// Lists a model.
  ///
  /// @param followLinks whether links to files are read as the files; links to folders never are
  /// @throws CheckFailed if it has something that cannot be signed: links, devices, names that are
  /// no UTF-8
  static ModelTree of(Path model, Left left, boolean followLinks) throws CheckFailed, IOException {
    Snapshot snapshot = Snapshot.of(model);
    boolean isFile = !Files.isDirectory(snapshot.root());
    List<String> excluded = isFile ? List.of() : left.paths();
    TreeMap<String, Entry> files = new TreeMap<>(PathOrder::compareAsUtf8);
    List<String> ignored = new ArrayList<>();
    for (Entry entry : snapshot.entries()) {
      if (isSignature(entry.file(), left.signatures())) {
        continue;
      }
      if (Exclusions.covers(excluded, entry.path())) {
        ignored.add(entry.path());
      } else {
        files.put(entry.path(), entry);
      }
    }
    List<String> linkedOut = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    for (Refused one : snapshot.refused()) {
      Path link = snapshot.root().resolve(one.path());
      if (Exclusions.covers(excluded, one.path())) {
        ignored.add(one.path());
      } else if (followLinks && isLink(one) && Files.isRegularFile(link)) {
        files.put(one.path(), new Entry(one.path(), Files.size(link), link.toRealPath()));
        if (one.reason() == Reason.LINK_OUTSIDE) {
          linkedOut.add(one.path() + " -> " + one.detail());
        }
      } else {
        refused.add(one.path() + " (" + describe(one) + ")");
      }
    }
    if (!refused.isEmpty()) {
      throw new CheckFailed(STEP, "regular files only", String.join(", ", refused));
    }
    return new ModelTree(isFile, files, ignored, linkedOut);
  }

  private static boolean isSignature(Path file, List<Path> signatures) throws IOException {
    for (Path signature : signatures) {
      if (Files.exists(signature) && Files.isSameFile(file, signature)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isLink(Refused refused) {
    return refused.reason() == Reason.LINK_INSIDE || refused.reason() == Reason.LINK_OUTSIDE;
  }

  private static String describe(Refused refused) {
    return isLink(refused) ? "symbolic link to " + refused.detail() : refused.detail();
  }

  /// The resources that these files make, digests still empty.
  static List<Resource> resources(String path, long size, long shardSize) {
    if (shardSize == 0) {
      return List.of(new Resource(path, 0, Resource.WHOLE, ""));
    }
    List<Resource> shards = new ArrayList<>();
    for (long start = 0; start < size; start += shardSize) {
      shards.add(new Resource(path, start, Math.min(start + shardSize, size), ""));
    }
    return shards;
  }

  /// Where the bytes of a resource are.
  static Stretch stretch(Resource resource, Entry entry) {
    return resource.end() == Resource.WHOLE
        ? Stretch.of(entry)
        : new Stretch(
            entry.file(),
            resource.start(),
            resource.end() - resource.start(),
            resource.end() == entry.size());
  }
}
