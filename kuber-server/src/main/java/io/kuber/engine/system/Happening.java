package io.kuber.engine.system;

import io.kuber.engine.wire.Filters;
import io.kuber.object.Tree;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Something that has happened.
 *
 * @param type such as {@code container}
 * @param action such as {@code exec_create: ls}
 * @param id of what it happened to
 */
record Happening(
    long number,
    Instant time,
    String type,
    String action,
    String id,
    Map<String, String> attributes) {
  private static final long NANOS = 1_000_000_000L;

  Happening {
    attributes = Map.copyOf(attributes);
  }

  /** As the Engine API tells it; clients before 1.22 read the fields behind {@code Type}. */
  Tree tree() {
    Tree.Builder tree = Tree.builder();
    if (type.equals("container") || type.equals("image")) {
      tree.put("status", action).put("id", id);
    }
    if (attributes.containsKey("image")) {
      tree.put("from", attributes.get("image"));
    }
    return tree.put("Type", type)
        .put("Action", action)
        .put("Actor", Tree.of("ID", id, "Attributes", Tree.ofTexts(new TreeMap<>(attributes))))
        .put("scope", "local")
        .put("time", time.getEpochSecond())
        .put("timeNano", time.getEpochSecond() * NANOS + time.getNano())
        .build();
  }

  /** Whether somebody who filters so wants to know. */
  boolean isFor(Filters filters) {
    String verb = action.contains(":") ? action.substring(0, action.indexOf(':')) : action;
    return filters.admits("type", type)
        && (filters.admits("event", verb) || filters.admits("event", action))
        && filters.admits("scope", "local")
        && filters.admitsLabels("label", attributes)
        && isAbout(filters, "container")
        && isAbout(filters, "image")
        && isAbout(filters, "network")
        && isAbout(filters, "volume");
  }

  /** An image is asked for by its name or id, and told of with its containers too. */
  private boolean isAbout(Filters filters, String kind) {
    if (!filters.has(kind)) {
      return true;
    }
    List<String> asked = filters.all(kind);
    boolean isItself =
        type.equals(kind)
            && asked.stream()
                .anyMatch(one -> id.startsWith(one) || one.equals(attributes.get("name")));
    boolean isOfImage = kind.equals("image") && asked.contains(attributes.getOrDefault(kind, ""));
    return isItself || isOfImage;
  }
}
