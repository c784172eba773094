package io.kuber.node.image.layer;

import io.kuber.linux.Errno;
import io.kuber.linux.SyscallException;
import io.kuber.linux.Syscalls;
import java.util.Map;

/**
 * Which extended attributes of an image are taken over: capabilities of programs, and what users
 * may set themselves. Those of the overlay would let a layer speak to the kernel about its own
 * mount ({@code trusted.overlay.redirect}), so they, and all others, are left out.
 */
final class Attributes {
  private Attributes() {}

  static boolean isTaken(String name) {
    return name.equals("security.capability")
        || (name.startsWith("user.") && !name.startsWith("user.overlay."));
  }

  /** A file system without such attributes gets none, as with other runtimes. */
  static void set(Syscalls linux, int descriptor, Map<String, byte[]> attributes) {
    attributes.forEach(
        (name, value) -> {
          if (isTaken(name)) {
            try {
              linux.setAttribute(descriptor, name, value);
            } catch (SyscallException e) {
              if (!e.is(Errno.EOPNOTSUPP)) {
                throw e;
              }
            }
          }
        });
  }
}
