package io.kuber.server.route;

import io.kuber.http.ResponseStream;
import io.kuber.loop.Loop;
import io.kuber.loop.Loop.Timer;
import java.time.Duration;
import java.util.Iterator;
import java.util.function.Consumer;

/**
 * Carries the chunks of one answer to its client, as fast as the client takes them, and holds no
 * thread while it waits. Owned by one loop; signals from elsewhere only hand over.
 */
final class ListPump {
  /** A client that takes nothing for so long is cut off, so that what it asked for is let go. */
  static final Duration PATIENCE = Duration.ofMinutes(1);

  /** Chunks until other answers of the same loop have their turn. */
  private static final int TURN = 4;

  private static final Timer NONE = () -> {};

  private final Iterator<byte[]> chunks;
  private final ResponseStream stream;
  private final Loop loop;
  private final Consumer<Throwable> failed;
  private Timer patience = NONE;

  /** {@code failed} is told when a chunk cannot be made; it has to cut the answer off. */
  ListPump(Iterator<byte[]> chunks, ResponseStream stream, Loop loop, Consumer<Throwable> failed) {
    this.chunks = chunks;
    this.stream = stream;
    this.loop = loop;
    this.failed = failed;
  }

  void start() {
    stream.onClose(() -> loop.execute(() -> patience.cancel()));
    loop.execute(this::pump);
  }

  private void pump() {
    patience.cancel();
    try {
      carry();
    } catch (RuntimeException e) {
      failed.accept(e);
    }
  }

  private void carry() {
    for (int i = 0; i < TURN && !stream.isClosed(); i++) {
      if (!stream.isWritable()) {
        await();
        stream.onWritable(() -> loop.execute(this::pump));
        return;
      }
      if (!chunks.hasNext()) {
        stream.end();
        await();
        return;
      }
      stream.write(chunks.next());
    }
    if (!stream.isClosed()) {
      loop.execute(this::pump);
    }
  }

  private void await() {
    patience = loop.schedule(PATIENCE, stream::abort);
  }
}
