package io.kuber.node.image;

import io.kuber.linux.Syscalls;
import io.kuber.node.image.registry.Credentials;
import io.kuber.node.image.registry.Descriptor;
import io.kuber.node.image.registry.Digest;
import io.kuber.node.image.registry.ImageReference;
import io.kuber.node.image.registry.ImageSettings;
import io.kuber.node.image.registry.ImageSource;
import io.kuber.node.image.registry.ImageSources;
import io.kuber.node.image.registry.Keyring;
import io.kuber.node.image.registry.SourceException;
import io.kuber.node.image.registry.SourceException.Kind;
import io.kuber.node.image.store.ContentStore;
import io.kuber.node.image.store.Provenance;
import io.kuber.node.image.store.StoredImage;
import io.kuber.node.image.store.StoredImage.StoredLayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The images of a machine for those who make them and pass them on, as a container engine does.
 * Methods block; for any thread.
 */
public final class ImageStock {
  private final ContentStore store;
  private final ImageSources sources;
  private final Layers layers;
  private final Pull pull;
  private final Retries retries;
  private final Janitor janitor;
  private final InstantSource clock;

  ImageStock(
      ContentStore store,
      ImageSources sources,
      Layers layers,
      Pull pull,
      Retries retries,
      Janitor janitor,
      InstantSource clock) {
    this.store = store;
    this.sources = sources;
    this.layers = layers;
    this.pull = pull;
    this.retries = retries;
    this.janitor = janitor;
    this.clock = clock;
  }

  /** The images and all that belongs to them. */
  public ContentStore store() {
    return store;
  }

  /** The registries. */
  public ImageSources sources() {
    return sources;
  }

  /** What the time is. */
  public Instant now() {
    return clock.instant();
  }

  /** Has images count as in use when the disk is too full. */
  public void mind(Predicate<Digest> inUse) {
    janitor.mind(inUse);
  }

  /**
   * Fetches an image, even when one of that name is here.
   *
   * @throws IOException with the reason of the last place that was asked
   */
  public StoredImage pull(ImageReference wanted, Keyring keyring, PullNews news)
      throws IOException {
    IOException last = new SourceException(Kind.ABSENT, wanted + ": nobody to ask");
    for (ImageSource source : sources.of(wanted, keyring)) {
      try {
        return pull.run(wanted, source, news);
      } catch (IOException e) {
        last = e;
      }
    }
    throw last;
  }

  /** Whether pods have an image, as far as the node knows. */
  public boolean podsHave(StoredImage image) {
    return janitor.podsHave(image.id());
  }

  /** What a container of an image is made of. */
  public Image image(StoredImage stored, String reference) {
    janitor.lent(stored.id());
    return new Image(
        reference,
        stored.id().toString(),
        ImageLibrary.directories(store, stored),
        List.of(),
        ImageLibrary.config(stored));
  }

  /**
   * The layer that a packed one in the store's blobs becomes, made if it is not there.
   *
   * @param layer the digest of what is in it, unpacked
   */
  public StoredLayer layer(Digest blob, Digest layer) throws IOException {
    Optional<StoredLayer> here = store.layer(layer);
    return here.isPresent() ? here.get() : layers.unpack(blob, store.blob(blob), layer);
  }

  /**
   * Records an image whose layers are here.
   *
   * @param names to add
   */
  public StoredImage register(Provenance provenance, List<String> names, List<StoredLayer> stored)
      throws IOException {
    ImageSettings settings = ImageSettings.parse(provenance.config());
    Digest id = Digest.sha256(provenance.config());
    List<Path> topmostFirst =
        new ArrayList<>(stored.stream().map(layer -> store.directory(layer.digest())).toList());
    Collections.reverse(topmostFirst);
    if (store.get(id).isEmpty() || store.provenance(id).isEmpty()) {
      store.describe(id, provenance);
    }
    return store.put(
        new StoredImage(
            id,
            names,
            stored,
            settings.entrypoint(),
            settings.command(),
            settings.environment(),
            new UserNames(Syscalls.linux(), topmostFirst).resolve(settings.user()),
            settings.workingDirectory(),
            settings.stopSignal(),
            clock.instant()));
  }

  /** {@code uid:gid} of a user of an image; as it was where its files do not know it. */
  public String userNumbers(String user, List<Path> topmostFirst) throws IOException {
    return new UserNames(Syscalls.linux(), topmostFirst).resolve(user);
  }

  /**
   * The file of a packed layer of an image, fetched again where only its directory was kept.
   *
   * @throws IOException when no registry that the image came from gives it
   */
  public Path archive(StoredImage image, Descriptor blob, List<Credentials> credentials)
      throws IOException {
    Path file = store.blob(blob.digest());
    if (Files.isRegularFile(file)) {
      return file;
    }
    IOException last =
        new IOException(
            "layer %s of %s is not kept in its packed form; pull the image again"
                .formatted(blob.digest(), image.id()));
    for (String name : image.names()) {
      if (name.indexOf('@') < 0) {
        continue;
      }
      ImageReference from = ImageReference.parse(name);
      Keyring keyring = Keyring.of(from.registry(), credentials);
      for (ImageSource source : sources.of(from, keyring)) {
        try {
          Path coming = store.ingest(blob.digest());
          new Download(source, retries).file(blob, coming);
          store.adoptBlob(coming, blob.digest());
          return file;
        } catch (IOException e) {
          last.addSuppressed(e);
        }
      }
    }
    throw last;
  }
}
