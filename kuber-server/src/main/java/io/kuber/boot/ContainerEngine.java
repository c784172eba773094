package io.kuber.boot;

import io.kuber.engine.wire.Errors;
import io.kuber.http.StreamExchange;
import io.kuber.http.UnixServer;
import io.kuber.linux.PrivateDirectory;
import io.kuber.node.image.ImageLibrary;
import io.kuber.node.image.registry.ImagePlaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * A container engine that listens: what Docker's clients and {@code kuber docker} talk to. Its
 * parts are made with the first call, so that an engine that nobody uses is a socket and a thread;
 * where an earlier run has left containers they are made at once. For any thread; what it makes is
 * in the network namespace of the thread that opens it.
 */
public final class ContainerEngine implements AutoCloseable {
  private final EnginePlace place;
  private final ImageLibrary images;
  private final InstantSource clock;
  private @Nullable UnixServer server;
  private @Nullable EngineParts parts;
  private boolean isClosed;

  private ContainerEngine(EnginePlace place, ImageLibrary images, InstantSource clock) {
    this.place = place;
    this.images = images;
    this.clock = clock;
  }

  /**
   * Opens an engine and listens.
   *
   * @param images those of the machine, which the caller closes
   * @throws IOException when the socket is somebody else's, or files fail
   */
  public static ContainerEngine open(EnginePlace place, ImageLibrary images, InstantSource clock)
      throws IOException {
    ContainerEngine engine = new ContainerEngine(place, images, clock);
    try {
      if (Files.exists(place.directory())) {
        engine.parts();
      }
      engine.server = UnixServer.start(place.socket(), Errors.SHAPE, engine::answer);
      return engine;
    } catch (IOException | RuntimeException | Error e) {
      engine.close();
      throw e;
    }
  }

  /**
   * Opens an engine without a cluster, with images of its own.
   *
   * @param dataDir where everything is kept, made for its owner alone where it is missing
   */
  public static AutoCloseable alone(Path dataDir, ImagePlaces places) throws IOException {
    PrivateDirectory.makeIfMissing(dataDir);
    InstantSource clock = InstantSource.system();
    Teardown teardown = new Teardown();
    try {
      Path kept = PrivateDirectory.make(dataDir.resolve("node")).resolve("images");
      ImageLibrary images = teardown.add(ImageLibrary.open(kept, places, clock));
      teardown.add(open(EnginePlace.alone(dataDir), images, clock));
      return teardown;
    } catch (IOException | RuntimeException | Error e) {
      teardown.close();
      throw e;
    }
  }

  private void answer(StreamExchange exchange) throws IOException {
    parts().routes().handle(exchange);
  }

  private synchronized EngineParts parts() throws IOException {
    EngineParts made = parts;
    if (isClosed) {
      throw new IOException("the engine is closed");
    }
    if (made == null) {
      made = EngineParts.open(place, images, clock);
      parts = made;
    }
    return made;
  }

  /** Listens no more, ends containers and takes everything out of the kernel. May be repeated. */
  @Override
  public synchronized void close() throws IOException {
    isClosed = true;
    try {
      if (server != null) {
        server.close();
      }
    } finally {
      if (parts != null) {
        parts.close();
      }
    }
  }
}
