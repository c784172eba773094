package io.kuber.testkit.manifest;

import java.util.List;

/** Files that cannot be loaded; the message has a line for each mistake, with its place. */
public final class BadManifestException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** More mistakes are counted, not told: nobody reads them. */
  private static final int MAX_TOLD = 50;

  BadManifestException(List<String> mistakes) {
    super(
        String.join("\n", mistakes.subList(0, Math.min(MAX_TOLD, mistakes.size())))
            + (mistakes.size() > MAX_TOLD
                ? "\nand " + (mistakes.size() - MAX_TOLD) + " more"
                : ""));
  }
}
