package io.kuber.jmh;

import io.kuber.access.User;
import io.kuber.admission.AdmissionChain;
import io.kuber.api.Api;
import io.kuber.client.Client;
import io.kuber.client.local.LocalClient;
import io.kuber.json.Yaml;
import io.kuber.loop.ThreadLoops;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Catalogue;
import io.kuber.resource.ResourceType;
import io.kuber.resource.builtin.BuiltInKinds;
import io.kuber.scheduler.SchedulerLoop;
import io.kuber.store.Delta;
import io.kuber.store.Image;
import io.kuber.store.LocalStore;
import io.kuber.store.Store;
import io.kuber.store.Stored;
import io.kuber.watch.WatchHub;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A cluster of nodes that are only objects: the real API, a store in memory, and the scheduler.
 * Counts the pods that get a node. One thread uses it.
 */
final class SchedulingBench implements AutoCloseable, Store.Listener {
  private static final String PODS = "pods";
  private static final byte[] BOUND = "\"nodeName\":".getBytes(StandardCharsets.UTF_8);
  private static final long TIMEOUT_SECONDS = 300;

  private final ThreadLoops loops = new ThreadLoops();
  private final LocalStore store = new LocalStore();
  private final Map<String, Tree> templates = new HashMap<>();
  private final Client client;
  private final SchedulerLoop scheduler;
  private int bound;
  private int wanted = Integer.MAX_VALUE;

  SchedulingBench() {
    Catalogue catalogue = BuiltInKinds.catalogue();
    Api api =
        new Api(store, WatchHub.of(store), () -> catalogue, AdmissionChain.standard(loops), loops);
    client = new LocalClient(api, User.system("bench"), loops.loop("client"));
    scheduler =
        new SchedulerLoop(
            store,
            new LocalClient(api, User.system("system:kube-scheduler"), loops.loop("binder")),
            loops);
    scheduler.start();
    store.subscribe(this);
  }

  /** Creates an object from YAML in which {@code %d} stands for the number. */
  void create(ResourceType type, String yaml, int number) {
    Tree parsed =
        templates.computeIfAbsent(yaml, text -> Yaml.parse(text.getBytes(StandardCharsets.UTF_8)));
    KubeObject object = KubeObject.of((Tree) numbered(parsed, Integer.toString(number)));
    client.create(type, object).toCompletableFuture().join();
  }

  private static Object numbered(Object value, String number) {
    if (value instanceof String text) {
      return text.contains("%d") ? text.replace("%d", number) : text;
    }
    if (value instanceof Items items) {
      return Items.copyOf(items.stream().map(item -> numbered(item, number)).toList());
    }
    if (value instanceof Tree tree) {
      Tree.Builder copy = Tree.builder();
      tree.forEach((name, field) -> copy.put(name, numbered(field, number)));
      return copy.build();
    }
    return value;
  }

  @Override
  public void changed(Delta delta, Image image) {
    if (delta.key().resource().equals(PODS)
        && !delta.deleted()
        && isBound(delta.after())
        && !isBound(delta.before())) {
      count();
    }
  }

  private synchronized void count() {
    if (++bound >= wanted) {
      notifyAll();
    }
  }

  /** How many pods have got a node so far. */
  synchronized int bound() {
    return bound;
  }

  /** Waits until so many pods have got a node; false when that takes too long. */
  synchronized boolean awaitBound(int pods) throws InterruptedException {
    wanted = pods;
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
    while (bound < pods) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  /** Looks for the field in the stored bytes: parsing would cost more than what is measured. */
  private static boolean isBound(@Nullable Stored pod) {
    if (pod == null) {
      return false;
    }
    byte[] value = pod.value();
    for (int i = 0; i <= value.length - BOUND.length; i++) {
      if (value[i] == BOUND[0] && startsAt(value, i)) {
        return true;
      }
    }
    return false;
  }

  private static boolean startsAt(byte[] value, int start) {
    for (int i = 1; i < BOUND.length; i++) {
      if (value[start + i] != BOUND[i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    scheduler.stop();
    loops.close();
    store.close();
  }
}
