package io.kuber.node;

import io.kuber.api.ExecOptions;
import io.kuber.api.RemoteProcess;
import io.kuber.container.Container;
import io.kuber.container.Container.Attachment;
import io.kuber.container.Exit;
import io.kuber.container.OutputSink;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The main process of a container, joined while it runs. What a client reads too slowly is dropped,
 * because a container must not wait for somebody who looks on.
 */
final class AttachedProcess implements RemoteProcess, OutputSink {
  private static final Logger LOG = LoggerFactory.getLogger(AttachedProcess.class);
  private static final int BUFFER = 1 << 20;

  private final Container container;
  private final boolean wantsStdin;
  private final boolean closesStdin;
  private final PipedInputStream stdout = new PipedInputStream(BUFFER);
  private final PipedInputStream stderr = new PipedInputStream(BUFFER);
  private final PipedOutputStream toStdout = new PipedOutputStream();
  private final PipedOutputStream toStderr = new PipedOutputStream();
  private final Attachment attachment;

  /**
   * Joins a container.
   *
   * @param stdinOnce whether its input ends when who wrote to it first goes away
   */
  AttachedProcess(Container container, ExecOptions options, boolean stdinOnce) {
    this.container = container;
    this.wantsStdin = options.stdin();
    this.closesStdin = options.stdin() && stdinOnce;
    try {
      stdout.connect(toStdout);
      stderr.connect(toStderr);
    } catch (IOException e) {
      throw new IllegalStateException("new pipes cannot be connected", e);
    }
    this.attachment = container.attach(this);
  }

  @Override
  public void accept(Stream stream, byte[] bytes) {
    PipedInputStream reader = stream == Stream.STDOUT ? stdout : stderr;
    PipedOutputStream writer = stream == Stream.STDOUT ? toStdout : toStderr;
    try {
      if (BUFFER - reader.available() >= bytes.length) {
        writer.write(bytes);
        writer.flush();
      }
    } catch (IOException e) {
      LOG.debug("nobody reads an attached stream any more", e);
    }
  }

  @Override
  public void end() {
    try {
      toStdout.close();
      toStderr.close();
    } catch (IOException e) {
      LOG.debug("an attached stream was closed already", e);
    }
  }

  @Override
  public OutputStream stdin() {
    return wantsStdin ? container.stdin() : OutputStream.nullOutputStream();
  }

  @Override
  public InputStream stdout() {
    return stdout;
  }

  @Override
  public InputStream stderr() {
    return stderr;
  }

  @Override
  public void resize(int columns, int rows) {
    container.resize(columns, rows);
  }

  @Override
  public CompletionStage<Integer> exit() {
    return container.exit().thenApply(Exit::code);
  }

  @Override
  public void close() {
    attachment.close();
    end();
    if (closesStdin) {
      closeStdin();
    }
  }

  private void closeStdin() {
    try {
      container.stdin().close();
    } catch (IOException e) {
      LOG.debug("the input of a container was closed already", e);
    }
  }
}
