package io.kuber.testkit.chaos;

import java.util.Set;

/**
 * Which requests are meant, by what is said of them; what is not said may be anything.
 *
 * <pre>{@code
 * Requests.update("deployments").in("shop").named("web")
 * Requests.list("pods").by("my-operator")
 * Requests.writes()
 * }</pre>
 *
 * @param verbs one of these; empty for any
 * @param resource the plural, with a group or without, such as {@code deployments.apps}, and with a
 *     subresource, such as {@code pods/status}; empty for any
 * @param namespace empty for any
 * @param name of the object, also within the events of a watch; empty for any
 * @param agent is part of what the client calls itself ({@code User-Agent}), or the name of a
 *     controller; empty for any
 */
public record Requests(
    Set<String> verbs, String resource, String namespace, String name, String agent) {
  private static final Set<String> WRITES =
      Set.of("create", "update", "patch", "delete", "deletecollection");

  private static final Set<String> VERBS =
      Set.of(
          "get",
          "list",
          "watch",
          "create",
          "update",
          "patch",
          "delete",
          "deletecollection",
          "post",
          "put",
          "head");

  /** Refuses verbs that nobody sends. */
  public Requests {
    verbs = Set.copyOf(verbs);
    for (String verb : verbs) {
      if (!VERBS.contains(verb)) {
        throw new IllegalArgumentException("there is no verb \"" + verb + "\"");
      }
    }
  }

  /** All requests. */
  public static Requests any() {
    return new Requests(Set.of(), "", "", "", "");
  }

  /** All that changes something. */
  public static Requests writes() {
    return new Requests(WRITES, "", "", "", "");
  }

  /** Reads of one object. */
  public static Requests get(String resource) {
    return of("get", resource);
  }

  /** Reads of many objects. */
  public static Requests list(String resource) {
    return of("list", resource);
  }

  /** Watches, and the events that they bring. */
  public static Requests watch(String resource) {
    return of("watch", resource);
  }

  /** New objects. */
  public static Requests create(String resource) {
    return of("create", resource);
  }

  /** Objects that are replaced (PUT). */
  public static Requests update(String resource) {
    return of("update", resource);
  }

  /** Patches, and server-side apply. */
  public static Requests patch(String resource) {
    return of("patch", resource);
  }

  /** Deletions of one object. */
  public static Requests delete(String resource) {
    return of("delete", resource);
  }

  /** Requests with that verb of authorisation. */
  public static Requests of(String verb, String resource) {
    return new Requests(Set.of(verb), resource, "", "", "");
  }

  /**
   * The same of a resource, such as {@code pods}, {@code deployments.apps}, {@code pods/status}.
   */
  public Requests of(String plural) {
    return new Requests(verbs, plural, namespace, name, agent);
  }

  /** The same in a namespace. */
  public Requests in(String other) {
    return new Requests(verbs, resource, other, name, agent);
  }

  /** The same about the object of that name. */
  public Requests named(String other) {
    return new Requests(verbs, resource, namespace, other, agent);
  }

  /** The same by a client whose {@code User-Agent} has this in it, or by that controller. */
  public Requests by(String other) {
    return new Requests(verbs, resource, namespace, name, other);
  }

  boolean test(Asked asked) {
    return (verbs.isEmpty() || verbs.contains(asked.verb()))
        && (resource.isEmpty() || isOf(asked))
        && (namespace.isEmpty() || namespace.equals(asked.namespace()))
        && (name.isEmpty() || name.equals(asked.name()))
        && (agent.isEmpty() || asked.agent().contains(agent) || asked.user().endsWith(agent));
  }

  private boolean isOf(Asked asked) {
    int slash = resource.indexOf('/');
    boolean whole = slash < 0;
    String plural = whole ? resource : resource.substring(0, slash);
    String part = whole ? "" : resource.substring(slash + 1);
    return (plural.equals(asked.resource()) || plural.equals(asked.qualifiedResource()))
        && part.equals(asked.subresource());
  }
}
