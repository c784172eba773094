package io.kuber.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Faults that take their time: long pauses, flapping networks, the same death again and again. */
@Tag("fault")
@Tag("long")
@Timeout(900)
class LongFaultsTest {
  private static final int SOME_WRITES = 60;

  @TempDir Path directory;

  @Test
  void survivesALeaderThatIsStoppedForThirtySeconds() {
    try (Servers servers = Servers.ofThree(directory);
        Trial trial = new Trial(servers, "paused")) {
      trial.awaitWrites(SOME_WRITES);
      Server leader = servers.leader();
      leader.pause();
      Await.pass(Duration.ofSeconds(30));
      servers.leaderBesides(leader);
      trial.awaitWrites(SOME_WRITES);
      leader.goOn();
      trial.awaitWrites(SOME_WRITES, () -> restartEnded(servers));
      servers.alive().forEach(Server::awaitReady);
      trial.judge();
    }
  }

  @Test
  void survivesThatAllAreStoppedForSeventySeconds() {
    try (Servers servers = Servers.ofThree(directory);
        Trial trial = new Trial(servers, "all-paused")) {
      trial.awaitWrites(SOME_WRITES);
      List<Server> all = servers.alive();
      all.forEach(Server::pause);
      Await.pass(Duration.ofSeconds(70));
      all.forEach(Server::goOn);
      Await.pass(Duration.ofSeconds(5));
      trial.awaitWrites(SOME_WRITES, () -> restartEnded(servers));
      servers.alive().forEach(Server::awaitReady);
      trial.judge();
    }
  }

  /** A server may end itself after a long pause, for the service manager to start it again. */
  private static void restartEnded(Servers servers) {
    for (Server ended : servers.ended()) {
      assertThat(ended.fault()).isNotEmpty();
      servers.restart(ended);
    }
  }

  @Test
  void survivesANetworkThatComesAndGoes() {
    assumeTrue(Shell.isRoot(), "cutting the network needs root");
    Random random = new Random(7);
    try (Servers servers = Servers.ofThree(directory);
        Trial trial = new Trial(servers, "flapping")) {
      for (int i = 0; i < 12; i++) {
        trial.awaitWrites(5);
        Server unlucky = servers.server(random.nextInt(3));
        switch (random.nextInt(3)) {
          case 0 -> servers.isolate(unlucky);
          case 1 -> servers.mute(unlucky);
          default -> servers.deafen(unlucky);
        }
        Await.pass(Duration.ofMillis(200 + random.nextInt(3_000)));
        servers.network().heal();
      }
      trial.awaitWrites(SOME_WRITES);
      trial.judge();
    }
  }

  @Test
  void survivesThatNobodyHearsAnybody() {
    assumeTrue(Shell.isRoot(), "cutting the network needs root");
    try (Servers servers = Servers.ofThree(directory);
        Trial trial = new Trial(servers, "all-apart")) {
      trial.awaitWrites(SOME_WRITES);
      servers.alive().forEach(servers::isolate);
      Await.until(
          "a server says that its peers are missing",
          Server.PATIENCE,
          () -> servers.server(0).answer("quorum"),
          () -> servers.server(0).answer("quorum").contains("missing"));
      assertThat(servers.server(0).answer("quorum"))
          .contains("server-1", "server-2", "since", "needed to write");
      assertThat(servers.server(0).answer("get all-apart/1")).startsWith("read ");
      servers.network().heal();
      trial.awaitWrites(SOME_WRITES);
      trial.judge();
    }
  }

  @Test
  void survivesDeathsWithoutEnd() {
    Random random = new Random(11);
    try (Servers servers = Servers.ofThree(directory, 200_000, 1_000);
        Trial trial = new Trial(servers, "deaths")) {
      for (int i = 0; i < 8; i++) {
        trial.awaitWrites(SOME_WRITES);
        List<Server> all = servers.alive();
        List<Server> dying = all.subList(0, 1 + random.nextInt(all.size()));
        dying.forEach(Server::kill);
        List<Server> again = dying.stream().map(servers::restart).toList();
        again.forEach(Server::awaitReady);
      }
      trial.awaitWrites(SOME_WRITES);
      trial.judge();
    }
  }

  @Test
  void survivesClocksThatJump() {
    try (Servers servers = Servers.ofThree(directory);
        Trial trial = new Trial(servers, "clock")) {
      trial.awaitWrites(SOME_WRITES);
      servers.leader().answer("clock 7200");
      trial.awaitWrites(SOME_WRITES);
      servers.follower().answer("clock -86400");
      trial.awaitWrites(SOME_WRITES);
      servers.leader().answer("clock -7200");
      trial.awaitWrites(SOME_WRITES);
      trial.judge();
    }
  }
}
