package io.kuber.testkit.fault;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that is alone; what breaks it breaks the service, but loses nothing. */
@Tag("fault")
@Timeout(900)
class OneServerTest {
  @TempDir Path directory;

  @Test
  void losesNothingWhenItIsKilled() {
    try (Servers servers = Servers.of(directory, 1 << 20, 200)) {
      servers.begin();
      try (Trial trial = new Trial(servers, "killed")) {
        for (int i = 0; i < 2; i++) {
          trial.awaitWrites(100);
          Server server = servers.server(0);
          server.kill();
          servers.restart(server).awaitReady();
        }
        trial.awaitWrites(100);
        trial.judge();
      }
    }
  }
}
