package io.kuber.client.local;

import io.kuber.api.ApiAnswer;
import io.kuber.api.ApiException;
import io.kuber.api.WatchStream;
import io.kuber.api.WatchStream.Event;
import io.kuber.client.Client.WatchListener;
import io.kuber.loop.Loop;
import io.kuber.object.KubeObject;
import io.kuber.resource.Served;
import io.kuber.store.Stored;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Hands the events of a stream to a listener, on the loop that owns both. */
final class LocalWatch implements AutoCloseable {
  /** Events handed over before other tasks of the loop get their turn. */
  private static final int BATCH = 256;

  private final Loop loop;
  private final WatchListener listener;
  private @Nullable WatchStream stream;
  private @Nullable Served served;
  private boolean closed;

  LocalWatch(Loop loop, WatchListener listener) {
    this.loop = loop;
    this.listener = listener;
  }

  /** Called once the API has answered, on any thread. */
  void begin(@Nullable ApiAnswer answer, @Nullable Throwable failure) {
    loop.execute(
        () -> {
          if (answer instanceof ApiAnswer.Watching watching) {
            start(watching);
          } else if (!closed) {
            listener.ended(cause(failure));
          }
        });
  }

  private void start(ApiAnswer.Watching opened) {
    stream = opened.stream();
    served = opened.served();
    if (closed) {
      opened.stream().close();
    } else {
      opened.stream().onReady(() -> loop.execute(this::deliver));
    }
  }

  private void deliver() {
    WatchStream open = stream;
    if (closed || open == null) {
      return;
    }
    List<Event> events;
    try {
      events = open.poll(BATCH);
    } catch (ApiException expired) {
      end();
      listener.ended(expired);
      return;
    }
    events.forEach(this::deliver);
    if (!events.isEmpty()) {
      loop.execute(this::deliver);
    }
  }

  private void deliver(Event event) {
    Stored stored = event.stored();
    if (closed || stored == null || served == null) {
      return;
    }
    KubeObject object = served.fromStored(stored.object());
    switch (event.type()) {
      case ADDED -> listener.added(object);
      case MODIFIED -> listener.modified(object);
      case DELETED -> listener.deleted(object);
      default -> {}
    }
  }

  private static RuntimeException cause(@Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof RuntimeException known
        ? known
        : new IllegalStateException("the API answered a watch with something else", cause);
  }

  private void end() {
    closed = true;
    if (stream != null) {
      stream.close();
    }
  }

  @Override
  public void close() {
    loop.execute(this::end);
  }
}
