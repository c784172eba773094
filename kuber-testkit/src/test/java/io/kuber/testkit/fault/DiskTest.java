package io.kuber.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Disks that are full, and disks that are slow. */
@Tag("fault")
@Tag("long")
@Timeout(900)
class DiskTest {
  private static final int SOME_WRITES = 60;
  private static final int MEGABYTES = 160;
  private static final int SNAPSHOT_AFTER = 64 << 20;

  /** Below what a store keeps free, above what it needs to go on. */
  private static final int NEARLY_FULL = 40;

  /** Below what a server needs to take anything from the leader. */
  private static final int FULL = 12;

  /** Of a revision that is never reached, so that it changes nothing if it is taken. */
  private static final String PUT = "put full/extra 999999999 extra";

  private static final String READ = "latest follower-fills-up/1";

  @TempDir Path directory;

  @Test
  void refusesWritesWhenItsDiskIsNearlyFullAndTakesThemWhenSpaceReturns() {
    assumeTrue(Shell.isRoot(), "a disk of one's own needs root");
    List<Disk> disks = new ArrayList<>();
    try (Servers servers = Servers.of(directory, SNAPSHOT_AFTER, 100)) {
      for (int i = 0; i < 3; i++) {
        disks.add(Disk.inMemory(MEGABYTES));
        servers.place(i, disks.get(i).directory());
      }
      servers.begin();
      servers.join(1);
      servers.join(2);
      try (Trial trial = new Trial(servers, "full")) {
        trial.awaitWrites(SOME_WRITES);
        disks.forEach(disk -> disk.fillUpTo(NEARLY_FULL));
        Server server = servers.leader();
        Await.until(
            "writes are refused",
            Server.PATIENCE,
            () -> server.answer(PUT),
            () -> server.answer(PUT).startsWith("failed"));
        assertThat(server.answer(PUT)).contains("nearly full", "free some space");
        assertThat(server.answer("latest full/1")).startsWith("read ");
        disks.forEach(Disk::clear);
        trial.awaitWrites(SOME_WRITES);
        trial.judge();
      }
    } finally {
      disks.forEach(Disk::close);
    }
  }

  @Test
  void goesOnWithoutAServerWhoseDiskFillsUpAndFeedsItWhenSpaceReturns() {
    assumeTrue(Shell.isRoot(), "a disk of one's own needs root");
    Disk disk = Disk.inMemory(MEGABYTES);
    try (Servers servers = Servers.of(directory, SNAPSHOT_AFTER, 1_000)) {
      servers.begin();
      servers.join(1);
      servers.place(2, disk.directory());
      servers.join(2);
      try (Trial trial = new Trial(servers, "follower-fills-up")) {
        trial.awaitWrites(SOME_WRITES);
        Server full = servers.server(2);
        disk.fillUpTo(FULL);
        Await.until(
            "it says that its disk is full",
            Server.PATIENCE,
            () -> full.answer(READ),
            () -> full.answer(READ).startsWith("failed"));
        assertThat(full.answer(READ)).contains("nearly full", "free some space");
        // What it had taken before is applied as soon as it hears that this is committed.
        trial.awaitWrites(SOME_WRITES);
        long then = full.applied();
        trial.awaitWrites(5 * SOME_WRITES);
        assertThat(full.applied()).as("follows nobody").isEqualTo(then);
        assertThat(full.answer("get follower-fills-up/1")).startsWith("read ");
        disk.clear();
        Await.until(
            "it follows again",
            Server.PATIENCE,
            () -> full.answer(READ),
            () -> full.answer(READ).startsWith("read "));
        trial.awaitWrites(SOME_WRITES);
        trial.judge();
      }
    } finally {
      disk.close();
    }
  }

  /** A limit on the size of files makes every write fail, as a broken disk does. */
  @Test
  void goesOnWithoutAServerThatCannotWriteItsLogAndTakesItBack() {
    try (Servers servers = Servers.ofThree(directory);
        Trial trial = new Trial(servers, "follower-cannot-write")) {
      trial.awaitWrites(SOME_WRITES);
      Server broken = servers.follower();
      Shell.run("prlimit", "--pid", Long.toString(broken.pid()), "--fsize=0");
      assertThat(broken.fault()).contains("the log could not be written");
      trial.awaitWrites(SOME_WRITES);
      servers.restart(broken).awaitReady();
      trial.awaitWrites(SOME_WRITES);
      trial.judge();
    }
  }

  @Test
  void isNotSlowedDownByASlowDiskOfAFollower() {
    assumeTrue(Disk.canBeSlow(), "slow disks need root and the blkio controller of cgroup v1");
    Disk disk = Disk.inFile(256);
    try (Servers servers = Servers.of(directory, SNAPSHOT_AFTER, 100)) {
      servers.begin();
      servers.join(1);
      servers.place(2, disk.directory());
      servers.join(2);
      assertThat(servers.leader()).isNotSameAs(servers.server(2));
      try (Trial trial = new Trial(servers, "slow-follower")) {
        trial.awaitWrites(SOME_WRITES);
        disk.slow(servers.server(2).pid(), 2);
        trial.awaitWrites(5 * SOME_WRITES);
        servers.server(2).kill();
        servers.restart(servers.server(2)).awaitReady();
        trial.judge();
      }
    } finally {
      disk.close();
    }
  }

  @Test
  void losesNothingOnASlowDiskOfTheLeader() {
    assumeTrue(Disk.canBeSlow(), "slow disks need root and the blkio controller of cgroup v1");
    Disk disk = Disk.inFile(256);
    try (Servers servers = Servers.of(directory, SNAPSHOT_AFTER, 100)) {
      servers.place(0, disk.directory());
      Server slow = servers.begin();
      servers.join(1);
      servers.join(2);
      try (Trial trial = new Trial(servers, "slow-leader")) {
        trial.awaitWrites(SOME_WRITES);
        disk.slow(slow.pid(), 10);
        trial.awaitWrites(SOME_WRITES);
        slow.kill();
        servers.restart(slow).awaitReady();
        trial.awaitWrites(SOME_WRITES);
        trial.judge();
      }
    } finally {
      disk.close();
    }
  }
}
