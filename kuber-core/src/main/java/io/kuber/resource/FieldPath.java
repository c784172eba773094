package io.kuber.resource;

/** The path of a field as messages name it, such as {@code spec.containers[0].name}. */
public final class FieldPath {
  /** The path of the object itself. */
  public static final FieldPath ROOT = new FieldPath("");

  /** {@code metadata}. */
  public static final FieldPath METADATA = ROOT.child("metadata");

  /** {@code spec}. */
  public static final FieldPath SPEC = ROOT.child("spec");

  private final String text;

  private FieldPath(String text) {
    this.text = text;
  }

  /** The field at the end of the names, from here. */
  public FieldPath child(String... names) {
    String joined = String.join(".", names);
    return new FieldPath(text.isEmpty() ? joined : text + "." + joined);
  }

  /** The item at {@code index} of this list. */
  public FieldPath index(int index) {
    return new FieldPath(text + "[" + index + "]");
  }

  /** The entry of {@code key} in this map. */
  public FieldPath key(String key) {
    return new FieldPath(text + "[" + key + "]");
  }

  @Override
  public String toString() {
    return text.isEmpty() ? "<nil>" : text;
  }
}
