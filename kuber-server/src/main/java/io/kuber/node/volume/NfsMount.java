package io.kuber.node.volume;

import io.kuber.linux.Uapi;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How mount(8) would ask the kernel for a directory of an NFS server: the helper program that
 * usually translates is not needed, since the kernel reads options as text.
 *
 * @param type {@code nfs4}, or {@code nfs} for version 3
 * @param source server and directory
 * @param flags {@code MS_*} of options that are not the file system's own
 * @param data the others, with the server's address among them
 */
record NfsMount(String type, String source, long flags, String data) {
  private static final Map<String, Long> FLAGS =
      Map.of(
          "ro", Uapi.MS_RDONLY,
          "nosuid", Uapi.MS_NOSUID,
          "nodev", Uapi.MS_NODEV,
          "noexec", Uapi.MS_NOEXEC);

  /** Words of mount(8) that mean what is so anyway. */
  private static final List<String> DEFAULTS = List.of("rw", "suid", "dev", "exec", "defaults");

  /** Translates; looks the server's name up. */
  static NfsMount of(String server, String path, List<String> options) {
    return of(server, address(server), path, options);
  }

  static NfsMount of(String server, String address, String path, List<String> options) {
    long flags = 0;
    List<String> data = new ArrayList<>();
    for (String option : options) {
      for (String word : option.split(",")) {
        flags |= FLAGS.getOrDefault(word, 0L);
        if (!FLAGS.containsKey(word) && !DEFAULTS.contains(word) && !word.isEmpty()) {
          data.add(word);
        }
      }
    }
    boolean three = data.stream().anyMatch(word -> word.matches("(nfs)?vers=3"));
    if (three) {
      data.add("mountaddr=" + address);
    }
    data.add("addr=" + address);
    return new NfsMount(three ? "nfs" : "nfs4", server + ":" + path, flags, String.join(",", data));
  }

  private static String address(String server) {
    try {
      return InetAddress.getByName(server).getHostAddress();
    } catch (UnknownHostException e) {
      throw new VolumeException("mount failed: Failed to resolve server " + server);
    }
  }
}
