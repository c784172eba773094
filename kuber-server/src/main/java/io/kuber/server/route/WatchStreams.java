package io.kuber.server.route;

import io.kuber.api.ApiAnswer;
import io.kuber.http.ResponseStream;
import io.kuber.loop.Entropy;
import io.kuber.loop.Loop;
import io.kuber.loop.Loops;
import io.kuber.server.chain.ServerRequest;
import io.kuber.server.format.Format;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Serves watches: each belongs to one of a few loops, so that a thousand need no thousand threads.
 * Those whose events a webhook converts are kept apart, since they wait for it.
 */
public final class WatchStreams {
  private static final int LOOPS = 2;

  /** Without a wish of the client a watch ends after one to two times this (k8s.io/apiserver). */
  private static final int MIN_TIMEOUT_SECONDS = 1800;

  private final List<Loop> loops;
  private final List<Loop> waiting;
  private final Entropy entropy;
  private final AtomicInteger next = new AtomicInteger();

  /** Makes the loops. */
  public WatchStreams(Loops loops) {
    this.loops = IntStream.range(0, LOOPS).mapToObj(i -> loops.loop("watch-" + i)).toList();
    this.waiting =
        IntStream.range(0, LOOPS).mapToObj(i -> loops.loop("waiting-watch-" + i)).toList();
    this.entropy = loops.entropy();
  }

  void serve(ServerRequest request, ApiAnswer.Watching watching, Rendering rendering) {
    EventSink sink =
        request.request().wantsWebSocket()
            ? WebSocketEvents.accept(request, rendering.format().encoding() == Format.Encoding.JSON)
            : new BodyEvents(
                request.stream(
                    Answers.headers(rendering, contentType(rendering.format()), "Accept")));
    List<Loop> fit = rendering.served().kind().waits() ? waiting : loops;
    Loop loop = fit.get(Math.floorMod(next.getAndIncrement(), LOOPS));
    boolean bookmarks = request.request().query().isTrue("allowWatchBookmarks");
    new WatchPump(watching.stream(), new EventEncoder(rendering), sink, loop, bookmarks)
        .start(timeout(request));
  }

  private Duration timeout(ServerRequest request) {
    return request
        .request()
        .query()
        .first("timeoutSeconds")
        .filter(text -> text.matches("[1-9][0-9]{0,8}"))
        .map(text -> Duration.ofSeconds(Long.parseLong(text)))
        .orElseGet(
            () -> Duration.ofSeconds(MIN_TIMEOUT_SECONDS + entropy.below(MIN_TIMEOUT_SECONDS)));
  }

  private static String contentType(Format format) {
    String type = Answers.contentType(format);
    return format.encoding() == Format.Encoding.JSON ? type : type + ";stream=watch";
  }

  private record BodyEvents(ResponseStream body) implements EventSink {
    @Override
    public void send(byte[] event) {
      body.write(event);
    }

    @Override
    public void end() {
      body.end();
    }

    @Override
    public void onClose(Runnable action) {
      body.onClose(action);
    }

    @Override
    public boolean isWritable() {
      return body.isWritable();
    }

    @Override
    public long pendingBytes() {
      return body.pendingBytes();
    }

    @Override
    public void onWritable(Runnable action) {
      body.onWritable(action);
    }

    @Override
    public boolean isClosed() {
      return body.isClosed();
    }
  }
}
