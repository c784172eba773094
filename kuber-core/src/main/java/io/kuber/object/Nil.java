package io.kuber.object;

/** The null of JSON, which means something in a patch and must not be lost in an object. */
public enum Nil {
  /** The only value. */
  NIL;

  @Override
  public String toString() {
    return "null";
  }
}
