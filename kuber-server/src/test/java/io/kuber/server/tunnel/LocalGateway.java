package io.kuber.server.tunnel;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kuber.api.ApiException;
import io.kuber.api.ExecOptions;
import io.kuber.api.LogOptions;
import io.kuber.api.NodeGateway;
import io.kuber.api.PodConnection;
import io.kuber.api.PodRef;
import io.kuber.api.RemoteProcess;
import io.kuber.api.StatusReason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** A node whose only container is this machine: processes and ports are local ones. */
public final class LocalGateway implements NodeGateway {
  /** Sizes of terminals that clients sent, such as {@code 80x24}. */
  final List<String> sizes = new CopyOnWriteArrayList<>();

  @Override
  public RemoteProcess exec(PodRef pod, String container, ExecOptions options) throws IOException {
    if (container.equals("absent")) {
      throw new ApiException(StatusReason.NOT_FOUND, "container not found (\"absent\")");
    }
    Process process =
        new ProcessBuilder(options.command()).redirectErrorStream(options.tty()).start();
    if (!options.stdin()) {
      process.getOutputStream().close();
    }
    return new LocalProcess(process);
  }

  @Override
  public RemoteProcess attach(PodRef pod, String container, ExecOptions options)
      throws IOException {
    return exec(
        pod,
        container,
        new ExecOptions(
            List.of("cat"), options.stdin(), options.stdout(), options.stderr(), options.tty()));
  }

  @Override
  public PodConnection portForward(PodRef pod, int port) throws IOException {
    return new LocalConnection(new Socket("127.0.0.1", port));
  }

  @Override
  public InputStream logs(PodRef pod, String container, LogOptions options) {
    return new ByteArrayInputStream(("log of " + container + "\n").getBytes(UTF_8));
  }

  private final class LocalProcess implements RemoteProcess {
    private final Process process;

    LocalProcess(Process process) {
      this.process = process;
    }

    @Override
    public OutputStream stdin() {
      return process.getOutputStream();
    }

    @Override
    public InputStream stdout() {
      return process.getInputStream();
    }

    @Override
    public InputStream stderr() {
      return process.getErrorStream();
    }

    @Override
    public void resize(int columns, int rows) {
      sizes.add(columns + "x" + rows);
    }

    @Override
    public CompletionStage<Integer> exit() {
      return process.onExit().thenApply(Process::exitValue);
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  private static final class LocalConnection implements PodConnection {
    private final Socket socket;

    LocalConnection(Socket socket) {
      this.socket = socket;
    }

    @Override
    public InputStream input() {
      try {
        return socket.getInputStream();
      } catch (IOException e) {
        throw new IllegalStateException("the socket is closed", e);
      }
    }

    @Override
    public OutputStream output() {
      return new OutputStream() {
        @Override
        public void write(int oneByte) throws IOException {
          socket.getOutputStream().write(oneByte);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          socket.getOutputStream().write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
          socket.shutdownOutput();
        }
      };
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
