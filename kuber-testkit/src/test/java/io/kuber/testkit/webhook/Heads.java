package io.kuber.testkit.webhook;

import io.kuber.http.AnswerListener;
import io.kuber.http.Headers;
import io.kuber.http.LocalCall;
import io.kuber.http.LocalServer;
import io.kuber.http.Request;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The headers of answers. */
final class Heads {
  private static final long PATIENCE_SECONDS = 60;

  private Heads() {}

  static Headers of(LocalServer server, Request request) throws Exception {
    CompletableFuture<Headers> head = new CompletableFuture<>();
    server.send(
        request,
        new AnswerListener() {
          @Override
          public void onHead(LocalCall call, int status, Headers headers) {
            head.complete(headers);
          }

          @Override
          public void onBytes(LocalCall call, byte[] bytes) {}

          @Override
          public void onFailure(LocalCall call, IOException cause) {
            head.completeExceptionally(cause);
          }
        });
    return head.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }
}
