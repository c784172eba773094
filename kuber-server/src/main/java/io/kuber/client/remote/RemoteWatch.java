package io.kuber.client.remote;

import io.kuber.api.ApiException;
import io.kuber.api.StatusReason;
import io.kuber.client.Client.WatchListener;
import io.kuber.json.Json;
import io.kuber.json.MalformedException;
import io.kuber.loop.Loop;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Flow;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The events of one watch, line by line: each goes to the listener on the loop, and only then is
 * the next one read. It ends once, for whatever reason comes first.
 */
final class RemoteWatch implements Flow.Subscriber<String>, AutoCloseable {
  private final Loop loop;
  private final WatchListener listener;
  private final AtomicBoolean over = new AtomicBoolean();
  private volatile @Nullable Subscription lines;

  RemoteWatch(Loop loop, WatchListener listener) {
    this.loop = loop;
    this.listener = listener;
  }

  boolean isOver() {
    return over.get();
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    lines = subscription;
    if (over.get()) {
      subscription.cancel();
    } else {
      subscription.request(1);
    }
  }

  @Override
  public void onNext(String line) {
    loop.execute(() -> deliver(line));
  }

  private void deliver(String line) {
    if (over.get()) {
      return;
    }
    try {
      Tree event = Json.parse(line.getBytes(StandardCharsets.UTF_8));
      Tree object = event.tree("object");
      switch (event.text("type")) {
        case "ADDED" -> listener.added(KubeObject.of(object));
        case "MODIFIED" -> listener.modified(KubeObject.of(object));
        case "DELETED" -> listener.deleted(KubeObject.of(object));
        case "ERROR" -> broke(Refusals.of((int) object.number(0, "code"), object));
        default -> {}
      }
    } catch (MalformedException e) {
      broke(new ApiException(StatusReason.INTERNAL_ERROR, "an event cannot be read: " + e));
    }
    Subscription more = lines;
    if (more != null && !over.get()) {
      more.request(1);
    }
  }

  @Override
  public void onError(Throwable failure) {
    broke(
        new ApiException(
            StatusReason.SERVICE_UNAVAILABLE, "the connection of a watch broke: " + failure));
  }

  /** The server ends watches from time to time. */
  @Override
  public void onComplete() {
    broke(new ApiException(StatusReason.EXPIRED, "the server has ended the watch"));
  }

  /** Ends, behind all that was delivered, and tells why; any thread. */
  void broke(RuntimeException reason) {
    loop.execute(
        () -> {
          if (over.compareAndSet(false, true)) {
            cancel();
            listener.ended(reason);
          }
        });
  }

  private void cancel() {
    Subscription open = lines;
    if (open != null) {
      open.cancel();
    }
  }

  @Override
  public void close() {
    over.set(true);
    cancel();
  }
}
