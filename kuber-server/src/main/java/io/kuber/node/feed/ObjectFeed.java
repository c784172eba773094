package io.kuber.node.feed;

import io.kuber.client.Client;
import io.kuber.client.Client.ListOptions;
import io.kuber.client.Client.ObjectList;
import io.kuber.client.Client.WatchListener;
import io.kuber.loop.Loop;
import io.kuber.object.KubeObject;
import io.kuber.resource.ResourceType;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the objects of one type: lists them, watches for changes, and lists again whenever the
 * watch ends. Fields belong to the loop; the listener is called on it.
 */
public final class ObjectFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ObjectFeed.class);

  /** Between the end of a watch, or a first list that failed, and the next list. */
  private static final Duration PAUSE = Duration.ofMillis(200);

  /** While lists go on to fail the pause doubles, up to this. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final Client client;
  private final ResourceType type;
  private final String namespace;
  private final ListOptions options;
  private final Loop loop;
  private final Listener listener;
  private @Nullable Following following;
  private Duration pause = PAUSE;
  private boolean closed;

  /** Hears of objects. */
  public interface Listener {
    /** These are all there are; those heard of before and not in the list are gone. */
    void listed(List<KubeObject> objects);

    /** The object is new or has changed. */
    void changed(KubeObject object);

    /** The object is gone; this is its last state. */
    void removed(KubeObject object);
  }

  /** A feed of all namespaces that {@link #start} sets going. */
  public ObjectFeed(
      Client client, ResourceType type, ListOptions options, Loop loop, Listener listener) {
    this(client, type, "", options, loop, listener);
  }

  /** A feed of one namespace that {@link #start} sets going. */
  public ObjectFeed(
      Client client,
      ResourceType type,
      String namespace,
      ListOptions options,
      Loop loop,
      Listener listener) {
    this.client = client;
    this.type = type;
    this.namespace = namespace;
    this.options = options;
    this.loop = loop;
    this.listener = listener;
  }

  /** Begins to follow; may be called from any thread. */
  public void start() {
    loop.execute(this::list);
  }

  private void list() {
    if (!closed) {
      client
          .list(type, namespace, options)
          .whenComplete((list, failure) -> loop.execute(() -> listed(list, failure)));
    }
  }

  private void listed(@Nullable ObjectList list, @Nullable Throwable failure) {
    if (closed) {
      return;
    }
    if (list == null) {
      LOG.warn("{} cannot be listed, trying again: {}", type.qualifiedName(), failure);
      loop.schedule(pause, this::list);
      Duration twice = pause.multipliedBy(2);
      pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
      return;
    }
    pause = PAUSE;
    listener.listed(list.objects());
    Following next = new Following();
    following = next;
    next.watch = client.watch(type, namespace, options, list.resourceVersion(), next);
  }

  /** Ends it; the listener is not called any more once the loop has come to it. Any thread. */
  @Override
  public void close() {
    loop.execute(
        () -> {
          closed = true;
          if (following != null) {
            following.end();
          }
        });
  }

  /** One watch; what it still has to say after its end is not heard. */
  private final class Following implements WatchListener {
    private @Nullable AutoCloseable watch;
    private boolean over;

    @Override
    public void added(KubeObject object) {
      changed(object);
    }

    @Override
    public void modified(KubeObject object) {
      changed(object);
    }

    private void changed(KubeObject object) {
      hear(() -> listener.changed(object));
    }

    @Override
    public void deleted(KubeObject object) {
      hear(() -> listener.removed(object));
    }

    @Override
    public void ended(RuntimeException reason) {
      hear(
          () -> {
            LOG.debug("the watch on {} ended: {}", type.qualifiedName(), reason.toString());
            end();
            loop.schedule(PAUSE, ObjectFeed.this::list);
          });
    }

    private void hear(Runnable news) {
      loop.execute(
          () -> {
            if (!over && !closed) {
              news.run();
            }
          });
    }

    private void end() {
      over = true;
      if (watch != null) {
        try {
          watch.close();
        } catch (Exception e) {
          LOG.warn("the watch on {} did not end well", type.qualifiedName(), e);
        }
      }
    }
  }
}
