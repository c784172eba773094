package io.kuber.engine.container;

import io.kuber.engine.EngineException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The containers that there are, by all that people call them. For any thread. */
final class Lives {
  private final Map<String, Life> byId = new ConcurrentHashMap<>();

  void add(Life life) {
    byId.put(life.record().id(), life);
  }

  void remove(Life life) {
    byId.remove(life.record().id());
  }

  int size() {
    return byId.size();
  }

  /**
   * A container by its id, its name, or the beginning of its id.
   *
   * @throws EngineException 404 when there is none, 400 when there are several
   */
  Life find(String reference) {
    String name = reference.startsWith("/") ? reference.substring(1) : reference;
    Life exact = byId.get(name);
    if (exact != null) {
      return exact;
    }
    Optional<Life> named = named(name);
    if (named.isPresent()) {
      return named.get();
    }
    List<Life> begun =
        byId.values().stream()
            .filter(life -> !name.isEmpty() && life.record().id().startsWith(name))
            .toList();
    if (begun.size() > 1) {
      throw EngineException.malformed("Multiple IDs found with provided prefix: " + name);
    }
    return begun.stream()
        .findFirst()
        .orElseThrow(() -> EngineException.absent("No such container: " + reference));
  }

  /** The one of this name. */
  Optional<Life> named(String name) {
    return byId.values().stream().filter(life -> life.record().name().equals(name)).findFirst();
  }

  /** All of them, the newest first. */
  List<Life> all() {
    return byId.values().stream()
        .sorted(
            Comparator.comparing((Life life) -> life.record().created())
                .reversed()
                .thenComparing(life -> life.record().id()))
        .toList();
  }
}
