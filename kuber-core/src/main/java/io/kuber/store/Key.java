package io.kuber.store;

/**
 * Where an object lives: {@code resource} is the plural with its group ({@code pods}, {@code
 * deployments.apps}), {@code namespace} is empty for objects of cluster scope.
 *
 * <p>Sorted by resource, then namespace, then name: the order of lists.
 */
public record Key(String resource, String namespace, String name) implements Comparable<Key> {
  /**
   * Whether the object is one that servers keep for themselves: its resource, whose name begins
   * with a dot, is served to nobody.
   */
  public boolean isHidden() {
    return resource.startsWith(".");
  }

  @Override
  public int compareTo(Key other) {
    int order = resource.compareTo(other.resource);
    if (order == 0) {
      order = namespace.compareTo(other.namespace);
    }
    return order == 0 ? name.compareTo(other.name) : order;
  }

  @Override
  public String toString() {
    return resource + "/" + (namespace.isEmpty() ? "" : namespace + "/") + name;
  }
}
