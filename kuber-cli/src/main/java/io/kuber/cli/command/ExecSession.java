package io.kuber.cli.command;

import io.kuber.cli.config.ApiConnection;
import io.kuber.cli.output.CommandFailure;
import io.kuber.json.Json;
import io.kuber.object.Tree;
import java.io.ByteArrayOutputStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One command in a container over a WebSocket, without input. The first byte of every message names
 * its channel (k8s.io/apimachinery, pkg/util/remotecommand).
 */
final class ExecSession implements WebSocket.Listener {
  private static final String PROTOCOL = "v5.channel.k8s.io";
  private static final int STDOUT = 1;
  private static final int STDERR = 2;
  private static final int STATUS = 3;

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final ByteArrayOutputStream message = new ByteArrayOutputStream();
  private final CompletableFuture<Tree> status = new CompletableFuture<>();

  /** Runs it and returns what it wrote; fails when it did not end well. */
  String run(ApiConnection api, String path) throws InterruptedException {
    WebSocket socket = api.webSocket(path, PROTOCOL, this);
    try {
      Tree ended = status.get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
      SampleApplication.require(
          ended.text("status").equals("Success"),
          "a command that ends well",
          ended.text("message"));
      return output.toString(StandardCharsets.UTF_8);
    } catch (ExecutionException | TimeoutException e) {
      throw new CommandFailure("exec did not end: " + e);
    } finally {
      socket.abort();
    }
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    message.writeBytes(bytes);
    if (last && message.size() > 0) {
      received(message.toByteArray());
      message.reset();
    }
    socket.request(1);
    return null;
  }

  private void received(byte[] bytes) {
    switch (bytes[0]) {
      case STDOUT, STDERR -> output.write(bytes, 1, bytes.length - 1);
      case STATUS -> status.complete(Json.parse(Arrays.copyOfRange(bytes, 1, bytes.length)));
      default -> {}
    }
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    status.completeExceptionally(error);
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    status.completeExceptionally(
        new IllegalStateException("closed before its end: " + code + " " + reason));
    return null;
  }
}
