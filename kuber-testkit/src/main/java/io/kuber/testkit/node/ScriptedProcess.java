package io.kuber.testkit.node;

import io.kuber.api.ApiException;
import io.kuber.api.ExecOptions;
import io.kuber.api.PodRef;
import io.kuber.api.RemoteProcess;
import io.kuber.api.StatusReason;
import io.kuber.testkit.node.script.ExecScript;
import io.kuber.testkit.node.script.ExecScript.Answer;
import io.kuber.testkit.node.script.ExecScript.Command;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * A command that a script answers: at once, or, when it is sent input, once all of it is there. The
 * script runs on the thread that asks for the command or ends the input.
 */
final class ScriptedProcess implements RemoteProcess {
  /** Input beyond this is refused. */
  private static final int MAX_INPUT = 1 << 20;

  /** 128 and the signal of a process that was killed. */
  private static final int KILLED = 137;

  private final ExecScript script;
  private final PodRef pod;
  private final String container;
  private final ExecOptions options;
  private final CompletableFuture<Answer> answer = new CompletableFuture<>();

  ScriptedProcess(ExecScript script, PodRef pod, String container, ExecOptions options) {
    this.script = script;
    this.pod = pod;
    this.container = container;
    this.options = options;
    if (!options.stdin()) {
      run("");
    }
  }

  private void run(String input) {
    try {
      answer.complete(script.run(new Command(pod, container, options.command(), input)));
    } catch (RuntimeException e) {
      answer.completeExceptionally(
          new ApiException(StatusReason.INTERNAL_ERROR, "the script of the pod failed: " + e));
    }
  }

  @Override
  public OutputStream stdin() {
    return new Input();
  }

  @Override
  public InputStream stdout() {
    return new Output(answer.thenApply(this::onStdout));
  }

  /** A terminal shows errors among the rest. */
  private String onStdout(Answer given) {
    String shown = options.tty() ? given.output() + given.errors() : given.output();
    return options.stdout() ? shown : "";
  }

  @Override
  public InputStream stderr() {
    boolean asked = options.stderr() && !options.tty();
    return new Output(answer.thenApply(given -> asked ? given.errors() : ""));
  }

  @Override
  public void resize(int columns, int rows) {
    // nothing is drawn
  }

  @Override
  public CompletionStage<Integer> exit() {
    return answer.thenApply(Answer::exitCode);
  }

  @Override
  public void close() {
    answer.complete(Answer.failure(KILLED, ""));
  }

  /** Collects what is sent; its end runs the script. */
  private final class Input extends OutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      if (bytes.size() + length > MAX_INPUT) {
        throw new IOException("a script takes no more than " + MAX_INPUT + " bytes of input");
      }
      bytes.write(from, offset, length);
    }

    @Override
    public void close() {
      if (options.stdin() && !answer.isDone()) {
        run(bytes.toString(StandardCharsets.UTF_8));
      }
    }
  }

  /** What the script wrote, once it has. */
  private static final class Output extends InputStream {
    private final CompletableFuture<ByteArrayInputStream> bytes;

    Output(CompletableFuture<String> text) {
      this.bytes =
          text.thenApply(
              written -> new ByteArrayInputStream(written.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public int read() throws IOException {
      return written().read();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      return written().read(into, offset, length);
    }

    private ByteArrayInputStream written() throws IOException {
      try {
        return bytes.join();
      } catch (CompletionException e) {
        throw new IOException(e.getCause());
      }
    }
  }
}
