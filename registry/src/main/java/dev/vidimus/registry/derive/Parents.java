package dev.vidimus.registry.derive;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.ledger.tlog.TileSource;
import dev.vidimus.lineage.tensors.Model;
import dev.vidimus.lineage.tensors.ModelPlaces;
import dev.vidimus.lineage.tensors.ModelReader;
import dev.vidimus.registry.blob.BlobStore;
import dev.vidimus.registry.home.Home;
import dev.vidimus.registry.intake.Fetched;
import dev.vidimus.registry.intake.Requarantine;
import dev.vidimus.registry.intake.Staging;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Models of the registry, put together out of what is kept of them, until they are closed.
final class Parents implements Closeable {
  private final Home home;
  private final BlobStore blobs;
  private final TileSource log;
  private final ModelReader reader;
  private final Map<String, Model> opened = new HashMap<>();
  private final List<Staging> stagings = new ArrayList<>();

  Parents(Home home, BlobStore blobs, TileSource log, ModelReader reader) {
    this.home = home;
    this.blobs = blobs;
    this.log = log;
    this.reader = reader;
  }

  /// Opens one, once.
  ///
  /// @throws IOException if it is not kept, or not whole
  /// @throws FormatException if it has no weights that are read
  Model open(Requarantine.Known known) throws IOException, FormatException {
    String snapshot = known.artifact().snapshot();
    Model model = opened.get(snapshot);
    if (model == null) {
      Staging staging = Staging.begin(home);
      stagings.add(staging);
      Fetched fetched = Requarantine.fetch(known, blobs, log, staging);
      model = reader.open(fetched.root());
      if (!ModelPlaces.isPlain(model, size(known))) {
        model.close();
        throw new IOException("views that have far more bytes than the files");
      }
      opened.put(snapshot, model);
    }
    return model;
  }

  private long size(Requarantine.Known known) throws IOException {
    long size = 0;
    for (Digest file : known.files().values()) {
      size += Files.size(blobs.path(file));
    }
    return size;
  }

  @Override
  public void close() throws IOException {
    try {
      for (Model model : opened.values()) {
        model.close();
      }
    } finally {
      for (Staging staging : stagings) {
        staging.close();
      }
    }
  }
}
