package io.kuber.engine.image;

import io.kuber.engine.EngineException;
import io.kuber.engine.wire.ProgressLines;
import io.kuber.node.image.PullNews;
import io.kuber.node.image.registry.Credentials;
import io.kuber.node.image.registry.Descriptor;
import io.kuber.node.image.registry.Digest;
import io.kuber.node.image.registry.ImageReference;
import io.kuber.node.image.registry.SourceException;
import io.kuber.node.image.store.StoredImage;
import io.kuber.object.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Pulls images in the words of Docker, whose clients draw bars of them. */
final class ImagePull {
  private final Images images;

  ImagePull(Images images) {
    this.images = images;
  }

  /** Where lines go; opened when there is one to say. */
  @FunctionalInterface
  interface Lines {
    ProgressLines open() throws IOException;
  }

  /**
   * Pulls an image.
   *
   * @throws EngineException when the registry does not give it
   */
  StoredImage run(ImageReference wanted, List<Credentials> credentials, Lines lines)
      throws IOException {
    News news = new News(wanted, lines);
    Optional<StoredImage> before = images.stock().store().find(Names.stored(wanted));
    StoredImage pulled;
    try {
      pulled = images.stock().pull(wanted, Credential.keyring(wanted, credentials), news);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (IOException e) {
      throw refusal(wanted, e);
    }
    boolean isSame = before.filter(old -> old.id().equals(pulled.id())).isPresent();
    String name = Names.familiar(wanted);
    ProgressLines out = news.out();
    news.digest.ifPresent(digest -> news.say(() -> out.status("Digest: " + digest)));
    out.status(
        "Status: " + (isSame ? "Image is up to date for " : "Downloaded newer image for ") + name);
    images.tell("pull", pulled.id(), name);
    return pulled;
  }

  private static EngineException refusal(ImageReference wanted, IOException failure) {
    String message = String.valueOf(failure.getMessage());
    if (failure instanceof SourceException no) {
      switch (no.kind()) {
        case ABSENT -> {
          return new EngineException(
              404,
              "manifest for " + Names.familiar(wanted) + " not found: manifest unknown: " + message,
              failure);
        }
        case DENIED -> {
          return new EngineException(
              404,
              "pull access denied for "
                  + wanted.familiarName()
                  + ", repository does not exist or may require 'docker login': denied: "
                  + message,
              failure);
        }
        case BUSY, WRONG -> {}
      }
    }
    return new EngineException(500, message, failure);
  }

  /** Tells of layers as they come, on their threads. */
  private static final class News implements PullNews {
    private static final long LINE_BYTES = 512 << 10;

    private final ImageReference wanted;
    private final Lines lines;
    private final Map<Digest, Long> told = new ConcurrentHashMap<>();
    private volatile Optional<Digest> digest = Optional.empty();

    private News(ImageReference wanted, Lines lines) {
      this.wanted = wanted;
      this.lines = lines;
    }

    @FunctionalInterface
    private interface Line {
      void write() throws IOException;
    }

    /** A client that is gone ends its pull. */
    private void say(Line line) {
      try {
        line.write();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private ProgressLines out() throws IOException {
      return lines.open();
    }

    @Override
    public boolean keepsArchives() {
      return true;
    }

    @Override
    public void found(Digest manifest, List<Descriptor> layers) {
      digest = Optional.of(manifest);
      String version = wanted.version();
      say(
          () ->
              out().line(Tree.of("status", "Pulling from " + wanted.repository(), "id", version)));
      layers.forEach(layer -> status(layer, "Pulling fs layer"));
    }

    private void status(Descriptor layer, String text) {
      say(() -> out().status(Names.shortId(layer.digest().hex()), text));
    }

    @Override
    public void here(Descriptor layer) {
      status(layer, "Already exists");
    }

    @Override
    public void downloading(Descriptor layer, long bytes) {
      long before = told.getOrDefault(layer.digest(), 0L);
      if (bytes - before >= LINE_BYTES || bytes == layer.size()) {
        told.put(layer.digest(), bytes);
        String id = Names.shortId(layer.digest().hex());
        say(() -> out().progress(id, "Downloading", bytes, layer.size()));
      }
    }

    @Override
    public void downloaded(Descriptor layer) {
      status(layer, "Download complete");
    }

    @Override
    public void complete(Descriptor layer) {
      status(layer, "Pull complete");
    }
  }
}
