package io.kuber.testkit.fabric8;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.StandardHttpClient;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import io.fabric8.kubernetes.client.http.StandardWebSocketBuilder;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.fabric8.kubernetes.client.http.WebSocketResponse;
import io.kuber.http.LocalCall;
import io.kuber.http.LocalServer;
import io.kuber.http.Request;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/** Sends fabric8's requests to a server in this process; fabric8 adds its retries around. */
final class LocalHttpClient
    extends StandardHttpClient<LocalHttpClient, LocalHttpClientFactory, LocalHttpClientBuilder> {
  private final LocalServer server;

  LocalHttpClient(LocalHttpClientBuilder builder, AtomicBoolean closed, LocalServer server) {
    super(builder, closed);
    this.server = server;
  }

  @Override
  public CompletableFuture<HttpResponse<AsyncBody>> consumeBytesDirect(
      StandardHttpRequest request, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
    BodyAnswer answer = new BodyAnswer(request, consumer);
    try {
      LocalCall call = server.send(Requests.plain(request, server.peer()), answer);
      return cancelling(answer.response(), call);
    } catch (IOException unreadable) {
      return CompletableFuture.failedFuture(unreadable);
    }
  }

  @Override
  public CompletableFuture<WebSocketResponse> buildWebSocketDirect(
      StandardWebSocketBuilder builder, WebSocket.Listener listener) {
    StandardHttpRequest request = builder.asHttpRequest();
    SocketAnswer answer = new SocketAnswer(request, listener);
    Request upgrade = Requests.upgrade(request, builder.getSubprotocol(), server.peer());
    LocalCall call = server.send(upgrade, answer);
    return cancelling(answer.response(), call);
  }

  /** Nobody waits for the answer any more: neither does the server have to. */
  private static <T> CompletableFuture<T> cancelling(CompletableFuture<T> answer, LocalCall call) {
    CompletionStage<T> stage = answer;
    stage.whenComplete(
        (done, failure) -> {
          if (answer.isCancelled()) {
            call.cancel();
          }
        });
    return answer;
  }

  /** The server lives on: it is its owner's. */
  @Override
  protected void doClose() {}
}
