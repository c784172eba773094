package io.kuber.node.image;

import io.kuber.node.image.registry.Digest;
import io.kuber.node.image.registry.ImageReference;
import io.kuber.node.image.store.ContentStore;
import io.kuber.node.image.store.ImageGarbage;
import io.kuber.node.image.store.ImageGarbage.Candidate;
import io.kuber.node.image.store.ImageGarbage.Disk;
import io.kuber.node.image.store.ImageGarbage.Plan;
import io.kuber.node.image.store.ImageGarbage.Policy;
import io.kuber.node.image.store.StoredImage;
import java.io.IOException;
import java.nio.file.FileStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what {@link ImageGarbage} plans. When images were used is kept in memory, as the
 * kubelet does: after a restart all are as if never used. May be asked from any thread.
 */
final class Janitor {
  private static final Logger LOG = LoggerFactory.getLogger(Janitor.class);

  private final ContentStore store;
  private final InstantSource clock;
  private final Instant start;
  private final Map<Digest, Instant> lastUsed = new ConcurrentHashMap<>();
  private final Set<Digest> handedOut = ConcurrentHashMap.newKeySet();
  private volatile Predicate<Digest> others = image -> false;

  Janitor(ContentStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
    this.start = clock.instant();
  }

  /** Further images that are in use. */
  void mind(Predicate<Digest> inUse) {
    others = inUse;
  }

  /** An image was handed out to a container of a pod. */
  void used(Digest image) {
    lastUsed.put(image, clock.instant());
    handedOut.add(image);
  }

  /** An image was handed out to others, who keep account of it themselves. */
  void lent(Digest image) {
    lastUsed.put(image, clock.instant());
  }

  /** Whether pods had an image when they were last looked at, or have got it since. */
  boolean podsHave(Digest image) {
    return handedOut.contains(image);
  }

  /**
   * Looks at the disk, and takes images away when it is too full.
   *
   * @param inUse references and ids, as pods and their status have them
   * @param idle whether nothing is being pulled
   */
  void collect(Set<String> inUse, boolean idle) {
    try {
      FileStore disk = store.disk();
      Disk room = new Disk(disk.getTotalSpace(), disk.getUsableSpace());
      Plan plan = ImageGarbage.plan(Policy.DEFAULT, room, candidates(inUse), clock.instant());
      if (plan.wantedBytes() > 0 && idle) {
        store.dropIngest();
      }
      for (Digest image : plan.images()) {
        LOG.info("image {} goes, because the disk is too full", image);
        store.remove(image);
        lastUsed.remove(image);
      }
      if (plan.fallsShort()) {
        LOG.warn(
            "failed to garbage collect required amount of images. Wanted to free {} bytes, but"
                + " freed {} bytes",
            plan.wantedBytes(),
            plan.freedBytes());
      }
    } catch (IOException e) {
      LOG.warn("images cannot be taken away: {}", e.toString());
    }
  }

  private static boolean isOfPods(StoredImage image, Set<String> names) {
    return image.names().stream().anyMatch(names::contains)
        || names.contains(image.id().toString());
  }

  /** What pods do not have any more is free again, unless it was handed out a moment ago. */
  private void account(StoredImage image, Set<String> names, Instant now) {
    Instant used = lastUsed.getOrDefault(image.id(), Instant.EPOCH);
    if (isOfPods(image, names)) {
      handedOut.add(image.id());
    } else if (used.plus(Policy.DEFAULT.minimumAge()).isBefore(now)) {
      handedOut.remove(image.id());
    }
  }

  /** An image that was handed out a moment ago is young, so that its container finds it. */
  List<Candidate> candidates(Set<String> inUse) {
    Set<String> names = new HashSet<>();
    for (String each : inUse) {
      try {
        ImageReference reference = ImageReference.parse(each);
        names.add(reference.digest().map(reference::with).orElse(reference.toString()));
      } catch (IllegalArgumentException e) {
        names.add(each);
      }
    }
    Instant now = clock.instant();
    store.images().forEach(image -> account(image, names, now));
    return store.images().stream()
        .filter(Janitor::canComeAgain)
        .map(image -> candidate(image, names, now))
        .toList();
  }

  /** What was made here, and has come from no registry, is never taken away unasked. */
  private static boolean canComeAgain(StoredImage image) {
    return image.names().stream().anyMatch(name -> name.indexOf('@') >= 0);
  }

  private Candidate candidate(StoredImage image, Set<String> names, Instant now) {
    boolean isUsed = isOfPods(image, names) || others.test(image.id());
    if (isUsed) {
      lastUsed.put(image.id(), now);
    }
    Instant used = lastUsed.getOrDefault(image.id(), Instant.EPOCH);
    Instant detected = image.pulledAt().isAfter(start) ? image.pulledAt() : start;
    Instant youngest = used.isAfter(detected) ? used : detected;
    return new Candidate(image.id(), image.bytes(), used, youngest, isUsed);
  }
}
