package io.kuber.testkit.webhook;

import io.kuber.object.Tree;
import io.kuber.resource.custom.ConversionException;
import io.kuber.resource.custom.WebhookTarget;
import io.kuber.server.webhook.Reviews;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * The webhooks of this process, by the address that configurations know them by, so that a fork of
 * a cluster finds those of the one that it came from. For any thread.
 */
final class InProcess {
  /** Nobody has such a name; nothing is ever sent there. */
  private static final String HOST = "https://in-process.kuber.invalid/";

  /** More are a test that starts clusters and never closes them. */
  private static final int MAX_WEBHOOKS = 10_000;

  private static final Map<String, UnaryOperator<Tree>> WEBHOOKS = new ConcurrentHashMap<>();
  private static final AtomicLong CLUSTERS = new AtomicLong();

  private InProcess() {}

  /** Where the webhooks of one more cluster are. */
  static String newPlace() {
    return HOST + CLUSTERS.incrementAndGet() + "/";
  }

  static Endpoint add(String place, String name, UnaryOperator<Tree> webhook) {
    if (WEBHOOKS.size() >= MAX_WEBHOOKS) {
      throw new IllegalStateException("there are " + MAX_WEBHOOKS + " webhooks in this process");
    }
    WEBHOOKS.put(place + name, webhook);
    return new Endpoint(URI.create(place + name), "");
  }

  /** Forgets all of a place. */
  static void clear(String place) {
    WEBHOOKS.keySet().removeIf(url -> url.startsWith(place));
  }

  /** Asks those of this process here, and all others over the network. */
  static Reviews before(Reviews network) {
    return new Reviews() {
      @Override
      public Tree send(WebhookTarget target, Tree review) {
        return here(target)
            .map(found -> ask(found, review))
            .orElseGet(() -> network.send(target, review));
      }

      @Override
      public Tree send(WebhookTarget target, Tree review, Duration timeout) {
        return here(target)
            .map(found -> ask(found, review))
            .orElseGet(() -> network.send(target, review, timeout));
      }
    };
  }

  private static Optional<UnaryOperator<Tree>> here(WebhookTarget target) {
    return Optional.ofNullable(WEBHOOKS.get(target.url()));
  }

  private static Tree ask(UnaryOperator<Tree> webhook, Tree review) {
    try {
      return webhook.apply(review);
    } catch (RuntimeException failed) {
      throw new ConversionException(failed.toString());
    }
  }
}
