package io.kuber.node.network;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hashing;
import java.util.Optional;

/**
 * What is written on the node's end of a pod's links: whose it is. The link's alias in the kernel
 * holds it as text, such as {@code kuber kuber0 9f2c... 10.244.0.5}.
 *
 * @param bridge the bridge of the kuber that made the link
 * @param podUid the pod's unique id
 */
record LinkLabel(String bridge, String podUid, Ipv4 address) {
  private static final String MARK = "kuber";
  private static final int NAME_DIGITS = 10;

  /** Reads an alias; empty if it is not a label. */
  static Optional<LinkLabel> parse(String alias) {
    String[] words = alias.split(" ", -1);
    if (words.length != 4 || !words[0].equals(MARK)) {
      return Optional.empty();
    }
    return Optional.of(new LinkLabel(words[1], words[2], Ipv4.parse(words[3])));
  }

  String text() {
    return MARK + " " + bridge + " " + podUid + " " + address;
  }

  /** The name of a pod's link: short, as the kernel wants it, and the same at every start. */
  static String linkName(String bridge, String podUid) {
    String digest = Hashing.sha256().hashString(bridge + "/" + podUid, UTF_8).toString();
    return "veth" + digest.substring(0, NAME_DIGITS);
  }
}
