package io.kuber.raft.log;

import java.io.IOException;

/** Bytes on the disk are not what was written; the message names the file. */
public final class DamageException extends IOException {
  private static final long serialVersionUID = 1;

  DamageException(String message) {
    super(message);
  }

  DamageException(String message, Throwable cause) {
    super(message, cause);
  }
}
