package io.kuber.container;

/**
 * A device of the machine that a container may use beyond the harmless ones.
 *
 * @param block whether it is a block device, rather than one of characters
 * @param access of {@code r}, {@code w} and {@code m} (making nodes) those that are allowed
 */
public record Device(boolean block, int major, int minor, String access) {
  /** Checks the access. */
  public Device {
    if (!access.matches("[rwm]{1,3}")) {
      throw new IllegalArgumentException("invalid access to a device: \"" + access + "\"");
    }
  }
}
