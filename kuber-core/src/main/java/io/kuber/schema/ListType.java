package io.kuber.schema;

/** How server-side apply merges a list. */
public enum ListType {
  /** The schema does not say; treated like {@link #ATOMIC}. */
  UNSAID,
  /** The list is replaced as a whole. */
  ATOMIC,
  /** Each value is there at most once and has owners of its own. */
  SET,
  /** Elements are identified by the values of some of their fields. */
  MAP
}
