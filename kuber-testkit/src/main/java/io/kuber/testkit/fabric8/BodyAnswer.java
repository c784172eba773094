package io.kuber.testkit.fabric8;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.kuber.http.AnswerListener;
import io.kuber.http.Headers;
import io.kuber.http.LocalCall;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** An answer with a body, which fabric8 consumes piece by piece. */
final class BodyAnswer implements AnswerListener {
  private final HttpRequest request;
  private final AsyncBody.Consumer<List<ByteBuffer>> consumer;
  private final CompletableFuture<HttpResponse<AsyncBody>> response = new CompletableFuture<>();
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  BodyAnswer(HttpRequest request, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
    this.request = request;
    this.consumer = consumer;
  }

  /** Completes with the head of the answer. */
  CompletableFuture<HttpResponse<AsyncBody>> response() {
    return response;
  }

  /** What fabric8 holds in its hands while the body comes. */
  private record Body(LocalCall call, CompletableFuture<Void> done) implements AsyncBody {
    @Override
    public void consume() {
      call.take();
    }

    @Override
    public void cancel() {
      call.cancel();
      done.cancel(false);
    }
  }

  @Override
  public void onHead(LocalCall call, int status, Headers headers) {
    response.complete(new Answer(request, status, headers, new Body(call, done)));
  }

  @Override
  public void onBytes(LocalCall call, byte[] bytes) {
    try {
      consumer.consume(List.of(ByteBuffer.wrap(bytes).asReadOnlyBuffer()), new Body(call, done));
    } catch (Exception e) {
      call.cancel();
      done.completeExceptionally(e);
    }
  }

  @Override
  public void onEnd(LocalCall call) {
    done.complete(null);
  }

  @Override
  public void onFailure(LocalCall call, IOException cause) {
    response.completeExceptionally(cause);
    done.completeExceptionally(cause);
  }
}
