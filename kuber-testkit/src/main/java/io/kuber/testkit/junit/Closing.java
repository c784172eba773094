package io.kuber.testkit.junit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Closes several things, also when one of them fails. */
final class Closing {
  private Closing() {}

  /** Closes all in order; throws the first failure, with the later ones inside. */
  static void all(List<? extends AutoCloseable> things) throws Exception {
    Exception failure = null;
    for (AutoCloseable thing : things) {
      failure = with(failure, thing);
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static @Nullable Exception with(@Nullable Exception earlier, AutoCloseable thing) {
    try {
      thing.close();
      return earlier;
    } catch (Exception e) {
      if (earlier == null) {
        return e;
      }
      earlier.addSuppressed(e);
      return earlier;
    }
  }
}
