package io.kuber.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers that come and go for good, under load. */
@Tag("fault")
@Tag("long")
@Timeout(900)
class MembersTest {
  private static final int SOME_WRITES = 60;

  @TempDir Path directory;

  @Test
  void takesAFourthServerAndLetsTheLeaderGo() {
    try (Servers servers = Servers.ofThree(directory);
        Trial trial = new Trial(servers, "fourth")) {
      trial.awaitWrites(SOME_WRITES);
      servers.join(3);
      trial.awaitWrites(SOME_WRITES);
      Server leader = servers.leader();
      assertThat(leader.answer("remove " + leader.name())).isEqualTo("done");
      servers.forget(servers.number(leader));
      trial.awaitWrites(SOME_WRITES);
      trial.judge();
    }
  }

  @Test
  void replacesAServerWhoseDataIsGone() throws IOException {
    try (Servers servers = Servers.ofThree(directory);
        Trial trial = new Trial(servers, "replaced")) {
      trial.awaitWrites(SOME_WRITES);
      Server lost = servers.server(2);
      lost.kill();
      MoreFiles.deleteRecursively(servers.data(2), RecursiveDeleteOption.ALLOW_INSECURE);
      trial.awaitWrites(SOME_WRITES);
      assertThat(servers.leader().answer("remove " + lost.name())).isEqualTo("done");
      servers.join(2);
      trial.awaitWrites(SOME_WRITES);
      trial.judge();
    }
  }

  /** RATIS-2523: an idle cluster with an empty peer that comes back must not wait for a write. */
  @Test
  void replacesAServerWhoseDataIsGoneThoughNobodyWrites() throws IOException {
    try (Servers servers = Servers.ofThree(directory)) {
      try (Trial trial = new Trial(servers, "before")) {
        trial.awaitWrites(SOME_WRITES);
        trial.judge();
      }
      servers.server(2).kill();
      MoreFiles.deleteRecursively(servers.data(2), RecursiveDeleteOption.ALLOW_INSECURE);
      assertThat(servers.leader().answer("remove server-2")).isEqualTo("done");
      servers.join(2);
      servers.awaitAgreement();
    }
  }

  @Test
  void takesAServerWhileTheLeaderDies() {
    try (Servers servers = Servers.ofThree(directory);
        Trial trial = new Trial(servers, "joined-in-trouble")) {
      trial.awaitWrites(SOME_WRITES);
      Server joiner = servers.start(3);
      Server leader = servers.leader();
      CompletableFuture<String> added = leader.ask(servers.addition(joiner));
      leader.kill();
      String how = added.exceptionally(ended -> "ended").join();
      assertThat(how).isIn("ended", "done");
      servers.restart(leader).awaitReady();
      Await.until(
          "it is a member",
          Server.PATIENCE,
          servers::alive,
          () ->
              joiner.isReady() || servers.leader().answer(servers.addition(joiner)).equals("done"));
      joiner.awaitReady();
      trial.awaitWrites(SOME_WRITES);
      trial.judge();
    }
  }

  @Test
  void takesASnapshotThoughItsInstallationIsInterrupted() {
    try (Servers servers = Servers.ofThreeForgetful(directory, 300_000, 2_000);
        Trial trial = new Trial(servers, "snapshot")) {
      Server away = servers.server(2);
      away.kill();
      LogDamage others = new LogDamage(servers.data(servers.number(servers.leader())));
      Await.until(
          "the beginning of the log is gone",
          Server.PATIENCE,
          () -> others.files("log_.*"),
          () -> others.files("log_(inprogress_0|0-\\d+)").isEmpty());
      for (int i = 0; i < 3; i++) {
        Server again = servers.restart(away);
        again.hello();
        Await.pass(Duration.ofMillis(400L * i));
        again.kill();
        trial.awaitWrites(SOME_WRITES);
        away = again;
      }
      servers.restart(away).awaitReady();
      trial.awaitWrites(SOME_WRITES);
      trial.judge();
    }
  }
}
