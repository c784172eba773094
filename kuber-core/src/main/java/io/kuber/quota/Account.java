package io.kuber.quota;

import io.kuber.object.KubeObject;
import io.kuber.resource.ResourceType;
import io.kuber.store.Image;
import io.kuber.store.Stored;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One quota of a {@link Ledger}. Belongs to one thread. */
final class Account {
  private final Image image;
  private final Stored stored;
  private final Quota quota;

  /** What is used by objects of a type, with what was charged; counted when it is asked for. */
  private final Map<ResourceType, ResourceAmounts> used = new LinkedHashMap<>();

  private boolean charged;

  Account(Image image, Stored stored) {
    this.image = image;
    this.stored = stored;
    this.quota = Quota.of(stored.object());
  }

  /** Whether it limits what is asked for, or wants to know more of a new object. */
  boolean isFor(
      ResourceType type, @Nullable KubeObject before, KubeObject after, ResourceAmounts asked) {
    return quota.concerns(type)
        && quota.counts(type, after)
        && (!requested(asked).isEmpty()
            || before == null && !quota.unspecified(type, after).isEmpty());
  }

  private ResourceAmounts requested(ResourceAmounts asked) {
    return quota.limited(asked).above(ResourceAmounts.NONE);
  }

  Optional<String> refusal(
      ResourceType type,
      @Nullable KubeObject before,
      KubeObject after,
      ResourceAmounts asked,
      Instant now) {
    String unspecified = before == null ? quota.unspecified(type, after) : "";
    if (!unspecified.isEmpty()) {
      return Optional.of("failed quota: " + quota.name() + ": must specify " + unspecified);
    }
    ResourceAmounts requested = requested(asked);
    ResourceAmounts usedNow = used(type, now);
    ResourceAmounts exceeded = requested.plus(usedNow).only(requested::has).above(quota.hard());
    return exceeded.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "exceeded quota: %s, requested: %s, used: %s, limited: %s"
                .formatted(
                    quota.name(),
                    requested.only(exceeded::has),
                    usedNow.only(exceeded::has),
                    quota.hard().only(exceeded::has)));
  }

  void charge(ResourceType type, ResourceAmounts asked, Instant now) {
    used.put(type, used(type, now).plus(requested(asked)));
    charged = true;
  }

  boolean isCharged() {
    return charged;
  }

  private ResourceAmounts used(ResourceType type, Instant now) {
    return used.computeIfAbsent(type, unused -> counted(type, now));
  }

  private ResourceAmounts counted(ResourceType type, Instant now) {
    List<KubeObject> all = new ArrayList<>();
    image
        .scan(type.qualifiedName(), stored.key().namespace(), null)
        .forEachRemaining(object -> all.add(object.object()));
    return quota.used(type, all, now);
  }

  /** What other kinds use stays as it is written. */
  Ledger.Status status() {
    KubeObject object = stored.object();
    ResourceAmounts known = ResourceAmounts.of(object.status().tree("used"));
    for (ResourceAmounts amounts : used.values()) {
      known = known.only(name -> !amounts.has(name)).plus(amounts);
    }
    return new Ledger.Status(stored, object.with(known.toTree(), "status", "used"));
  }
}
