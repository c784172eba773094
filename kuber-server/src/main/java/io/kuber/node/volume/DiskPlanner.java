package io.kuber.node.volume;

import java.util.ArrayList;
import java.util.List;

/** Decides what is to be done with a disk before it is used, or when it is to be larger. Pure. */
final class DiskPlanner {
  private DiskPlanner() {}

  /**
   * A disk as it is found.
   *
   * @param bytes the size of its file; -1 where there is none
   * @param filled how much of that its file system was given; 0 for raw disks
   * @param attached whether a device shows it
   * @param mounted whether its file system is mounted
   */
  record State(long bytes, long filled, boolean attached, boolean mounted) {}

  /** One thing to do. */
  enum Step {
    /** Makes the file, with a file system where one is wanted. */
    MAKE,
    /** Makes the file larger. */
    EXTEND,
    /** Gives it a device. */
    ATTACH,
    /** Tells the device how large the file is. */
    FIT,
    /** Gives all of the device to a file system that is not mounted. */
    ENLARGE,
    /** Mounts the file system. */
    MOUNT,
    /** Gives all of the device to a file system that is mounted, if the kernel lets us. */
    GROW
  }

  /**
   * The steps, in their order, after which a disk can be used. What an earlier run did not come to
   * the end of is done again.
   *
   * @param bytes the size that it is to have; a larger one never shrinks
   * @param raw whether its device is used as it is, without a file system
   */
  static List<Step> toUse(State state, long bytes, boolean raw) {
    List<Step> steps = new ArrayList<>();
    boolean made = state.bytes() >= 0;
    boolean isShort = made && state.filled() < Math.max(bytes, state.bytes());
    if (!made) {
      steps.add(Step.MAKE);
    } else if (state.bytes() < bytes) {
      steps.add(Step.EXTEND);
    }
    steps.add(state.attached() ? Step.FIT : Step.ATTACH);
    if (raw) {
      return steps;
    }
    if (isShort) {
      steps.add(state.mounted() ? Step.GROW : Step.ENLARGE);
    }
    if (!state.mounted()) {
      steps.add(Step.MOUNT);
    }
    return steps;
  }

  /** The steps that let a disk in use grow; one that is not in use grows when it is used again. */
  static List<Step> toGrow(State state, long bytes, boolean raw) {
    boolean used = state.attached() && (raw || state.mounted());
    return used ? toUse(state, bytes, raw) : List.of();
  }
}
