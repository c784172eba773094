package io.kuber.node;

import io.kuber.api.RemoteProcess;
import io.kuber.container.ContainerProcess;
import io.kuber.container.Exit;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletionStage;

/** A process that exec started, as the API server sees it. */
record ExecutedProcess(ContainerProcess process) implements RemoteProcess {
  @Override
  public OutputStream stdin() {
    return process.stdin();
  }

  @Override
  public InputStream stdout() {
    return process.stdout();
  }

  @Override
  public InputStream stderr() {
    return process.stderr();
  }

  @Override
  public void resize(int columns, int rows) {
    process.resize(columns, rows);
  }

  @Override
  public CompletionStage<Integer> exit() {
    return process.exit().thenApply(Exit::code);
  }

  @Override
  public void close() {
    process.close();
  }
}
