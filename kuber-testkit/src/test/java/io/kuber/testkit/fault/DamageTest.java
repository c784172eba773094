package io.kuber.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Disks that give back something else than what was written: found and named, never served. */
@Tag("fault")
@Tag("long")
@Timeout(900)
class DamageTest {
  private static final int SOME_WRITES = 60;
  private static final int NO_SNAPSHOT = 1 << 30;
  private static final int VALUE_BYTES = 3_000;

  @TempDir Path directory;

  @Test
  void cutsOffAWriteThatAPowerCutInterrupted() {
    try (Servers servers = Servers.ofThree(directory, NO_SNAPSHOT, VALUE_BYTES);
        Trial trial = new Trial(servers, "torn")) {
      trial.awaitWrites(SOME_WRITES);
      Server torn = servers.follower();
      torn.kill();
      tear(new LogDamage(servers.data(servers.number(torn))).open());
      servers.restart(torn).awaitReady();
      trial.awaitWrites(SOME_WRITES);
      trial.judge();
    }
  }

  @Test
  void cutsOffWritesThatAPowerCutInterruptedEverywhere() {
    try (Servers servers = Servers.ofThree(directory, NO_SNAPSHOT, VALUE_BYTES);
        Trial trial = new Trial(servers, "all-torn")) {
      trial.awaitWrites(SOME_WRITES);
      List<Server> all = servers.alive();
      all.forEach(Server::kill);
      all.forEach(torn -> tear(new LogDamage(servers.data(servers.number(torn))).open()));
      List<Server> again = all.stream().map(servers::restart).toList();
      again.forEach(Server::awaitReady);
      trial.awaitWrites(SOME_WRITES);
      trial.judge();
    }
  }

  /** The beginning of an entry behind the last one, as far as the disk had got. */
  private static void tear(Path segment) {
    List<Integer> entries = LogDamage.entries(segment);
    int end = entries.get(entries.size() - 1);
    byte[] content = LogDamage.read(segment);
    int longest = 0;
    for (int i = 1; i < entries.size(); i++) {
      if (entries.get(i) - entries.get(i - 1) > entries.get(longest + 1) - entries.get(longest)) {
        longest = i - 1;
      }
    }
    int start = entries.get(longest);
    LogDamage.write(segment, end, Arrays.copyOfRange(content, start, start + 700));
  }

  @Test
  void refusesALogWithAFlippedBitAndIsReplaced() throws IOException {
    refusesAndIsReplaced(
        "flipped",
        store -> {
          Path segment = store.open();
          List<Integer> entries = LogDamage.entries(segment);
          LogDamage.flip(segment, entries.get(entries.size() / 2) + 40, 3);
        },
        "log_inprogress");
  }

  @Test
  void refusesALogOfWhichAFileIsMissingAndIsReplaced() throws IOException {
    refusesAndIsReplaced(
        "missing",
        store -> LogDamage.delete(store.files("log_(inprogress_0|0-\\d+)").get(0)),
        "log");
  }

  private void refusesAndIsReplaced(String name, Consumer<LogDamage> damage, String named)
      throws IOException {
    try (Servers servers = Servers.ofThree(directory, NO_SNAPSHOT, VALUE_BYTES);
        Trial trial = new Trial(servers, name)) {
      trial.awaitWrites(SOME_WRITES);
      Server damaged = servers.follower();
      int number = servers.number(damaged);
      damaged.kill();
      damage.accept(new LogDamage(servers.data(number)));
      assertThat(servers.restart(damaged).refusal()).contains(servers.data(number) + "", named);
      trial.awaitWrites(SOME_WRITES);
      MoreFiles.deleteRecursively(servers.data(number), RecursiveDeleteOption.ALLOW_INSECURE);
      assertThat(servers.leader().answer("remove " + damaged.name())).isEqualTo("done");
      servers.join(number);
      trial.awaitWrites(SOME_WRITES);
      trial.judge();
    }
  }

  @Test
  void doesNotServeASnapshotWithAFlippedBit() throws IOException {
    try (Servers servers = Servers.ofThree(directory, 200_000, VALUE_BYTES);
        Trial trial = new Trial(servers, "snapshot")) {
      Server damaged = servers.follower();
      int number = servers.number(damaged);
      LogDamage store = new LogDamage(servers.data(number));
      Await.until(
          "a snapshot is written",
          Server.PATIENCE,
          servers::alive,
          () -> !store.files("snapshot\\.\\d+_\\d+").isEmpty());
      trial.awaitWrites(SOME_WRITES);
      damaged.kill();
      List<Path> snapshots = store.files("snapshot\\.\\d+_\\d+");
      for (Path snapshot : snapshots) {
        LogDamage.flip(snapshot, Files.size(snapshot) / 2, 5);
      }
      // The log still reaches back to its beginning, so that the state can be made anew.
      Server again = servers.restart(damaged).awaitReady();
      assertThat(servers.errors(number)).contains("cannot read the snapshot " + snapshots.get(0));
      assertThat(again.isAlive()).isTrue();
      trial.awaitWrites(SOME_WRITES);
      trial.judge();
    }
  }
}
