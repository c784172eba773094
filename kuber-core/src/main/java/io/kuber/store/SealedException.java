package io.kuber.store;

/** Somebody wants to read an object that no key of this server opens. */
public final class SealedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Names the object; the log says which key it was sealed with. */
  SealedException(Key key) {
    super(
        key
            + " is encrypted on the disk, and no key of this server opens it: put the key back that"
            + " it was encrypted with and start the server again");
  }
}
