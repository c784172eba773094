package io.kuber.node.image;

import io.kuber.node.image.registry.ImageReference;
import io.kuber.node.image.registry.SourceException;

/** Failed pulls in the words of containerd, which people search for. */
final class PullFailure {
  private PullFailure() {}

  static String text(ImageReference wanted, Throwable failure) {
    String why = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    String head = "failed to pull and unpack image \"" + wanted + "\": ";
    if (!(failure instanceof SourceException no)) {
      return head + why;
    }
    String resolve = head + "failed to resolve reference \"" + wanted + "\": ";
    return switch (no.kind()) {
      case ABSENT -> resolve + wanted + ": not found (" + why + ")";
      case DENIED ->
          resolve
              + "pull access denied, repository does not exist or may require authorization: "
              + why;
      case BUSY, WRONG -> head + why;
    };
  }
}
