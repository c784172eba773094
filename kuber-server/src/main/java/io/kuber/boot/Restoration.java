package io.kuber.boot;

import io.kuber.loop.Loops;
import io.kuber.loop.ThreadLoops;
import io.kuber.raft.RaftConfig;
import io.kuber.raft.RaftStore;
import io.kuber.server.encryption.Vault;
import io.kuber.store.ImageCodec;
import io.kuber.store.StoreException;
import io.kuber.store.TreeImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins a new cluster with what an old one had, from a backup. */
public final class Restoration {
  /**
   * So far above the old cluster's revisions the new ones begin: whoever watched it may have seen
   * revisions that the backup has not, and is to learn that they are no more (410) instead of being
   * shown others under the same numbers.
   */
  private static final long AHEAD = 1L << 30;

  private static final Logger LOG = LoggerFactory.getLogger(Restoration.class);

  private Restoration() {}

  /**
   * What was restored.
   *
   * @param objects how many
   * @param revision at which the new cluster begins
   */
  public record Restored(int objects, long revision) {}

  /**
   * Reads a backup to its end, checksum and all; changes nothing.
   *
   * @throws StartException when the file is no backup, or not a whole one
   */
  public static TreeImage read(Path file) throws StartException {
    try (InputStream in = Files.newInputStream(file)) {
      return ImageCodec.read(in);
    } catch (IOException e) {
      throw new StartException(file + " cannot be used as a backup: " + reason(e));
    }
  }

  private static String reason(IOException e) {
    return e instanceof NoSuchFileException
        ? "there is no such file"
        : String.valueOf(e.getMessage());
  }

  /**
   * Writes an image into a data directory without a store, encrypted with the keys of that; what is
   * encrypted in the image already stays as it is.
   *
   * @throws StartException when there is a store already, or it cannot be written
   */
  public static Restored into(Path dataDir, TreeImage image) throws StartException {
    DataDirectory.make(dataDir);
    Path store = dataDir.resolve("store");
    if (Files.exists(store)) {
      throw new StartException(
          store
              + " is there already; a backup is restored into a new cluster: choose another"
              + " --data-dir");
    }
    Vault vault = EncryptionFiles.open(dataDir, Optional.empty());
    TreeImage later = image.at(image.revision() + AHEAD);
    try (Loops loops = new ThreadLoops()) {
      RaftConfig config = RaftConfig.of(store, Restoration::failed).withSealing(vault);
      RaftStore.seed(config, loops, later);
    } catch (StoreException e) {
      throw new StartException(String.valueOf(e.getMessage()));
    }
    return new Restored(later.size(), later.revision());
  }

  /** Whoever waits for the store hears of it too. */
  private static void failed(String message, Throwable cause) {
    LOG.error(message, cause);
  }
}
