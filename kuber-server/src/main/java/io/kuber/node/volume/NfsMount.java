package io.kuber.node.volume;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

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
  /** Translates; looks the server's name up. */
  static NfsMount of(String server, String path, List<String> options) {
    return of(server, address(server), path, options);
  }

  static NfsMount of(String server, String address, String path, List<String> options) {
    MountOptions wanted = MountOptions.of(options);
    List<String> data = new ArrayList<>(wanted.words());
    boolean three = data.stream().anyMatch(word -> word.matches("(nfs)?vers=3"));
    if (three) {
      data.add("mountaddr=" + address);
    }
    data.add("addr=" + address);
    return new NfsMount(
        three ? "nfs" : "nfs4", server + ":" + path, wanted.flags(), String.join(",", data));
  }

  private static String address(String server) {
    try {
      return InetAddress.getByName(server).getHostAddress();
    } catch (UnknownHostException e) {
      throw new VolumeException("mount failed: Failed to resolve server " + server);
    }
  }
}
