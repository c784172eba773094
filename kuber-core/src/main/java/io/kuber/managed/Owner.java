package io.kuber.managed;

/**
 * Who owns fields: one entry of {@code metadata.managedFields} per owner.
 *
 * @param manager the name that the client goes by
 * @param operation how the fields came to be owned
 * @param apiVersion the version in which an update was made; an applier stays the same in all
 *     versions, and this is then empty
 * @param subresource through which the fields were written; empty for the object itself
 */
public record Owner(String manager, Operation operation, String apiVersion, String subresource)
    implements Comparable<Owner> {
  private static final String UNKNOWN = "unknown";

  /** Forgets the version of appliers. */
  public Owner {
    manager = manager.isEmpty() ? UNKNOWN : manager;
    apiVersion = operation == Operation.APPLY ? "" : apiVersion;
  }

  @Override
  public int compareTo(Owner other) {
    int order = manager.compareTo(other.manager);
    order = order == 0 ? operation.compareTo(other.operation) : order;
    order = order == 0 ? apiVersion.compareTo(other.apiVersion) : order;
    return order == 0 ? subresource.compareTo(other.subresource) : order;
  }

  /** As conflicts name the owner: {@code "mgr" with subresource "scale" using v1}. */
  @Override
  public String toString() {
    String text = Quoted.text(manager);
    if (!subresource.isEmpty()) {
      text += " with subresource " + Quoted.text(subresource);
    }
    return operation == Operation.UPDATE ? text + " using " + apiVersion : text;
  }
}
