package io.kuber.scheduler.state;

import io.kuber.store.Key;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Volumes that were promised to claims, until the store says so itself. At most one entry per claim
 * of a pod that is being bound. Owned by the scheduler's loop.
 */
public final class Assumptions {
  private final Map<Key, String> volumeOfClaim = new HashMap<>();
  private final Map<String, Key> claimOfVolume = new HashMap<>();
  private final Map<Key, String> nodeOfClaim = new HashMap<>();

  /** The volume is for that claim. */
  public void promise(Key claim, String volume) {
    volumeOfClaim.put(claim, volume);
    claimOfVolume.put(volume, claim);
  }

  /** The claim gets a new volume that the node can reach. */
  public void provision(Key claim, String node) {
    nodeOfClaim.put(claim, node);
  }

  /** The claim was bound, or will not be. */
  public void forget(Key claim) {
    String volume = volumeOfClaim.remove(claim);
    if (volume != null) {
      claimOfVolume.remove(volume);
    }
    nodeOfClaim.remove(claim);
  }

  /** The claim that a volume was promised to. */
  public Optional<Key> claimOf(String volume) {
    return Optional.ofNullable(claimOfVolume.get(volume));
  }

  /** The volume that was promised to a claim. */
  public Optional<String> volumeOf(Key claim) {
    return Optional.ofNullable(volumeOfClaim.get(claim));
  }

  /** The node that a claim is to be provisioned for. */
  public Optional<String> nodeOf(Key claim) {
    return Optional.ofNullable(nodeOfClaim.get(claim));
  }
}
