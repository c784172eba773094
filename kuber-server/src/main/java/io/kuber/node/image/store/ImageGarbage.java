package io.kuber.node.image.store;

import io.kuber.node.image.registry.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Decides which images go when the disk fills, as the kubelet does (upstream
 * pkg/kubelet/images/image_gc_manager.go). Pure.
 */
public final class ImageGarbage {
  private ImageGarbage() {}

  /**
   * When images go.
   *
   * @param highPercent of the disk in use, from which on images go
   * @param lowPercent to which they go
   * @param minimumAge of an image, so that the one that was just pulled is there for its container
   */
  public record Policy(int highPercent, int lowPercent, Duration minimumAge) {
    /** The kubelet's. */
    public static final Policy DEFAULT = new Policy(85, 80, Duration.ofMinutes(2));

    /** Checks the thresholds. */
    public Policy {
      if (lowPercent < 0 || highPercent > 100 || lowPercent > highPercent) {
        throw new IllegalArgumentException(
            "images go from " + highPercent + " % of the disk to " + lowPercent + " %");
      }
    }
  }

  /** The disk in bytes. */
  public record Disk(long capacity, long available) {}

  /**
   * An image that may go.
   *
   * @param lastUsed when a container had it last; the start of time for never
   * @param isUsed whether a container has it now
   */
  public record Candidate(
      Digest id, long bytes, Instant lastUsed, Instant detected, boolean isUsed) {}

  /**
   * What goes.
   *
   * @param wantedBytes how much has to be freed; 0 when the disk has room
   * @param freedBytes how much the images make up
   */
  public record Plan(List<Digest> images, long wantedBytes, long freedBytes) {
    public Plan {
      images = List.copyOf(images);
    }

    /** Whether the disk stays fuller than it should be. */
    public boolean fallsShort() {
      return freedBytes < wantedBytes;
    }
  }

  /** The images that go now, those first that nobody has used for longest. */
  public static Plan plan(Policy policy, Disk disk, List<Candidate> candidates, Instant now) {
    if (disk.capacity() <= 0) {
      return new Plan(List.of(), 0, 0);
    }
    long usedPercent = 100 - disk.available() * 100 / disk.capacity();
    if (usedPercent < policy.highPercent()) {
      return new Plan(List.of(), 0, 0);
    }
    long wanted = disk.capacity() * (100 - policy.lowPercent()) / 100 - disk.available();
    List<Digest> gone = new ArrayList<>();
    long freed = 0;
    for (Candidate each : inOrder(candidates)) {
      boolean isYoung = each.detected().plus(policy.minimumAge()).isAfter(now);
      if (freed < wanted && !each.isUsed() && !isYoung) {
        gone.add(each.id());
        freed += each.bytes();
      }
    }
    return new Plan(gone, wanted, freed);
  }

  private static List<Candidate> inOrder(List<Candidate> candidates) {
    return candidates.stream()
        .sorted(
            Comparator.comparing(Candidate::lastUsed)
                .thenComparing(Candidate::detected)
                .thenComparing(each -> each.id().hex()))
        .toList();
  }
}
