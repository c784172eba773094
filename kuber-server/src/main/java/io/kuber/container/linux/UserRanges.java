package io.kuber.container.linux;

import io.kuber.container.ContainerException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Gives pods users that no other pod has. Which are taken stands in the records of the sandboxes
 * alone, so nothing has to be given back, nor learnt by the next run.
 *
 * <p>Several nodes of one machine, which know nothing of each other's sandboxes, take from
 * different regions: their names differ in a number at the end. May be used by any thread.
 */
final class UserRanges {
  /** The most pods with users of their own that a node has. */
  static final int MOST = 256;

  /** All numbers stay below 2^31, and the first region leaves the machine's own users out. */
  private static final int REGIONS = 127;

  private final Estate estate;
  private final String instance;

  /**
   * The ranges of a node.
   *
   * @param estate where its sandboxes are
   * @param instance its name
   */
  UserRanges(Estate estate, String instance) {
    this.estate = estate;
    this.instance = instance;
  }

  /**
   * Makes a sandbox with a range that is free; others wait until its record is written.
   *
   * @throws ContainerException when all are taken
   */
  synchronized LinuxSandbox use(Function<UserRange, LinuxSandbox> make) {
    Set<Integer> taken =
        estate.sandboxes().stream()
            .flatMap(id -> Records.read(estate.directory(id)).flatMap(UserRange::of).stream())
            .map(UserRange::first)
            .collect(Collectors.toSet());
    return make.apply(
        free(instance, taken)
            .orElseThrow(
                () ->
                    new ContainerException(
                        "all "
                            + MOST
                            + " ranges of users are taken by pods with hostUsers: false")));
  }

  /** The lowest range of a node's region of which the first number is not taken. */
  static Optional<UserRange> free(String instance, Set<Integer> taken) {
    int region = Math.floorMod(instance.hashCode(), REGIONS);
    for (int i = 0; i < MOST; i++) {
      int first = UserRange.SIZE * (1 + region * MOST + i);
      if (!taken.contains(first)) {
        return Optional.of(new UserRange(first));
      }
    }
    return Optional.empty();
  }
}
