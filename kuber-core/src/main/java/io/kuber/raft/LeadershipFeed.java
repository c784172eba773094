package io.kuber.raft;

import io.kuber.loop.Loop;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells those who asked whether this server leads. It looks at the state instead of counting
 * events, so that what arrives late or twice does no harm.
 *
 * <p>All fields belong to the loop.
 */
final class LeadershipFeed {
  private static final Logger LOG = LoggerFactory.getLogger(LeadershipFeed.class);

  private final Loop loop;
  private final BooleanSupplier isLeading;
  private final List<Leadership> listeners = new ArrayList<>();
  private boolean leads;
  private boolean ended;

  LeadershipFeed(Loop loop, BooleanSupplier isLeading) {
    this.loop = loop;
    this.isLeading = isLeading;
  }

  void add(Leadership listener) {
    loop.execute(
        () -> {
          listeners.add(listener);
          listener.changed(leads);
        });
    look();
  }

  /** Called when it may have changed. */
  void look() {
    loop.execute(() -> tell(!ended && isLeading.getAsBoolean()));
  }

  /** From now on this server does not lead. */
  void end() {
    loop.execute(
        () -> {
          ended = true;
          tell(false);
        });
  }

  private void tell(boolean now) {
    if (now == leads) {
      return;
    }
    leads = now;
    LOG.info("this server {}", now ? "leads" : "does not lead any more");
    for (Leadership listener : listeners) {
      try {
        listener.changed(now);
      } catch (RuntimeException e) {
        LOG.error("a listener for leadership failed", e);
      }
    }
  }
}
