package io.kuber.node;

import io.kuber.client.Client;
import io.kuber.client.Client.ListOptions;
import io.kuber.loop.Loop;
import io.kuber.node.feed.ObjectFeed;
import io.kuber.object.KubeObject;
import io.kuber.resource.ResourceType;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Watches of single objects, one per object however many pods follow it, for as long as one does: a
 * node hears of what its pods use and of nothing else. An immutable object is not watched on.
 *
 * <p>For any thread; the monitor guards the fields, and followers are called without it.
 */
final class ObjectWatches {
  private final Client client;
  private final Map<Reference, Watched> watched = new HashMap<>();

  ObjectWatches(Client client) {
    this.client = client;
  }

  /** An object by its name. */
  record Reference(ResourceType type, String namespace, String name) {}

  /** Somebody who follows an object until closed. */
  interface Follower extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Follows an object, which need not exist.
   *
   * @param loop takes the news
   * @param onChange called on the loop whenever the object is not what was last heard or read
   */
  synchronized Follower follow(Reference reference, Loop loop, Runnable onChange) {
    Watched object =
        watched.computeIfAbsent(reference, unused -> new Watched(client, reference, loop));
    Follower follower =
        new Follower() {
          @Override
          public void close() {
            unfollow(reference, onChange);
          }
        };
    object.followers.add(onChange);
    return follower;
  }

  private synchronized void unfollow(Reference reference, Runnable onChange) {
    Watched object = watched.get(reference);
    if (object != null && object.followers.remove(onChange) && object.followers.isEmpty()) {
      watched.remove(reference);
      object.feed.close();
    }
  }

  /** The object as it was last heard of or read; empty if it is not followed or not there. */
  synchronized Optional<KubeObject> latest(Reference reference) {
    Watched object = watched.get(reference);
    return object == null ? Optional.empty() : Optional.ofNullable(object.latest);
  }

  /** The object was read past its watch, which then has nothing new to say of this version. */
  synchronized void seen(Reference reference, KubeObject read) {
    Watched object = watched.get(reference);
    if (object != null && object.latest == null) {
      object.latest = read;
    }
  }

  private void hear(Watched object, @Nullable KubeObject news) {
    for (Runnable follower : take(object, news)) {
      follower.run();
    }
  }

  private synchronized List<Runnable> take(Watched object, @Nullable KubeObject news) {
    if (version(news).equals(version(object.latest))) {
      return List.of();
    }
    object.latest = news;
    if (news != null && news.tree().isTrue("immutable")) {
      object.feed.close();
    }
    return List.copyOf(object.followers);
  }

  private static String version(@Nullable KubeObject object) {
    return object == null ? "" : object.resourceVersion();
  }

  /** An object that is followed. */
  private final class Watched implements ObjectFeed.Listener {
    private final ObjectFeed feed;
    private final Set<Runnable> followers = new LinkedHashSet<>();
    private @Nullable KubeObject latest;

    Watched(Client client, Reference reference, Loop loop) {
      ListOptions only = new ListOptions("", "metadata.name=" + reference.name());
      this.feed = new ObjectFeed(client, reference.type(), reference.namespace(), only, loop, this);
      feed.start();
    }

    @Override
    public void listed(List<KubeObject> objects) {
      hear(this, objects.isEmpty() ? null : objects.get(0));
    }

    @Override
    public void changed(KubeObject object) {
      hear(this, object);
    }

    @Override
    public void removed(KubeObject object) {
      hear(this, null);
    }
  }
}
