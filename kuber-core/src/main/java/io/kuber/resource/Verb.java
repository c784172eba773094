package io.kuber.resource;

/** What can be done with a resource, as discovery, RBAC and audit call it. */
public enum Verb {
  /** Makes a new object. */
  CREATE("create"),
  /** Deletes one object. */
  DELETE("delete"),
  /** Deletes all objects that match. */
  DELETE_COLLECTION("deletecollection"),
  /** Reads one object. */
  GET("get"),
  /** Reads all objects that match. */
  LIST("list"),
  /** Changes an object by a patch. */
  PATCH("patch"),
  /** Replaces an object. */
  UPDATE("update"),
  /** Follows the changes of all objects that match. */
  WATCH("watch");

  private final String text;

  Verb(String text) {
    this.text = text;
  }

  /** The verb as it stands in discovery and in RBAC rules. */
  public String text() {
    return text;
  }
}
