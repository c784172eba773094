package io.kuber.server.route;

import com.google.common.collect.Iterators;
import io.kuber.api.ApiAnswer;
import io.kuber.http.Headers;
import io.kuber.http.Response;
import io.kuber.http.ResponseStream;
import io.kuber.loop.Loop;
import io.kuber.loop.Loops;
import io.kuber.server.chain.Compression;
import io.kuber.server.chain.ServerRequest;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Answers with lists: a short one as a whole, a long one chunk by chunk from one of a few loops.
 * Those that a webhook converts are kept apart, since they wait for it.
 *
 * <p>No owner thread; a list belongs to the thread that answers until it is handed to its loop.
 */
public final class ListStreams {
  private static final int LOOPS = 2;

  private final List<Loop> loops;
  private final List<Loop> waiting;
  private final AtomicInteger next = new AtomicInteger();

  /** Makes the loops. */
  public ListStreams(Loops loops) {
    this.loops = IntStream.range(0, LOOPS).mapToObj(i -> loops.loop("list-" + i)).toList();
    this.waiting =
        IntStream.range(0, LOOPS).mapToObj(i -> loops.loop("waiting-list-" + i)).toList();
  }

  void serve(ServerRequest request, ApiAnswer.Many many, Rendering rendering) {
    ListBody body = new ListBody(rendering.layout(many), many.entries());
    byte[] first = body.next();
    Headers headers = headers(rendering);
    if (!body.hasNext()) {
      request.respond(new Response(200, headers, first));
      return;
    }
    if (request.request().method().equals("HEAD")) {
      request.stream(headers).end();
      return;
    }
    boolean compressed = Compression.isAccepted(request);
    ResponseStream stream =
        request.stream(compressed ? headers.plus("Content-Encoding", "gzip") : headers);
    Iterator<byte[]> chunks = Iterators.concat(Iterators.singletonIterator(first), body);
    List<Loop> fit = rendering.served().kind().waits() ? waiting : loops;
    Loop loop = fit.get(Math.floorMod(next.getAndIncrement(), LOOPS));
    new ListPump(compressed ? new GzipChunks(chunks) : chunks, stream, loop, request::fail).start();
  }

  private static Headers headers(Rendering rendering) {
    return Answers.headers(
        rendering, Answers.contentType(rendering.format()), "Accept, Accept-Encoding");
  }
}
