package io.kuber.node.volume;

import io.kuber.linux.Uapi;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What mount(8) would make of options: flags of the mount, and what the file system reads itself.
 *
 * @param flags {@code MS_*}
 * @param words the others, in their order
 */
record MountOptions(long flags, List<String> words) {
  private static final Map<String, Long> FLAGS =
      Map.of(
          "ro", Uapi.MS_RDONLY,
          "nosuid", Uapi.MS_NOSUID,
          "nodev", Uapi.MS_NODEV,
          "noexec", Uapi.MS_NOEXEC,
          "noatime", Uapi.MS_NOATIME,
          "nodiratime", Uapi.MS_NODIRATIME);

  /** Words of mount(8) that mean what is so anyway. */
  private static final List<String> DEFAULTS =
      List.of("rw", "suid", "dev", "exec", "relatime", "defaults");

  MountOptions {
    words = List.copyOf(words);
  }

  /** Translates; each option may be several, with commas between them. */
  static MountOptions of(List<String> options) {
    long flags = 0;
    List<String> words = new ArrayList<>();
    for (String option : options) {
      for (String word : option.split(",")) {
        flags |= FLAGS.getOrDefault(word, 0L);
        if (!FLAGS.containsKey(word) && !DEFAULTS.contains(word) && !word.isEmpty()) {
          words.add(word);
        }
      }
    }
    return new MountOptions(flags, words);
  }

  /** The words, and one more before them, which they may take back. */
  List<String> with(String first) {
    List<String> all = new ArrayList<>();
    all.add(first);
    all.addAll(words);
    return all;
  }
}
