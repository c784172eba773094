package io.kuber.cli.docker;

import io.kuber.engine.wire.Frames;
import io.kuber.http.LocalSocketAnswer;
import io.kuber.linux.Tty;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Somebody at a container: what is typed goes in, what it writes comes out, until either has had
 * enough.
 *
 * <p>Output is copied by the caller's thread, input by a daemon, since a read of standard input
 * cannot be ended.
 */
final class Attachment {
  private static final Logger LOG = LoggerFactory.getLogger(Attachment.class);
  private static final int BUFFER = 32 << 10;
  private static final Tty.Mode UNCHANGED = () -> {};

  private final Docker docker;
  private final LocalSocketAnswer connection;
  private final boolean tty;
  private final AtomicBoolean detached = new AtomicBoolean();

  /**
   * Somebody at a process.
   *
   * @param tty whether the process has a terminal
   */
  Attachment(Docker docker, LocalSocketAnswer connection, boolean tty) {
    this.docker = docker;
    this.connection = connection;
    this.tty = tty;
  }

  /**
   * Keeps the terminal of a process as large as the one here. It listens for changes before it
   * tells the size, so that none is missed.
   *
   * @param target such as {@code /containers/x/resize}
   */
  static void followSize(Docker docker, Target target) {
    Signals.on("WINCH", () -> tellSize(docker, target));
    tellSize(docker, target);
  }

  /** One after the other, so that the size that is told last is the latest. */
  private static synchronized void tellSize(Docker docker, Target target) {
    Optional<Tty.Size> size = docker.screen().size();
    if (size.isEmpty()) {
      return;
    }
    Target sized =
        target
            .with("h", Integer.toString(size.get().rows()))
            .with("w", Integer.toString(size.get().columns()));
    try {
      docker.engine().post(sized);
    } catch (IOException | Refusal e) {
      // The process may have ended meanwhile, and a wrong size is no reason to end it.
      LOG.debug("the terminal keeps its size: {}", e.getMessage());
    }
  }

  /**
   * Copies until the process or the connection ends.
   *
   * @param input whether what is typed goes to the process
   * @return whether somebody has gone away with Ctrl-P Ctrl-Q
   */
  boolean copy(boolean input) throws IOException {
    boolean raw = tty && input && docker.screen().isInput();
    Tty.Mode mode = raw ? docker.screen().raw() : UNCHANGED;
    try (mode) {
      if (input) {
        Thread typing = new Thread(this::type, "input");
        typing.setDaemon(true);
        typing.start();
      }
      if (tty) {
        RawOutput.copy(connection.body(), docker.streams().out());
      } else {
        Frames.copy(connection.body(), docker.streams().out(), docker.streams().err());
      }
    } catch (IOException e) {
      if (!detached.get()) {
        throw e;
      }
    }
    return detached.get();
  }

  private void type() {
    try {
      InputStream in = docker.streams().in();
      OutputStream to = connection.output();
      DetachKeys keys = new DetachKeys();
      byte[] buffer = new byte[BUFFER];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        to.write(tty ? keys.pass(buffer, count) : Arrays.copyOf(buffer, count));
        if (keys.isPressed()) {
          detached.set(true);
          connection.close();
          return;
        }
      }
      connection.finishOutput();
    } catch (IOException e) {
      // The process has ended, which the copy of its output sees.
      LOG.debug("input ends: {}", e.getMessage());
    }
  }
}
