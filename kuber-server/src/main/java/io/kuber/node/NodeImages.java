package io.kuber.node;

import io.kuber.client.Client;
import io.kuber.client.Client.PatchType;
import io.kuber.loop.Loop;
import io.kuber.node.image.ImageSummary;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells which images are on the node, and has some taken away when the disk fills. Fields belong to
 * the node's loop.
 */
final class NodeImages {
  private static final Logger LOG = LoggerFactory.getLogger(NodeImages.class);

  /** How often the disk is looked at (kubelet). */
  private static final Duration COLLECTION = Duration.ofMinutes(5);

  /** How often the node's status is brought up to date (kubelet, nodeStatusUpdateFrequency). */
  private static final Duration STATUS = Duration.ofSeconds(10);

  private static final int MOST_IMAGES = 50;
  private static final int MOST_NAMES = 5;

  private final PodMachinery machinery;
  private final Client client;
  private final Loop loop;
  private final Executor workers;
  private final Supplier<Set<String>> inUse;
  private Items told = Items.EMPTY;
  private boolean closed;

  /**
   * @param inUse references and ids of what pods have and will have, asked on the loop
   */
  NodeImages(
      PodMachinery machinery,
      Client client,
      Loop loop,
      Executor workers,
      Supplier<Set<String>> inUse) {
    this.machinery = machinery;
    this.client = client;
    this.loop = loop;
    this.workers = workers;
    this.inUse = inUse;
  }

  /** Begins, once the node is registered. */
  void start() {
    tell();
    loop.schedule(COLLECTION, this::collect);
  }

  void close() {
    closed = true;
  }

  private void tell() {
    if (closed) {
      return;
    }
    Items images = toTell(machinery.images().list());
    if (!images.equals(told)) {
      told = images;
      Tree status = Tree.of("status", Tree.of("images", images));
      String name = machinery.config().name();
      client
          .patch(Resources.NODES, "", name, "status", PatchType.MERGE, status)
          .whenComplete(
              (node, failure) -> {
                if (failure != null) {
                  LOG.warn("the node's images cannot be told: {}", failure.toString());
                  loop.execute(() -> told = Items.EMPTY);
                }
              });
    }
    loop.schedule(STATUS, this::tell);
  }

  /** The largest images, as many and with as many names as the kubelet tells. */
  static Items toTell(List<ImageSummary> images) {
    return Items.copyOf(
        images.stream()
            .limit(MOST_IMAGES)
            .map(
                image ->
                    Tree.of(
                        "names",
                        Items.copyOf(image.names().stream().limit(MOST_NAMES).toList()),
                        "sizeBytes",
                        image.bytes()))
            .toList());
  }

  /** The pods of this moment are known by the time of the first collection. */
  private void collect() {
    if (closed) {
      return;
    }
    Set<String> spared = inUse.get();
    try {
      workers.execute(() -> machinery.images().collect(spared));
    } catch (RejectedExecutionException tooMuch) {
      LOG.warn("the disk is not looked at this time: {}", tooMuch.toString());
    }
    loop.schedule(COLLECTION, this::collect);
  }
}
