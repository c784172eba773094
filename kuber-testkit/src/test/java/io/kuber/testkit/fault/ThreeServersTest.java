package io.kuber.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faults that three servers survive under load, one after the other on the same cluster: nothing
 * acknowledged is lost, reads are linearizable, watches keep their promises.
 */
@Tag("fault")
@Timeout(900)
@TestInstance(Lifecycle.PER_CLASS)
class ThreeServersTest {
  private static final int SOME_WRITES = 40;

  @TempDir static Path directory;

  private @Nullable Servers servers;
  private int clusters;

  @AfterAll
  void close() {
    Servers last = servers;
    servers = null;
    if (last != null) {
      last.close();
    }
  }

  private Servers servers() {
    Servers known = servers;
    if (known == null) {
      Path place = directory.resolve("cluster-" + clusters++);
      assertThat(place.toFile().mkdirs()).isTrue();
      known = Servers.ofThree(place);
      servers = known;
    }
    return known;
  }

  /** Load, the fault, more load, judgement. A cluster that failed is not used again. */
  private void survives(String name, Consumer<Trial> fault) {
    boolean survived = false;
    try (Trial trial = new Trial(servers(), name)) {
      trial.awaitWrites(SOME_WRITES);
      fault.accept(trial);
      trial.awaitWrites(SOME_WRITES);
      trial.judge();
      survived = true;
    } finally {
      if (!survived) {
        close();
      }
    }
  }

  @Test
  void survivesTheDeathOfTheLeader() {
    survives(
        "leader-dies",
        trial -> {
          Server leader = servers().leader();
          leader.kill();
          trial.awaitWrites(SOME_WRITES);
          servers().restart(leader).awaitReady();
        });
  }

  @Test
  @Tag("long")
  void survivesTheDeathOfAFollower() {
    survives(
        "follower-dies",
        trial -> {
          Server follower = servers().follower();
          follower.kill();
          trial.awaitWrites(SOME_WRITES);
          servers().restart(follower).awaitReady();
        });
  }

  @Test
  void survivesTheDeathOfAllServers() {
    survives(
        "all-die",
        trial -> {
          List<Server> all = servers().alive();
          all.forEach(Server::kill);
          List<Server> again = all.stream().map(servers()::restart).toList();
          again.forEach(Server::awaitReady);
        });
  }

  @Test
  void survivesALeaderThatStopsForAWhile() {
    survives(
        "leader-pauses",
        trial -> {
          Server leader = servers().leader();
          leader.pause();
          servers().leaderBesides(leader);
          trial.awaitWrites(SOME_WRITES);
          leader.goOn();
        });
  }

  @Test
  void survivesALeaderThatIsCutOff() {
    survivesCut("leader-cut-off", leader -> servers().isolate(leader));
  }

  @Test
  @Tag("long")
  void survivesALeaderThatNobodyHears() {
    survivesCut("leader-mute", leader -> servers().mute(leader));
  }

  @Test
  @Tag("long")
  void survivesALeaderThatHearsNobody() {
    survivesCut("leader-deaf", leader -> servers().deafen(leader));
  }

  private void survivesCut(String name, Consumer<Server> cut) {
    assumeTrue(Shell.isRoot(), "cutting the network needs root");
    survives(
        name,
        trial -> {
          Server leader = servers().leader();
          cut.accept(leader);
          try {
            servers().leaderBesides(leader);
            trial.awaitWrites(SOME_WRITES);
          } finally {
            servers().network().heal();
          }
        });
  }

  @Test
  @Tag("long")
  void survivesAFollowerThatDoesNotHearTheLeader() {
    assumeTrue(Shell.isRoot(), "cutting the network needs root");
    survives(
        "two-apart",
        trial -> {
          Server leader = servers().leader();
          int one = servers().number(leader);
          int other = servers().number(servers().follower());
          servers().network().cut(one, other);
          servers().network().cut(other, one);
          try {
            trial.awaitWrites(2 * SOME_WRITES);
          } finally {
            servers().network().heal();
          }
        });
  }

  @Test
  @Tag("long")
  void handsLeadershipOver() {
    survives(
        "transfer",
        trial -> {
          Server next = servers().follower();
          assertThat(servers().leader().answer("transfer " + next.name())).isEqualTo("done");
          Await.until("it leads", Duration.ofSeconds(30), servers()::alive, next::leads);
        });
  }

  @Test
  void survivesARestartOfOneAfterTheOther() {
    survives(
        "rolling",
        trial -> {
          for (Server server : servers().alive()) {
            server.close();
            trial.awaitWrites(SOME_WRITES / 2);
            servers().restart(server).awaitReady();
          }
        });
  }
}
