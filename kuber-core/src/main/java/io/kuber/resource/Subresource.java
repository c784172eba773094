package io.kuber.resource;

import java.util.List;

/**
 * A part of a resource that has a path of its own, such as {@code pods/log}.
 *
 * @param name the last segment of the path
 * @param apiVersion of the objects it takes, such as {@code autoscaling/v1}
 * @param kind of the objects it takes, such as {@code Scale}
 * @param verbs what can be done with it
 */
public record Subresource(String name, String apiVersion, String kind, List<Verb> verbs) {
  /** Copies the verbs. */
  public Subresource {
    verbs = List.copyOf(verbs);
  }

  /** A subresource that is read, replaced and patched, such as {@code status}. */
  public static Subresource ofReadAndWrite(String name, String apiVersion, String kind) {
    return new Subresource(name, apiVersion, kind, List.of(Verb.GET, Verb.PATCH, Verb.UPDATE));
  }

  /** A subresource that takes one kind of object by POST, such as {@code binding}. */
  public static Subresource ofCreate(String name, String apiVersion, String kind) {
    return new Subresource(name, apiVersion, kind, List.of(Verb.CREATE));
  }

  /** A subresource that opens a stream by GET or POST, such as {@code exec}. */
  public static Subresource ofStream(String name, String apiVersion, String kind) {
    return new Subresource(name, apiVersion, kind, List.of(Verb.CREATE, Verb.GET));
  }

  /** This part below another version of its resource; one that takes the resource follows it. */
  Subresource in(ResourceType from, ResourceType to) {
    return apiVersion.equals(from.apiVersion())
        ? new Subresource(name, to.apiVersion(), kind, verbs)
        : this;
  }

  /** {@code scale}, of workloads that count replicas. */
  public static Subresource ofScale() {
    return ofReadAndWrite("scale", "autoscaling/v1", "Scale");
  }
}
