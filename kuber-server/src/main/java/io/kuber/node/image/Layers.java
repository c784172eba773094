package io.kuber.node.image;

import io.kuber.node.image.layer.Unpacking;
import io.kuber.node.image.layer.Unpacking.Unpacked;
import io.kuber.node.image.registry.Descriptor;
import io.kuber.node.image.registry.Digest;
import io.kuber.node.image.registry.SourceException;
import io.kuber.node.image.registry.SourceException.Kind;
import io.kuber.node.image.store.ContentStore;
import io.kuber.node.image.store.StoredImage.StoredLayer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Brings layers into the store: downloaded, unpacked beside the others, and renamed into place once
 * the digest of the archive is right. A layer that several images want at once comes once.
 */
final class Layers {
  private final ContentStore store;
  private final Unpacking unpacking;
  private final Executor threads;
  private final Flights<Digest, StoredLayer> flights = new Flights<>();

  Layers(ContentStore store, Unpacking unpacking, Executor threads) {
    this.store = store;
    this.unpacking = unpacking;
    this.threads = threads;
  }

  /**
   * Has a layer in the store.
   *
   * @param blob what to download
   * @param layer the digest of what is in it, unpacked
   */
  CompletableFuture<StoredLayer> bring(Download download, Descriptor blob, Digest layer) {
    return flights.join(
        layer,
        () ->
            CompletableFuture.supplyAsync(
                () -> {
                  try {
                    Optional<StoredLayer> here = store.layer(layer);
                    here.ifPresent(there -> download.news().here(blob));
                    return here.isPresent() ? here.get() : fetch(download, blob, layer);
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                },
                threads));
  }

  boolean areIdle() {
    return flights.isEmpty();
  }

  private StoredLayer fetch(Download download, Descriptor blob, Digest layer) throws IOException {
    Path file = store.ingest(blob.digest());
    download.file(blob, file);
    download.news().downloaded(blob);
    StoredLayer stored = unpack(blob.digest(), file, layer);
    if (download.news().keepsArchives()) {
      store.adoptBlob(file, blob.digest());
    } else {
      Files.deleteIfExists(file);
    }
    download.news().complete(blob);
    return stored;
  }

  /**
   * Makes a layer of an archive that is here.
   *
   * @param blob the digest of the file
   * @param layer the digest of what is in it, unpacked
   */
  StoredLayer unpack(Digest blob, Path file, Digest layer) throws IOException {
    Path staged = store.stage();
    try (InputStream packed = Files.newInputStream(file)) {
      Unpacked unpacked = unpacking.unpack(blob.toString(), packed, layer.hasher(), staged);
      if (!unpacked.hex().equals(layer.hex())) {
        throw new SourceException(
            Kind.WRONG,
            "layer %s has the digest %s:%s unpacked, not %s as the image says"
                .formatted(blob, layer.algorithm(), unpacked.hex(), layer));
      }
      return store.adopt(staged, new StoredLayer(layer, unpacked.bytes()));
    } catch (IOException | RuntimeException e) {
      store.discard(staged);
      throw e;
    }
  }
}
