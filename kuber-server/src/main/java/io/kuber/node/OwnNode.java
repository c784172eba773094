package io.kuber.node;

import io.kuber.client.Client;
import io.kuber.client.Client.ListOptions;
import io.kuber.loop.Loop;
import io.kuber.node.feed.ObjectFeed;
import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import java.util.List;

/**
 * The node's object as it was last heard of: people change its labels, which decide what pods the
 * node takes. Owned by the node's loop.
 */
final class OwnNode implements ObjectFeed.Listener, AutoCloseable {
  private final ObjectFeed feed;
  private KubeObject newest;
  private Runnable onFirst = () -> {};

  OwnNode(Client client, Loop loop, String name) {
    this.newest = Resources.NODES.object("", name);
    ListOptions own = new ListOptions("", "metadata.name=" + name);
    this.feed = new ObjectFeed(client, Resources.NODES, own, loop, this);
  }

  /** Begins to listen; {@code known} runs once, when the object has been heard of. */
  void start(Runnable known) {
    onFirst = known;
    feed.start();
  }

  KubeObject newest() {
    return newest;
  }

  @Override
  public void listed(List<KubeObject> objects) {
    objects.forEach(this::changed);
  }

  @Override
  public void changed(KubeObject object) {
    newest = object;
    Runnable first = onFirst;
    onFirst = () -> {};
    first.run();
  }

  /** Somebody deleted it; what it said last goes on to hold until it is registered anew. */
  @Override
  public void removed(KubeObject object) {}

  @Override
  public void close() {
    feed.close();
  }
}
