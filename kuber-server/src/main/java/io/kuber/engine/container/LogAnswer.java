package io.kuber.engine.container;

import io.kuber.container.OutputSink.Stream;
import io.kuber.engine.EngineException;
import io.kuber.engine.wire.Call;
import io.kuber.engine.wire.Frames;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** The answer to {@code GET /containers/{id}/logs}. Belongs to the thread of its call. */
final class LogAnswer {
  private final Call call;
  private final Life life;

  LogAnswer(Call call, Life life) {
    this.call = call;
    this.life = life;
  }

  /** Sends what was written, and what is written from now on if the client follows. */
  void send() throws IOException {
    boolean stdout = call.isTrue("stdout");
    boolean stderr = call.isTrue("stderr");
    if (!stdout && !stderr) {
      throw EngineException.malformed("Bad parameters: you must choose at least one stream");
    }
    long tail = call.query("tail").orElse("all").equals("all") ? -1 : call.number("tail", -1);
    Instant since = call.query("since").map(LogAnswer::time).orElse(Instant.EPOCH);
    Instant until = call.query("until").map(LogAnswer::time).orElse(Instant.MAX);
    boolean follows = call.isTrue("follow");
    ContainerOutput.Backlog backlog = life.output().backlog();
    ContainerOutput.Follower follower = backlog.follower();
    call.onGone(follower::close);
    try (follower;
        OutputStream answer = call.answerStream(type())) {
      for (LogLines.Line line : LogLines.select(backlog.lines(), since, until, tail)) {
        if (line.stream() == Stream.STDERR ? stderr : stdout) {
          send(answer, line.stream(), text(line));
        }
      }
      while (follows) {
        Optional<ContainerOutput.Piece> piece = follower.next();
        if (piece.isEmpty()) {
          return;
        }
        if (piece.get().stream() == Stream.STDERR ? stderr : stdout) {
          send(answer, piece.get().stream(), piece.get().bytes());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while following", e);
    }
  }

  private String type() {
    return life.record().hasTerminal()
        ? "application/vnd.docker.raw-stream"
        : "application/vnd.docker.multiplexed-stream";
  }

  private byte[] text(LogLines.Line line) {
    if (!call.isTrue("timestamps")) {
      return line.text();
    }
    byte[] time = (line.time() + " ").getBytes(StandardCharsets.US_ASCII);
    byte[] text = new byte[time.length + line.text().length];
    System.arraycopy(time, 0, text, 0, time.length);
    System.arraycopy(line.text(), 0, text, time.length, line.text().length);
    return text;
  }

  private void send(OutputStream answer, Stream stream, byte[] bytes) throws IOException {
    if (life.record().hasTerminal()) {
      answer.write(bytes);
    } else {
      int number = stream == Stream.STDERR ? Frames.STDERR : Frames.STDOUT;
      Frames.stream(answer, number).write(bytes);
    }
  }

  private static Instant time(String text) {
    try {
      if (text.matches("[0-9]{1,11}(\\.[0-9]*)?")) {
        String whole = text.contains(".") ? text.substring(0, text.indexOf('.')) : text;
        return Instant.ofEpochSecond(Long.parseLong(whole));
      }
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new EngineException(400, "invalid time \"" + text + "\"", e);
    }
  }
}
