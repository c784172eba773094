package io.kuber.node.image;

import io.kuber.container.ProcessSpec;
import io.kuber.linux.Syscalls;
import io.kuber.node.image.ImagePullException.Reason;
import io.kuber.node.image.layer.LayerLimits;
import io.kuber.node.image.layer.Unpacking;
import io.kuber.node.image.registry.Credentials;
import io.kuber.node.image.registry.ImagePlaces;
import io.kuber.node.image.registry.ImageReference;
import io.kuber.node.image.registry.ImageSource;
import io.kuber.node.image.registry.ImageSources;
import io.kuber.node.image.registry.Keyring;
import io.kuber.node.image.registry.Platform;
import io.kuber.node.image.registry.SourceException;
import io.kuber.node.image.registry.SourceException.Kind;
import io.kuber.node.image.store.ContentStore;
import io.kuber.node.image.store.StoredImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All images of a node: the built-in ones, and those that were pulled or can be. */
public final class ImageLibrary implements ImageStore {
  private static final Logger LOG = LoggerFactory.getLogger(ImageLibrary.class);

  private final BuiltInImages builtIn;
  private final ContentStore store;
  private final ImageSources sources;
  private final Layers layers;
  private final Pull pull;
  private final PullThreads threads;
  private final Janitor janitor;
  private final ImageStock stock;
  private final Flights<Wanted, Image> flights = new Flights<>();
  private final ConcurrentMap<Wanted, PullProgress> coming = new ConcurrentHashMap<>();
  private final InstantSource clock;

  ImageLibrary(
      BuiltInImages builtIn,
      ContentStore store,
      ImageSources sources,
      InstantSource clock,
      Retries.Pause pause) {
    this.builtIn = builtIn;
    this.store = store;
    this.sources = sources;
    this.clock = clock;
    this.threads = PullThreads.start();
    this.layers =
        new Layers(store, new Unpacking(Syscalls.linux(), LayerLimits.DEFAULT), threads.layers());
    Retries retries = new Retries(pause);
    this.pull = new Pull(store, layers, retries, clock, Platform.host());
    this.janitor = new Janitor(store, clock);
    this.stock = new ImageStock(store, sources, layers, pull, retries, janitor, clock);
  }

  /** All images of a directory, and those that {@code places} have. */
  public static ImageLibrary open(Path directory, ImagePlaces places, InstantSource clock)
      throws IOException {
    return open(directory, new BuiltInImages(directory), places, clock);
  }

  static ImageLibrary open(
      Path directory, BuiltInImages builtIn, ImagePlaces places, InstantSource clock)
      throws IOException {
    ContentStore store = ContentStore.open(directory.resolve("content"));
    return new ImageLibrary(builtIn, store, new ImageSources(places), clock, Retries.Pause.REAL);
  }

  /** What makes two pulls the same. */
  private record Wanted(ImageReference reference, List<Credentials> credentials) {}

  @Override
  public Optional<Image> present(String reference) {
    ImageReference wanted = parse(reference);
    Optional<Image> known = builtIn.present(reference);
    return known.isPresent() ? known : stored(wanted).map(found -> image(wanted, found));
  }

  /** A digest decides, whatever tag stands beside it. */
  private Optional<StoredImage> stored(ImageReference wanted) {
    return store.find(wanted.digest().map(wanted::with).orElse(wanted.name() + ":" + wanted.tag()));
  }

  private static ImageReference parse(String reference) {
    try {
      return ImageReference.parse(reference);
    } catch (IllegalArgumentException e) {
      throw new ImagePullException(
          Reason.INVALID_NAME,
          "Failed to apply default image tag \"%s\": couldn't parse image name \"%s\": %s"
              .formatted(reference, reference, e.getMessage()));
    }
  }

  @Override
  public CompletionStage<Image> pull(
      String reference, List<PullSecret> secrets, PullListener listener) {
    Keyring keyring = Keyring.EMPTY;
    for (PullSecret secret : secrets) {
      try {
        keyring = keyring.plus(secret.keyring());
      } catch (IllegalArgumentException e) {
        LOG.warn("a secret to pull {} with has no credentials: {}", reference, e.getMessage());
      }
    }
    return pull(reference, keyring, listener);
  }

  CompletionStage<Image> pull(String reference, Keyring keyring, PullListener listener) {
    ImageReference wanted = parse(reference);
    Optional<Image> known = builtIn.present(reference);
    if (known.isPresent()) {
      return CompletableFuture.completedStage(known.get());
    }
    Wanted key = new Wanted(wanted, keyring.find(wanted.name()));
    PullProgress progress = coming.computeIfAbsent(key, none -> new PullProgress(clock));
    progress.add(listener);
    return flights
        .join(
            key,
            () ->
                CompletableFuture.supplyAsync(
                    () -> pull(wanted, keyring, progress), threads.images()))
        .whenComplete((image, failure) -> coming.remove(key, progress));
  }

  private Image pull(ImageReference wanted, Keyring keyring, PullNews news) {
    try {
      return image(wanted, pullFromAny(wanted, keyring, news));
    } catch (IOException | UncheckedIOException e) {
      throw new ImagePullException(PullFailure.text(wanted, e), e);
    }
  }

  /** The failure that is told is the registry's own, since that is what people know of. */
  private StoredImage pullFromAny(ImageReference wanted, Keyring keyring, PullNews news)
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

  /** The same images for those who make them and pass them on. */
  public ImageStock stock() {
    return stock;
  }

  private Image image(ImageReference wanted, StoredImage stored) {
    janitor.used(stored.id());
    return new Image(
        wanted.toString(),
        id(wanted, stored),
        directories(store, stored),
        List.of(),
        config(stored));
  }

  /** The directories of an image's layers, topmost first. */
  static List<Path> directories(ContentStore store, StoredImage stored) {
    List<Path> topmostFirst = new ArrayList<>();
    stored.layers().forEach(layer -> topmostFirst.add(store.directory(layer.digest())));
    Collections.reverse(topmostFirst);
    return topmostFirst;
  }

  static ImageConfig config(StoredImage stored) {
    return new ImageConfig(
        stored.entrypoint(),
        stored.command(),
        environment(stored),
        stored.user(),
        stored.workingDirectory(),
        stored.stopSignal());
  }

  /** As a container's status has it: the name with a digest, of this repository if there is one. */
  private static String id(ImageReference wanted, StoredImage stored) {
    return stored.names().stream()
        .filter(name -> name.indexOf('@') >= 0)
        .min(Comparator.comparing(name -> !name.startsWith(wanted.name() + "@")))
        .orElse(stored.id().toString());
  }

  private static Map<String, String> environment(StoredImage stored) {
    Map<String, String> environment = new LinkedHashMap<>(stored.environment());
    environment.putIfAbsent("PATH", ProcessSpec.DEFAULT_PATH);
    return environment;
  }

  @Override
  public List<ImageSummary> list() {
    Comparator<String> digestsFirst = Comparator.comparing(name -> name.indexOf('@') < 0);
    return store.images().stream()
        .map(
            image ->
                new ImageSummary(
                    image.names().stream().sorted(digestsFirst).toList(), image.bytes()))
        .sorted(Comparator.comparing(ImageSummary::bytes).reversed())
        .toList();
  }

  @Override
  public void collect(Set<String> inUse) {
    janitor.collect(inUse, flights.isEmpty() && layers.areIdle());
  }

  @Override
  public void close() {
    threads.close();
  }
}
