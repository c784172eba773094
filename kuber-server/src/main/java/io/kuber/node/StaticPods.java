package io.kuber.node;

import io.kuber.loop.Loop;
import io.kuber.object.KubeObject;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pods that files of this node declare, looked for again and again. Owned by the node's loop;
 * files are read on worker threads.
 */
final class StaticPods implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StaticPods.class);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final Manifests manifests;
  private final Loop loop;
  private final Executor workers;
  private final Consumer<Map<String, KubeObject>> listener;
  private boolean closed;

  /**
   * Looks at a directory once it is started.
   *
   * @param listener hears of all that there are by their uids, each time they were looked for
   */
  StaticPods(
      Manifests manifests,
      Loop loop,
      Executor workers,
      Consumer<Map<String, KubeObject>> listener) {
    this.manifests = manifests;
    this.loop = loop;
    this.workers = workers;
    this.listener = listener;
  }

  /** Begins to look; {@code first} runs when the listener has heard for the first time. */
  void start(Runnable first) {
    look(first);
  }

  private void look(Runnable then) {
    if (closed) {
      return;
    }
    try {
      workers.execute(
          () -> {
            Map<String, KubeObject> found = new LinkedHashMap<>();
            boolean isRead = read(found);
            loop.execute(() -> found(found, isRead, then));
          });
    } catch (RejectedExecutionException tooMuch) {
      loop.schedule(LOOK_AGAIN, () -> look(then));
    }
  }

  private boolean read(Map<String, KubeObject> found) {
    try {
      List<KubeObject> pods = manifests.read();
      pods.forEach(pod -> found.put(pod.uid(), pod));
      return true;
    } catch (IOException | RuntimeException e) {
      LOG.warn("pods of {} cannot be read: {}", manifests.directory(), Refusals.text(e));
      return false;
    }
  }

  private void found(Map<String, KubeObject> found, boolean isRead, Runnable then) {
    if (closed) {
      return;
    }
    if (isRead) {
      listener.accept(found);
    }
    then.run();
    loop.schedule(LOOK_AGAIN, () -> look(() -> {}));
  }

  @Override
  public void close() {
    closed = true;
  }
}
