package io.kuber.node.image;

import io.kuber.linux.Syscalls;
import io.kuber.node.image.registry.Descriptor;
import io.kuber.node.image.registry.Digest;
import io.kuber.node.image.registry.ImageReference;
import io.kuber.node.image.registry.ImageSettings;
import io.kuber.node.image.registry.ImageSource;
import io.kuber.node.image.registry.Manifest;
import io.kuber.node.image.registry.Platform;
import io.kuber.node.image.registry.SourceException;
import io.kuber.node.image.registry.SourceException.Kind;
import io.kuber.node.image.store.ContentStore;
import io.kuber.node.image.store.Provenance;
import io.kuber.node.image.store.StoredImage;
import io.kuber.node.image.store.StoredImage.StoredLayer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Brings one image from one source: manifest, choice of the platform, configuration, layers.
 * Blocks; layers come at the same time on the threads of {@link Layers}.
 */
final class Pull {
  /** An overlay takes no more; Docker makes no more than half as many. */
  private static final int MOST_LAYERS = 250;

  private final ContentStore store;
  private final Layers layers;
  private final Retries retries;
  private final InstantSource clock;
  private final Platform platform;

  Pull(ContentStore store, Layers layers, Retries retries, InstantSource clock, Platform platform) {
    this.store = store;
    this.layers = layers;
    this.retries = retries;
    this.clock = clock;
    this.platform = platform;
  }

  /** Brings the image and records it, telling how far it is. */
  StoredImage run(ImageReference reference, ImageSource source, PullNews news) throws IOException {
    byte[] first = retries.run(() -> source.manifest(reference.version()));
    Digest digest = reference.digest().orElseGet(() -> Digest.sha256(first));
    if (!digest.isOf(first)) {
      throw wrong(source, "gives a manifest that is not " + digest);
    }
    byte[] own = single(source, first);
    Manifest.Single manifest = (Manifest.Single) Manifest.parse(own);
    Download download = new Download(source, retries, news);
    byte[] config = new Download(source, retries).bytes(manifest.config(), ImageSettings.MAX_BYTES);
    ImageSettings settings = ImageSettings.parse(config);
    check(source, manifest, settings);
    news.found(digest, manifest.layers());
    List<Digest> wanted = new ArrayList<>(settings.layers());
    manifest.layers().forEach(layer -> wanted.add(layer.digest()));
    ContentStore.Hold hold = store.hold(wanted);
    try {
      List<StoredLayer> stored = bring(download, manifest, settings);
      if (store.provenance(manifest.config().digest()).isEmpty()) {
        store.describe(manifest.config().digest(), Provenance.foreign(config, own));
      }
      return store.put(record(reference, digest, manifest.config().digest(), settings, stored));
    } finally {
      hold.close();
    }
  }

  private byte[] single(ImageSource source, byte[] first) throws IOException {
    if (!(Manifest.parse(first) instanceof Manifest.Choice choice)) {
      return first;
    }
    Descriptor best =
        choice
            .best(platform)
            .orElseThrow(() -> wrong(source, "has no match for platform " + platform));
    byte[] bytes = retries.run(() -> source.manifest(best.digest().toString()));
    if (bytes.length != best.size() || !best.digest().isOf(bytes)) {
      throw wrong(source, "gives a manifest that is not " + best.digest());
    }
    if (Manifest.parse(bytes) instanceof Manifest.Single) {
      return bytes;
    }
    throw wrong(source, "has a list of lists of images");
  }

  private void check(ImageSource source, Manifest.Single manifest, ImageSettings settings)
      throws IOException {
    int count = settings.layers().size();
    if (count == 0 || count != manifest.layers().size()) {
      throw wrong(
          source,
          "has %d layers and digests of %d: it is no image to run"
              .formatted(manifest.layers().size(), count));
    }
    if (count > MOST_LAYERS) {
      throw wrong(source, "has " + count + " layers; " + MOST_LAYERS + " may be");
    }
    if (platform.fit(settings.platform()) == 0) {
      throw wrong(source, "is for " + settings.platform() + ", and this machine is " + platform);
    }
  }

  private List<StoredLayer> bring(
      Download download, Manifest.Single manifest, ImageSettings settings) throws IOException {
    List<CompletableFuture<StoredLayer>> coming = new ArrayList<>();
    for (int i = 0; i < settings.layers().size(); i++) {
      coming.add(layers.bring(download, manifest.layers().get(i), settings.layers().get(i)));
    }
    try {
      // All of them end before this does, so that what is held stays held until then.
      CompletableFuture.allOf(coming.toArray(CompletableFuture[]::new)).join();
      return coming.stream().map(CompletableFuture::join).toList();
    } catch (CompletionException e) {
      throw e.getCause() instanceof UncheckedIOException wrapped
          ? wrapped.getCause()
          : new IOException(String.valueOf(e.getCause()), e);
    }
  }

  private StoredImage record(
      ImageReference reference,
      Digest manifest,
      Digest id,
      ImageSettings settings,
      List<StoredLayer> stored)
      throws IOException {
    List<String> names = new ArrayList<>();
    names.add(reference.with(manifest));
    if (!reference.tag().isEmpty()) {
      names.add(reference.name() + ":" + reference.tag());
    }
    Instant now = clock.instant();
    List<Path> topmostFirst =
        new ArrayList<>(stored.stream().map(layer -> store.directory(layer.digest())).toList());
    Collections.reverse(topmostFirst);
    return new StoredImage(
        id,
        names,
        stored,
        settings.entrypoint(),
        settings.command(),
        settings.environment(),
        new UserNames(Syscalls.linux(), topmostFirst).resolve(settings.user()),
        settings.workingDirectory(),
        settings.stopSignal(),
        now);
  }

  private static SourceException wrong(ImageSource source, String why) {
    return new SourceException(Kind.WRONG, source.place() + " " + why);
  }
}
