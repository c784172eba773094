package io.kuber.raft.log;

import io.kuber.loop.Entropy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a directory of a store is: a file of four lines beside the log. It is ours, because Ratis
 * takes an empty directory for a new one: a log that went missing would come back as an empty
 * cluster.
 *
 * @param group the cluster
 * @param peer what this server is called in the log; drawn with the directory, never used again
 *     when its data is lost
 * @param stage how far it got
 */
record Identity(UUID group, String peer, Stage stage) {
  private static final String FORMAT = "kuber-store 2";

  /** Three lines, without a name for the server. */
  private static final String FORMAT_1 = "kuber-store 1";

  private static final String PEER_1 = "kuber-1";
  private static final int PEER_SUFFIX = 10;

  /** How far a directory got. */
  enum Stage {
    /** The log may be half made; nothing was acknowledged. */
    NEW,
    /** The log is there, but the server is not known to be a member yet. */
    JOINING,
    /** The log must be there. */
    READY;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** One for an empty directory, whose cluster is {@code joins} or one of its own. */
  static Identity draw(@Nullable UUID joins, Entropy entropy) {
    return new Identity(
        joins == null ? entropy.uuid() : joins,
        "kuber-" + entropy.nameSuffix(PEER_SUFFIX),
        Stage.NEW);
  }

  static Identity read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    try {
      if (lines.size() == 3 && lines.get(0).equals(FORMAT_1)) {
        return new Identity(UUID.fromString(lines.get(1)), PEER_1, stage(lines.get(2)));
      }
      if (lines.size() == 4 && lines.get(0).equals(FORMAT)) {
        return new Identity(UUID.fromString(lines.get(1)), lines.get(2), stage(lines.get(3)));
      }
    } catch (IllegalArgumentException e) {
      throw damaged(file);
    }
    throw damaged(file);
  }

  private static Stage stage(String word) {
    for (Stage stage : Stage.values()) {
      if (stage.word().equals(word)) {
        return stage;
      }
    }
    throw new IllegalArgumentException(word);
  }

  private static DamageException damaged(Path file) {
    return new DamageException(file + " is damaged or of a newer kuber");
  }

  Identity at(Stage reached) {
    return new Identity(group, peer, reached);
  }

  /** Writes it so that a power cut leaves the old or the new one. */
  void write(Path file) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
    List<String> lines = List.of(FORMAT, group.toString(), peer, stage.word());
    try (FileChannel out =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      out.write(
          ByteBuffer.wrap((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8)));
      out.force(true);
    }
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    StoreDirectory.syncName(file);
  }
}
