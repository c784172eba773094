package io.kuber.object;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An object of Kubernetes at one moment: a tree, read through the fields that every kind has.
 *
 * <p>Unknown fields are kept. What brains read beyond metadata is lifted into small typed records
 * by whoever needs it.
 */
public final class KubeObject {
  private final Tree tree;

  private KubeObject(Tree tree) {
    this.tree = tree;
  }

  /** The object that a tree stands for; missing fields read as empty. */
  public static KubeObject of(Tree tree) {
    return new KubeObject(tree);
  }

  /** An object with nothing but type and names; an empty namespace is left out. */
  public static KubeObject of(String apiVersion, String kind, String namespace, String name) {
    Tree metadata = Tree.of("name", name);
    if (!namespace.isEmpty()) {
      metadata = metadata.with("namespace", namespace);
    }
    return of(Tree.of("apiVersion", apiVersion, "kind", kind, "metadata", metadata));
  }

  /** The whole tree. */
  public Tree tree() {
    return tree;
  }

  /** Group and version, such as {@code apps/v1}, or only the version for the core group. */
  public String apiVersion() {
    return tree.text("apiVersion");
  }

  /** The kind, such as {@code Deployment}. */
  public String kind() {
    return tree.text("kind");
  }

  /** {@code metadata}; empty where there is none. */
  public Tree metadata() {
    return tree.tree("metadata");
  }

  /** {@code spec}; empty where there is none. */
  public Tree spec() {
    return tree.tree("spec");
  }

  /** {@code status}; empty where there is none. */
  public Tree status() {
    return tree.tree("status");
  }

  /** {@code metadata.name}, or the empty string. */
  public String name() {
    return metadata().text("name");
  }

  /** {@code metadata.namespace}; empty for objects of cluster scope. */
  public String namespace() {
    return metadata().text("namespace");
  }

  /** {@code metadata.uid}, or the empty string. */
  public String uid() {
    return metadata().text("uid");
  }

  /** {@code metadata.resourceVersion}, or the empty string. */
  public String resourceVersion() {
    return metadata().text("resourceVersion");
  }

  /** {@code metadata.generation}, or zero. */
  public long generation() {
    return metadata().number(0, "generation");
  }

  /** {@code metadata.labels}. */
  public Map<String, String> labels() {
    return metadata().tree("labels").texts();
  }

  /** {@code metadata.annotations}. */
  public Map<String, String> annotations() {
    return metadata().tree("annotations").texts();
  }

  /** {@code metadata.finalizers}. */
  public List<String> finalizers() {
    return metadata().items("finalizers").texts();
  }

  /** {@code metadata.ownerReferences}. */
  public List<OwnerReference> owners() {
    return metadata().items("ownerReferences").trees().stream().map(OwnerReference::of).toList();
  }

  /** The one owner that manages this object. */
  public Optional<OwnerReference> controller() {
    return owners().stream().filter(OwnerReference::controller).findFirst();
  }

  /** A reference to this state of the object (core/v1 ObjectReference). */
  public Tree reference() {
    return Tree.of(
        "apiVersion",
        apiVersion(),
        "kind",
        kind(),
        "namespace",
        namespace(),
        "name",
        name(),
        "uid",
        uid(),
        "resourceVersion",
        resourceVersion());
  }

  /** Whether deletion has been asked for ({@code metadata.deletionTimestamp} is set). */
  public boolean isBeingDeleted() {
    return !metadata().text("deletionTimestamp").isEmpty();
  }

  /** When the object was made; the epoch where it does not say. */
  public Instant createdAt() {
    String time = metadata().text("creationTimestamp");
    return time.isEmpty() ? Instant.EPOCH : Instant.parse(time);
  }

  /** This object with the value at the end of a path set; missing trees on the way are made. */
  public KubeObject with(Object value, String... path) {
    return of(tree.withAt(value, path));
  }

  /** This object with the top-level tree {@code name} changed, if it is there. */
  public KubeObject withChild(String name, UnaryOperator<Tree> change) {
    return of(tree.withChild(name, change));
  }

  /** This object without the field at the end of a path. */
  public KubeObject without(String... path) {
    return of(tree.withoutAt(path));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof KubeObject that && tree.equals(that.tree);
  }

  @Override
  public int hashCode() {
    return tree.hashCode();
  }

  @Override
  public String toString() {
    return tree.toString();
  }
}
