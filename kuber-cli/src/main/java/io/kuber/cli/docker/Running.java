package io.kuber.cli.docker;

import io.kuber.http.Headers;
import io.kuber.http.LocalSocketAnswer;
import io.kuber.json.Json;
import io.kuber.object.Tree;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A container that somebody is attached to, from before its start to its end. */
final class Running {
  private static final Logger LOG = LoggerFactory.getLogger(Running.class);

  /** Signals that a process gets for people: those that end it, and those free for its use. */
  private static final List<String> PASSED = List.of("INT", "TERM", "HUP", "USR2", "QUIT");

  private final Docker docker;
  private final String id;
  private final boolean tty;
  private final boolean input;

  Running(Docker docker, String id, boolean tty, boolean input) {
    this.docker = docker;
    this.id = id;
    this.tty = tty;
    this.input = input;
  }

  /** Hears of its end; begun before the start, since it may be short. */
  LocalSocketAnswer end(String condition) throws IOException {
    return docker
        .engine()
        .open(
            "POST",
            Target.of("containers", id, "wait").with("condition", condition),
            Headers.EMPTY);
  }

  /** Its input and output from now on. */
  LocalSocketAnswer connection() throws IOException {
    return docker
        .engine()
        .hijack(
            Target.of("containers", id, "attach")
                .with("stream", true)
                .with("stdin", input)
                .with("stdout", true)
                .with("stderr", true),
            Tree.EMPTY);
  }

  void start() throws IOException {
    docker.engine().post(Target.of("containers", id, "start"));
  }

  /** Hands signals on to it that this process gets; a terminal has keys for them. */
  void passSignals() {
    if (!tty) {
      PASSED.forEach(name -> Signals.on(name, () -> signal(name)));
    }
  }

  private void signal(String name) {
    try {
      docker.engine().post(Target.of("containers", id, "kill").with("signal", name));
    } catch (IOException | Refusal e) {
      LOG.debug("the container did not get {}: {}", name, e.getMessage());
    }
  }

  /** Stays with it until it ends or somebody goes away; returns its exit code, or 0. */
  int stay(LocalSocketAnswer connection, LocalSocketAnswer end) throws IOException {
    if (tty) {
      Attachment.followSize(docker, Target.of("containers", id, "resize"));
    }
    boolean detached = new Attachment(docker, connection, tty).copy(input);
    return detached ? 0 : exitCode(end);
  }

  /** What the engine says at its end. */
  static int exitCode(LocalSocketAnswer end) throws IOException {
    Tree said = Json.parse(end.body().readAllBytes());
    String error = said.text("Error", "Message");
    if (!error.isEmpty()) {
      throw new IOException(error);
    }
    return (int) said.number(0, "StatusCode");
  }
}
