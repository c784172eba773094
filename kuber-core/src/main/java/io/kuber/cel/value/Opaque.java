package io.kuber.cel.value;

/** A value of a library, which only the functions of that library look into. */
public interface Opaque {
  /** The name of its type, such as {@code kubernetes.Quantity}. */
  String typeName();

  /** The size that its cost is reckoned by (cel-go, {@code actualSize}); mostly 1. */
  default long costSize() {
    return 1;
  }
}
