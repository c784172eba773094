package io.kuber.schema;

/**
 * A field of a type.
 *
 * @param name the name in JSON; for inline fields the name in protobuf, which JSON does not show
 * @param number the number in protobuf; zero where protobuf has no such field
 * @param shape what the value may be
 * @param facts what else is known
 */
public record Field(String name, int number, Shape shape, Facts facts) {
  /** A field that only JSON knows, such as those of custom resources. */
  public static Field of(String name, Shape shape, Facts facts) {
    return new Field(name, 0, shape, facts);
  }

  /** Whether server-side apply replaces the value as a whole. */
  public boolean isAtomic() {
    if (shape instanceof Listed list) {
      return list.isAtomic();
    }
    return facts.isAtomic() || (shape instanceof TypeSchema type && type.isAtomic());
  }
}
