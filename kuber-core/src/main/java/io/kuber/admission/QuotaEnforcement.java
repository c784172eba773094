package io.kuber.admission;

import io.kuber.api.Admission;
import io.kuber.api.Failures;
import io.kuber.object.KubeObject;
import io.kuber.quota.Quota;
import io.kuber.quota.ResourceAmounts;
import io.kuber.quota.Usage;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.resource.Verb;
import io.kuber.store.Image;
import io.kuber.store.Key;
import io.kuber.store.Stored;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Refuses what would use more than a namespace's quotas leave (upstream:
 * k8s.io/apiserver/pkg/admission/plugin/resourcequota). The last link, since it promises what it
 * admits.
 *
 * <p>What is used is counted from the image itself, not read from the quota's status, which is
 * written later; writes that were admitted a moment ago and are in no image yet count as well. May
 * be called from any thread: a lock guards what was promised.
 */
final class QuotaEnforcement implements Admission {
  /** Longer than a write takes; a write that failed blocks its share for so long. */
  private static final Duration PROMISE = Duration.ofSeconds(5);

  /** Longer than a decision takes, from the image it is based on to here. */
  private static final Duration STALENESS = Duration.ofSeconds(10);

  /** Beyond this many the oldest promise is forgotten. */
  private static final int MOST_PROMISES = 10_000;

  private static final long UNSEEN = Long.MAX_VALUE;

  private final InstantSource clock;
  private final Map<Key, Promise> promises = new LinkedHashMap<>();

  QuotaEnforcement(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * A write that was admitted.
   *
   * @param seenAt the revision of the first image in which somebody saw it; others may still decide
   *     on an older one, for which it counts
   */
  private record Promise(ResourceType type, KubeObject object, Instant until, long seenAt) {
    private Promise seenIn(Image image, Key key, Instant now) {
      return seenAt == UNSEEN && image.get(key) != null
          ? new Promise(type, object, now.plus(STALENESS), image.revision())
          : this;
    }

    private boolean isAheadOf(Image image, Key key) {
      return image.revision() < seenAt && image.get(key) == null;
    }
  }

  @Override
  public KubeObject admit(Request request) {
    boolean grows =
        request.isCreate()
            || request.verb() == Verb.UPDATE
                && request.subresource().isEmpty()
                && mayGrow(request.kind().type());
    String namespace = request.object().namespace();
    if (grows
        && !namespace.isEmpty()
        && request.image().count(Resources.RESOURCE_QUOTAS.qualifiedName(), namespace) > 0) {
      enforce(request, namespace);
    }
    return request.object();
  }

  private static boolean mayGrow(ResourceType type) {
    return type.equals(Resources.SERVICES) || type.equals(Resources.PERSISTENT_VOLUME_CLAIMS);
  }

  private synchronized void enforce(Request request, String namespace) {
    Instant now = clock.instant();
    ResourceType type = request.kind().type();
    KubeObject object = request.object();
    Key key = type.keyOf(object);
    promises.remove(key);
    promises
        .entrySet()
        .removeIf(
            promise -> promises.size() > MOST_PROMISES || promise.getValue().until().isBefore(now));
    promises.replaceAll((other, promise) -> promise.seenIn(request.image(), other, now));
    ResourceAmounts asked = Usage.of(type, object, now);
    KubeObject old = request.old();
    if (old != null) {
      asked = asked.above(Usage.of(type, old, now));
    }
    boolean limited = false;
    Iterator<Stored> quotas =
        request.image().scan(Resources.RESOURCE_QUOTAS.qualifiedName(), namespace, null);
    while (quotas.hasNext()) {
      Quota quota = Quota.of(quotas.next().object());
      if (quota.concerns(type) && quota.counts(type, object)) {
        limited = true;
        check(request, quota, quota.limited(asked), now);
      }
    }
    if (limited && old == null) {
      promises.put(key, new Promise(type, object, now.plus(PROMISE), UNSEEN));
    }
  }

  private void check(Request request, Quota quota, ResourceAmounts asked, Instant now) {
    ResourceType type = request.kind().type();
    KubeObject object = request.object();
    String unspecified = quota.unspecified(type, object);
    if (!unspecified.isEmpty()) {
      throw Failures.forbidden(
          type, object.name(), "failed quota: " + quota.name() + ": must specify " + unspecified);
    }
    ResourceAmounts requested = asked.above(ResourceAmounts.NONE);
    if (requested.isEmpty()) {
      return;
    }
    ResourceAmounts used = used(request.image(), type, object.namespace(), quota, now);
    ResourceAmounts exceeded = requested.plus(used).only(requested::has).above(quota.hard());
    if (!exceeded.isEmpty()) {
      throw Failures.forbidden(
          type,
          object.name(),
          "exceeded quota: %s, requested: %s, used: %s, limited: %s"
              .formatted(
                  quota.name(),
                  requested.only(exceeded::has),
                  used.only(exceeded::has),
                  quota.hard().only(exceeded::has)));
    }
  }

  private ResourceAmounts used(
      Image image, ResourceType type, String namespace, Quota quota, Instant now) {
    List<KubeObject> all = new ArrayList<>();
    image
        .scan(type.qualifiedName(), namespace, null)
        .forEachRemaining(stored -> all.add(stored.object()));
    promises.forEach(
        (key, promise) -> {
          if (promise.type().equals(type)
              && promise.object().namespace().equals(namespace)
              && promise.isAheadOf(image, key)) {
            all.add(promise.object());
          }
        });
    return quota.used(type, all, now);
  }
}
