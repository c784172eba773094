package io.kuber.testkit.node;

import io.kuber.client.Client;
import io.kuber.client.Client.ListOptions;
import io.kuber.client.Client.ObjectList;
import io.kuber.client.Client.WatchListener;
import io.kuber.loop.Loop;
import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One watch on all pods, for all nodes: lists, follows, and lists again when the watch ends. Tells
 * its sink on the loop that owns both; the watch may call on another.
 */
final class PodWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PodWatch.class);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Client client;
  private final Loop loop;
  private final Sink sink;
  private AutoCloseable watch = () -> {};
  private boolean closed;

  PodWatch(Client client, Loop loop, Sink sink) {
    this.client = client;
    this.loop = loop;
    this.sink = sink;
  }

  /** Learns of pods. */
  interface Sink {
    /** These pods there are; all others are gone. */
    void all(List<KubeObject> pods);

    /** The pod is new, or has changed. */
    void seen(KubeObject pod);

    /** The pod is gone; this was its last state. */
    void gone(KubeObject pod);
  }

  void begin() {
    if (!closed) {
      client
          .list(Resources.PODS, "", ListOptions.ALL)
          .whenComplete((list, failure) -> loop.execute(() -> listed(list, failure)));
    }
  }

  private void listed(@Nullable ObjectList list, @Nullable Throwable failure) {
    if (closed) {
      return;
    }
    if (list == null) {
      LOG.warn("pods cannot be listed yet", failure);
      loop.schedule(RETRY, this::begin);
      return;
    }
    sink.all(list.objects());
    watch = client.watch(Resources.PODS, "", ListOptions.ALL, list.resourceVersion(), new Events());
  }

  @Override
  public void close() {
    closed = true;
    try {
      watch.close();
    } catch (Exception e) {
      LOG.warn("the watch on pods did not close", e);
    }
  }

  private final class Events implements WatchListener {
    @Override
    public void added(KubeObject pod) {
      loop.execute(() -> sink.seen(pod));
    }

    @Override
    public void modified(KubeObject pod) {
      loop.execute(() -> sink.seen(pod));
    }

    @Override
    public void deleted(KubeObject pod) {
      loop.execute(() -> sink.gone(pod));
    }

    @Override
    public void ended(RuntimeException reason) {
      LOG.debug("the watch on pods ended and begins anew", reason);
      loop.schedule(RETRY, PodWatch.this::begin);
    }
  }
}
