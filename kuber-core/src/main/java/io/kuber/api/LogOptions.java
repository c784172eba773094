package io.kuber.api;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which part of a container's log the client wants (PodLogOptions of core/v1).
 *
 * @param follow whether to wait for lines still to be written
 * @param previous whether the log of the container's previous instance is meant
 * @param timestamps whether each line starts with its time in RFC 3339 and a blank
 * @param since no lines before this time
 * @param tailLines at most so many lines from the end of what is written already
 * @param limitBytes at most so many bytes
 */
public record LogOptions(
    boolean follow,
    boolean previous,
    boolean timestamps,
    Optional<Instant> since,
    OptionalLong tailLines,
    OptionalLong limitBytes) {
  /** All that is written already, without times. */
  public static final LogOptions ALL =
      new LogOptions(
          false, false, false, Optional.empty(), OptionalLong.empty(), OptionalLong.empty());
}
