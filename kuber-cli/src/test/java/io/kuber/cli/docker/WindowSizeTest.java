package io.kuber.cli.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.cli.KuberCommand;
import io.kuber.http.Duplex;
import io.kuber.http.Headers;
import io.kuber.http.Response;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A window whose size changes while the engine is told of it. */
final class WindowSizeTest {
  private static final long LIMIT_SECONDS = 30;
  private static final String RESIZE = "POST /exec/x/resize";

  @TempDir private Path directory;

  @Test
  void tellsTheSizeAgain() throws Exception {
    CompletableFuture<TypedTerminal> window = new CompletableFuture<>();
    CountDownLatch told = new CountDownLatch(2);
    try (RecordedEngine engine = new RecordedEngine(directory)) {
      engine
          .on("POST /containers/box/exec", 201, "{\"Id\":\"x\"}")
          .on(
              "POST /exec/x/start",
              call -> {
                Duplex shell = call.hijack(Headers.EMPTY);
                waitFor(told);
                shell.close();
              })
          .on(
              RESIZE,
              call -> {
                resize(window.join());
                told.countDown();
                call.respond(Response.empty(200));
              })
          .on(
              RESIZE,
              call -> {
                told.countDown();
                call.respond(Response.empty(200));
              })
          .on("GET /exec/x/json", 200, "{\"ExitCode\":3}");
      try (TypedTerminal terminal =
          TypedTerminal.open(directory, UnaryOperator.identity(), command(engine))) {
        window.complete(terminal);
        assertThat(terminal.end()).isEqualTo(3);
      }
      assertThat(engine.asked()).containsSubsequence(RESIZE + "?h=30&w=100", RESIZE + "?h=25&w=90");
    }
  }

  private static List<String> command(RecordedEngine engine) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        KuberCommand.class.getName(),
        "docker",
        "--host",
        engine.host(),
        "exec",
        "-it",
        "box",
        "sh");
  }

  private static void waitFor(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("the size was not told again");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static void resize(TypedTerminal terminal) throws IOException {
    try {
      terminal.resize(25, 90);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
