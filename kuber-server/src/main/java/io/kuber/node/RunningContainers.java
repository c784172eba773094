package io.kuber.node;

import io.kuber.container.Container;
import io.kuber.container.ContainerException;
import io.kuber.container.ProcessSpec;
import io.kuber.container.Resources;
import io.kuber.node.PodSpec.PodContainer;
import io.kuber.object.Tree;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The containers of one pod as they run now, or ran last, by name. Of any thread; no two of them
 * are at work on the same container.
 */
final class RunningContainers {
  private final Map<String, Running> byName = new ConcurrentHashMap<>();

  /**
   * A container and what it was started with.
   *
   * @param granted what it was given, as its status tells it
   * @param stdinOnce whether its input ends when who wrote to it first goes away
   * @param message where it leaves its last words
   */
  record Running(
      Container container,
      ProcessSpec process,
      String imageId,
      Tree granted,
      boolean stdinOnce,
      TerminationMessage message) {
    Running withGranted(Tree now) {
      return new Running(container, process, imageId, now, stdinOnce, message);
    }
  }

  Map<String, Running> all() {
    return Map.copyOf(byName);
  }

  Optional<Running> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** Takes over what runs already. */
  void take(Map<String, Running> earlier) {
    byName.putAll(earlier);
  }

  /** A new instance of a container runs. */
  void start(String name, Running started) {
    byName.put(name, started);
  }

  /**
   * Gives a container that runs other limits.
   *
   * @return what it has now
   * @throws ContainerException when it uses more memory than it is to have, or does not run
   */
  Running limit(PodContainer declared, Resources limits) {
    Running now = byName.get(declared.name());
    if (now == null) {
      throw new ContainerException("container " + declared.name() + " does not run");
    }
    ContainerResources.requireRoom(declared.name(), limits, now.container().usage().memoryBytes());
    now.container().limit(limits);
    Running resized = now.withGranted(now.granted().with("resources", declared.resources()));
    byName.replace(declared.name(), now, resized);
    return resized;
  }

  /** Those with the names that are wanted. */
  Map<String, Container> containers(Predicate<String> wanted) {
    Map<String, Container> containers = new HashMap<>();
    byName.forEach(
        (name, each) -> {
          if (wanted.test(name)) {
            containers.put(name, each.container());
          }
        });
    return containers;
  }

  /** Sends a signal to every container. */
  void signal(int signal) {
    byName.values().forEach(each -> each.container().signal(signal));
  }

  /** Waits for all containers to have ended, at most for {@code patience}. */
  void awaitEnd(Duration patience) {
    CompletableFuture<?>[] ends =
        byName.values().stream()
            .map(each -> each.container().exit().toCompletableFuture())
            .toArray(CompletableFuture[]::new);
    CompletableFuture.allOf(ends)
        .completeOnTimeout(null, Math.max(0, patience.toMillis()), TimeUnit.MILLISECONDS)
        .join();
  }

  /** Takes away what an instance left behind. */
  void remove(String name) {
    Running gone = byName.remove(name);
    if (gone != null) {
      gone.container().remove();
    }
  }

  void removeAll() {
    all().keySet().forEach(this::remove);
  }
}
