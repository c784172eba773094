package io.kuber.node.feed;

import io.kuber.client.Client;
import io.kuber.client.Client.ListOptions;
import io.kuber.loop.Loop;
import io.kuber.object.KubeObject;
import io.kuber.resource.ResourceType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Tells of all objects of one type, each as it was last heard of. Owned by the loop. */
final class Follower implements ObjectFeed.Listener, AutoCloseable {
  private final ObjectFeed feed;
  private final News news;
  private final Runnable onChange;
  private final Set<String> known = new HashSet<>();
  private boolean complete;

  /** Hears of an object by its namespace and name, as it is now; null if it is gone. */
  interface News extends BiConsumer<String, @Nullable KubeObject> {}

  /**
   * @param onChange called after news, once for a list
   */
  Follower(
      Client client,
      ResourceType type,
      ListOptions options,
      Loop loop,
      News news,
      Runnable onChange) {
    this(client, type, "", options, loop, news, onChange);
  }

  /** The same of one namespace. */
  Follower(
      Client client,
      ResourceType type,
      String namespace,
      ListOptions options,
      Loop loop,
      News news,
      Runnable onChange) {
    this.feed = new ObjectFeed(client, type, namespace, options, loop, this);
    this.news = news;
    this.onChange = onChange;
  }

  void start() {
    feed.start();
  }

  /** Whether all objects have been listed once. */
  boolean isComplete() {
    return complete;
  }

  @Override
  public void listed(List<KubeObject> all) {
    Set<String> gone = new HashSet<>(known);
    for (KubeObject object : all) {
      gone.remove(key(object));
      tell(object);
    }
    gone.forEach(this::forget);
    complete = true;
    onChange.run();
  }

  @Override
  public void changed(KubeObject object) {
    tell(object);
    onChange.run();
  }

  @Override
  public void removed(KubeObject object) {
    forget(key(object));
    onChange.run();
  }

  private void tell(KubeObject object) {
    known.add(key(object));
    news.accept(key(object), object);
  }

  private void forget(String key) {
    known.remove(key);
    news.accept(key, null);
  }

  private static String key(KubeObject object) {
    return object.namespace() + "/" + object.name();
  }

  @Override
  public void close() {
    feed.close();
  }
}
