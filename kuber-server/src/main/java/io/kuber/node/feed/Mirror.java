package io.kuber.node.feed;

import io.kuber.client.Client;
import io.kuber.client.Client.ListOptions;
import io.kuber.loop.Loop;
import io.kuber.object.KubeObject;
import io.kuber.resource.ResourceType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All objects of one type as the node last heard of them. Owned by the loop. */
public final class Mirror implements ObjectFeed.Listener, AutoCloseable {
  private final ObjectFeed feed;
  private final Runnable onChange;
  private final Map<String, KubeObject> objects = new TreeMap<>();
  private boolean complete;

  /** A mirror of all objects of the type that {@link #start} sets going. */
  public Mirror(Client client, ResourceType type, Loop loop, Runnable onChange) {
    this(client, type, ListOptions.ALL, loop, onChange);
  }

  /**
   * A mirror of some of the objects.
   *
   * @param onChange runs on the loop whenever something else is seen
   */
  public Mirror(
      Client client, ResourceType type, ListOptions options, Loop loop, Runnable onChange) {
    this.feed = new ObjectFeed(client, type, options, loop, this);
    this.onChange = onChange;
  }

  /** Begins to follow; may be called from any thread. */
  public void start() {
    feed.start();
  }

  /** Whether all objects have been listed once. */
  public boolean isComplete() {
    return complete;
  }

  /** By namespace and name. */
  public Collection<KubeObject> objects() {
    return objects.values();
  }

  @Override
  public void listed(List<KubeObject> all) {
    objects.clear();
    all.forEach(object -> objects.put(key(object), object));
    complete = true;
    onChange.run();
  }

  @Override
  public void changed(KubeObject object) {
    objects.put(key(object), object);
    onChange.run();
  }

  @Override
  public void removed(KubeObject object) {
    objects.remove(key(object));
    onChange.run();
  }

  private static String key(KubeObject object) {
    return object.namespace() + "/" + object.name();
  }

  @Override
  public void close() {
    feed.close();
  }
}
