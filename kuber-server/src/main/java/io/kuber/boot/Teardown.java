package io.kuber.boot;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has to be taken back, last first. Used by one thread at a time. */
final class Teardown implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Teardown.class);

  private final Deque<AutoCloseable> steps = new ArrayDeque<>();

  /** Remembers to close {@code part}, before all that was remembered earlier. */
  <T extends AutoCloseable> T add(T part) {
    steps.push(part);
    return part;
  }

  /** Takes everything back, also when a step fails; the second time there is nothing left. */
  @Override
  public void close() {
    while (!steps.isEmpty()) {
      try {
        steps.pop().close();
      } catch (Exception e) {
        LOG.warn("something could not be taken back: {}", e.toString());
      }
    }
  }
}
