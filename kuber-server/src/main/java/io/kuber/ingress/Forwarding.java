package io.kuber.ingress;

import io.kuber.http.Outbound;
import io.kuber.ingress.route.Backend;
import io.kuber.ingress.route.Destination;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way to a pod, and the answer on its way back. Belongs to the event loop.
 *
 * <p>A place that takes no connection is passed over for the next one. A kept connection that ends
 * before it has answered is replaced by a new one, as long as no part of a body is lost with it.
 */
final class Forwarding {
  /** How the log calls a request whose client did not wait, as nginx does. */
  private static final int CLIENT_GONE = 499;

  private final Front front;
  private final ChannelHandlerContext client;
  private final Gate gate;
  private final Heads.Client who;
  private final HttpRequest head;
  private final Backend backend;
  private final PlaceSearch search;
  private final RequestFlow request;
  private final long begun = System.nanoTime();
  private final Stillness stillness;
  private @Nullable Upstream upstream;
  private UpstreamHandler handler = new UpstreamHandler(this);
  private @Nullable Answer answer;
  private boolean over;
  private long bytes;

  Forwarding(
      Front front,
      ChannelHandlerContext client,
      Gate gate,
      Heads.Client who,
      HttpRequest head,
      RequestCheck check,
      Destination destination) {
    this.front = front;
    this.client = client;
    this.gate = gate;
    this.who = who;
    this.head = head;
    this.backend = destination.backend();
    this.search =
        new PlaceSearch(gate, client.channel().eventLoop(), backend, this::opened, this::notOpened);
    this.request =
        new RequestFlow(
            head,
            Heads.forBackend(head, check, destination, who, gate.newId()),
            () -> front.ask(client));
    this.stillness = new Stillness(client.executor(), this::stoodStill);
  }

  /** Sets out. */
  void start() {
    if (!search.next()) {
      fail(HttpResponseStatus.SERVICE_UNAVAILABLE, backend.name() + " has no endpoints");
    }
  }

  private void notOpened() {
    if (!over) {
      fail(HttpResponseStatus.BAD_GATEWAY, backend.name() + " takes no connections");
    }
  }

  private void opened(Upstream opened) {
    handler = new UpstreamHandler(this);
    opened.serve(handler);
    if (over) {
      opened.giveBack(handler, false);
      return;
    }
    upstream = opened;
    passed(request.begin(opened.channel()));
  }

  /** Something of the request went on to the pod, or could not. */
  private void passed(boolean well) {
    if (!well) {
      cut();
    } else if (request.isSent()) {
      stillness.limit(IngressLimits.ANSWER);
    } else {
      stillness.moved();
    }
  }

  /** Whether what the client sends next belongs to this request. */
  boolean takesBody() {
    return !request.isSent();
  }

  /** A piece of the request's body; becomes ours. */
  void body(HttpContent content) {
    if (over) {
      ReferenceCountUtil.release(content);
      cut();
    } else {
      passed(request.pass(content));
    }
  }

  /** The pod takes more again. */
  void upstreamWritable() {
    request.podWritable();
  }

  /** The client takes more again, or no more for now. */
  void clientWritable(boolean isWritable) {
    if (upstream != null) {
      upstream.channel().config().setAutoRead(isWritable);
    }
  }

  /** The head of an answer; those that only announce another one are left out. */
  void answer(HttpResponse response) {
    if (response.decoderResult().isFailure()) {
      fail(HttpResponseStatus.BAD_GATEWAY, backend.name() + " does not speak HTTP");
      return;
    }
    answer = new Answer(response, head, front.isMultiplexed());
    if (!answer.isInformation()) {
      stillness.limit(IngressLimits.STILL);
      Outbound.write(
          client,
          Heads.forClient(
              response, head, front.isMultiplexed(), request.isSent() && answer.keepsClient()));
    }
  }

  /** A piece of the answer's body; becomes ours. */
  void answerBody(HttpContent content) {
    if (answer != null && answer.isInformation()) {
      ReferenceCountUtil.release(content);
      if (content instanceof LastHttpContent) {
        answer = null;
      }
      return;
    }
    if (answer == null || content.decoderResult().isFailure()) {
      ReferenceCountUtil.release(content);
      cut();
      return;
    }
    stillness.moved();
    bytes += content.content().readableBytes();
    Outbound.write(client, content);
    if (content instanceof LastHttpContent) {
      complete(answer);
    } else if (!client.channel().isWritable()) {
      clientWritable(false);
    }
  }

  /** What has come so far may go out. */
  void answerPaused() {
    client.flush();
  }

  private void complete(Answer whole) {
    boolean keepsClient = request.isSent() && whole.keepsClient();
    Upstream served = upstream;
    end(whole.status());
    client.flush();
    if (served != null && whole.switches()) {
      front.leave();
      Tunnel.join(client.channel(), front, served.channel(), handler);
      return;
    }
    if (served != null) {
      served.giveBack(handler, request.isSent() && whole.keepsPod());
    }
    front.finished(client, keepsClient);
  }

  private void end(int status) {
    over = true;
    upstream = null;
    stillness.end();
    request.end();
    search.stop();
    gate.log()
        .served(
            who,
            head,
            status,
            bytes,
            Duration.ofNanos(System.nanoTime() - begun),
            backend.name(),
            search.toString());
  }

  /** The pod has ended the connection; behind a whole answer nobody minds. */
  void upstreamGone() {
    if (over) {
      return;
    }
    Upstream gone = upstream;
    upstream = null;
    request.lost();
    if (answer != null) {
      cut();
    } else if (gone != null && gone.isUsed() && !request.hasBody()) {
      search.again();
    } else {
      fail(HttpResponseStatus.BAD_GATEWAY, backend.name() + " ended the connection");
    }
  }

  private void stoodStill() {
    if (answer != null) {
      cut();
    } else if (request.isSent()) {
      fail(HttpResponseStatus.GATEWAY_TIMEOUT, backend.name() + " did not answer in time");
    } else {
      fail(HttpResponseStatus.REQUEST_TIMEOUT, "the request did not arrive in time");
    }
  }

  private void fail(HttpResponseStatus status, String message) {
    leaveUpstream(status.code());
    front.refuse(client, head, status, message);
  }

  /** Ends an answer in the middle, so that the client sees that it is incomplete. */
  private void cut() {
    if (!over) {
      leaveUpstream(answer == null ? CLIENT_GONE : answer.status());
    }
    Outbound.close(client);
  }

  /** The client did not wait. */
  void clientGone() {
    if (!over) {
      leaveUpstream(CLIENT_GONE);
    }
  }

  private void leaveUpstream(int status) {
    Upstream left = upstream;
    end(status);
    if (left != null) {
      left.giveBack(handler, false);
    }
  }
}
