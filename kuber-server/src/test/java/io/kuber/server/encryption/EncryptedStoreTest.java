package io.kuber.server.encryption;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.loop.ThreadLoops;
import io.kuber.raft.RaftConfig;
import io.kuber.raft.RaftStore;
import io.kuber.store.Command;
import io.kuber.store.ImageCodec;
import io.kuber.store.Key;
import io.kuber.store.Outcome;
import io.kuber.store.SealedException;
import io.kuber.store.Sealing;
import io.kuber.store.Store;
import io.kuber.store.Stored;
import io.kuber.store.TreeImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The files of a store: what stands in them, and what they are good for with the wrong keys. */
@Timeout(240)
final class EncryptedStoreTest {
  private static final String PLAIN = "correct-horse-battery-staple";
  private static final Key SECRET = new Key("secrets", "default", "login");
  private static final Key MAP = new Key("configmaps", "default", "settings");

  @TempDir Path directory;

  private final ThreadLoops loops = new ThreadLoops();
  private final List<String> faults = new ArrayList<>();

  @AfterEach
  void end() {
    loops.close();
    assertThat(faults).isEmpty();
  }

  @Test
  void neitherLogNorSnapshotNorBackupHoldsTheValue() throws Exception {
    Vault vault = vault("a");
    assertThat(written(vault)).isEmpty();
    assertThat(text(backup(vault))).doesNotContain(PLAIN);
  }

  /** Without encryption all of them do: the test before would find it. */
  @Test
  void withoutEncryptionAllHoldIt() throws Exception {
    assertThat(written(Sealing.NONE)).contains("log").contains("snapshot");
    assertThat(text(backup(Sealing.NONE))).contains(PLAIN);
  }

  @Test
  void readsWhatWasWrittenBeforeThereWasEncryption() throws Exception {
    written(Sealing.NONE);
    try (RaftStore store = open(vault("a"))) {
      assertThat(text(store, SECRET)).contains(PLAIN);
    }
  }

  @Test
  void aBackupIsCheckedWithoutAKeyAndOpenedWithIt() throws Exception {
    Vault vault = vault("a");
    written(vault);
    byte[] backup = backup(vault);
    TreeImage image = ImageCodec.read(new ByteArrayInputStream(backup));
    assertThat(Objects.requireNonNull(image.get(SECRET)).isSealed()).isTrue();
    RaftStore.seed(config("restored", vault), loops, image.at(image.revision() + 100));
    try (RaftStore store = RaftStore.open(config("restored", vault), loops)) {
      assertThat(text(store, SECRET)).contains(PLAIN);
      assertThat(text(store, MAP)).contains("{}");
    }
    assertThat(holding("restored")).isEmpty();
  }

  @Test
  void withAnotherKeyTheObjectIsAnErrorAndTheOthersAreServed() throws Exception {
    Vault right = vault("a");
    written(right);
    try (RaftStore store = open(vault("b"))) {
      Stored sealed = Objects.requireNonNull(store.image().get(SECRET));
      assertThatThrownBy(sealed::object)
          .isInstanceOf(SealedException.class)
          .hasMessageContaining("secrets/default/login is encrypted on the disk, and no key");
      assertThatThrownBy(sealed::value).isInstanceOf(SealedException.class);
      assertThat(store.image().scan("secrets", "", null)).isExhausted();
      assertThat(text(store, MAP)).contains("{}");
      put(store, new Key("secrets", "default", "other"), 0, "{}");
      assertThat(store.image().scan("secrets", "", null)).toIterable().hasSize(1);
      assertThat(submit(store, SECRET, 0, "{}")).isInstanceOf(Outcome.Conflict.class);
    }
    try (RaftStore store = open(right)) {
      assertThat(text(store, SECRET)).contains(PLAIN);
    }
  }

  @Test
  void goesOnWithTheNewKeyAloneOnceEverythingIsWrittenAnew() throws Exception {
    Vault old = vault("a");
    written(old);
    Path newKey = Files.writeString(directory.resolve("new"), Vault.newFile(Optional.empty()));
    Vault rotated = Vault.open(directory.resolve("a.yaml"), Optional.of(newKey));
    try (RaftStore store = open(rotated)) {
      Stored before = Objects.requireNonNull(store.image().get(SECRET));
      put(store, SECRET, before.revision(), new String(before.value(), UTF_8));
    }
    Vault alone = Vault.open(newKey, Optional.empty());
    try (RaftStore store = open(alone)) {
      assertThat(text(store, SECRET)).contains(PLAIN);
    }
  }

  /** Writes so much that there is a snapshot, and returns the files that hold the value. */
  private String written(Sealing sealing) throws Exception {
    try (RaftStore store = open(sealing)) {
      put(store, SECRET, 0, "{\"data\":\"" + PLAIN + "\"}");
      put(store, MAP, 0, "{}");
      for (int i = 0; i < 30; i++) {
        put(store, new Key("pods", "load", "pod-" + i), 0, "{\"a\":\"" + "x".repeat(1000) + "\"}");
      }
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (!hasSnapshot()) {
        assertThat(System.nanoTime()).as("a snapshot is written").isLessThan(end);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
      }
    }
    return holding("store");
  }

  private boolean hasSnapshot() throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("store"))) {
      return files.anyMatch(file -> file.getFileName().toString().matches("snapshot\\.\\d+_\\d+"));
    }
  }

  private String holding(String store) throws IOException {
    StringBuilder found = new StringBuilder();
    try (Stream<Path> files = Files.walk(directory.resolve(store))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (text(Files.readAllBytes(file)).contains(PLAIN)) {
          found.append(file.getFileName()).append(' ');
        }
      }
    }
    return found.toString();
  }

  private byte[] backup(Sealing sealing) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (RaftStore store = open(sealing)) {
      ImageCodec.write((TreeImage) store.image(), sealing, out);
    }
    return out.toByteArray();
  }

  private Vault vault(String name) throws IOException {
    Path file = directory.resolve(name + ".yaml");
    if (!Files.exists(file)) {
      Files.writeString(file, Vault.newFile(Optional.empty()));
    }
    return Vault.open(file, Optional.empty());
  }

  private RaftStore open(Sealing sealing) {
    return RaftStore.open(config("store", sealing), loops);
  }

  private RaftConfig config(String name, Sealing sealing) {
    return RaftConfig.of(directory.resolve(name), (text, cause) -> faults.add(text + cause))
        .withSnapshotAfterBytes(20_000)
        .withSealing(sealing);
  }

  private static String text(Store store, Key key) {
    return new String(Objects.requireNonNull(store.image().get(key)).value(), UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  private static void put(Store store, Key key, long expected, String value) throws Exception {
    assertThat(submit(store, key, expected, value)).isInstanceOf(Outcome.Applied.class);
  }

  private static Outcome submit(Store store, Key key, long expected, String value)
      throws Exception {
    Command put = new Command.Put(key, expected, value.getBytes(UTF_8));
    return store.submit(put).toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}
