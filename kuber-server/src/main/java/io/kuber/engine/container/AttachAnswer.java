package io.kuber.engine.container;

import io.kuber.container.Container;
import io.kuber.container.OutputSink.Stream;
import io.kuber.engine.EngineException;
import io.kuber.engine.wire.Call;
import io.kuber.engine.wire.Frames;
import io.kuber.http.Duplex;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** {@code docker attach}: what a container writes from now on, and what its client types. */
final class AttachAnswer {
  private static final int COPY_BYTES = 32 << 10;

  private final Call call;
  private final Life life;

  AttachAnswer(Call call, Life life) {
    this.call = call;
    this.life = life;
  }

  /** Serves the client until the run that there is, or that comes next, has ended. */
  void serve() throws IOException {
    if (call.isTrue("logs")) {
      throw EngineException.malformed("logs: what was written before is read with /logs");
    }
    boolean stdout = call.isTrue("stdout");
    boolean stderr = call.isTrue("stderr");
    call.body();
    try (ContainerOutput.Follower follower = life.output().follow()) {
      Duplex client = call.hijack();
      if (call.isTrue("stdin") && life.record().config().isTrue("OpenStdin")) {
        Streams.begin("attach-input", () -> type(client));
      }
      OutputStream out = stream(client, Frames.STDOUT);
      OutputStream err = stream(client, Frames.STDERR);
      Optional<ContainerOutput.Piece> piece = follower.next();
      while (piece.isPresent()) {
        boolean isError = piece.get().stream() == Stream.STDERR;
        if (isError ? stderr : stdout) {
          (isError ? err : out).write(piece.get().bytes());
        }
        piece = follower.next();
      }
      client.endOutput();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while attached", e);
    }
  }

  private OutputStream stream(Duplex client, int number) {
    return life.record().hasTerminal() ? client.out() : Frames.stream(client.out(), number);
  }

  private void type(Duplex client) throws IOException {
    Container container = life.awaitRunning();
    OutputStream stdin = container.stdin();
    byte[] buffer = new byte[COPY_BYTES];
    for (int count = client.in().read(buffer); count >= 0; count = client.in().read(buffer)) {
      stdin.write(buffer, 0, count);
      stdin.flush();
    }
    // Somebody may come back to a terminal.
    if (life.record().config().isTrue("StdinOnce") && !life.record().hasTerminal()) {
      stdin.close();
    }
  }
}
