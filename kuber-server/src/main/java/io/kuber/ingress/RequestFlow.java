package io.kuber.ingress;

import io.kuber.http.Outbound;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * What goes from a client to its pod: the head, then the body, no faster than the pod takes it.
 * Belongs to the event loop.
 */
final class RequestFlow {
  private final HttpRequest outgoing;
  private final boolean hasBody;
  private final Runnable askClient;

  /** The body of a request that came as a whole, until it is sent. */
  private @Nullable HttpContent whole;

  private @Nullable Channel pod;
  private boolean sent;
  private boolean waitsForPod;

  /**
   * @param head as the client sent it
   * @param outgoing as the pod gets it
   * @param askClient reads the client's next message
   */
  RequestFlow(HttpRequest head, HttpRequest outgoing, Runnable askClient) {
    this.outgoing = outgoing;
    this.askClient = askClient;
    this.hasBody =
        HttpUtil.isTransferEncodingChunked(head) || HttpUtil.getContentLength(head, 0L) > 0;
    this.whole = head instanceof HttpContent content ? content : null;
  }

  /** Whether it could not be sent a second time. */
  boolean hasBody() {
    return hasBody;
  }

  /** Whether the client has sent all of it. */
  boolean isSent() {
    return sent;
  }

  /** Sends a pod what is there; false if that is broken. */
  boolean begin(Channel to) {
    pod = to;
    Outbound.write(to, outgoing);
    HttpContent body = whole;
    whole = null;
    if (body != null) {
      return pass(body);
    }
    if (sent) {
      Outbound.send(to, LastHttpContent.EMPTY_LAST_CONTENT);
      return true;
    }
    if (hasBody) {
      to.flush();
    }
    askClient.run();
    return true;
  }

  /** Passes on a piece of the body, which becomes ours; false if it is broken or cannot go on. */
  boolean pass(HttpContent content) {
    if (pod == null && !hasBody && content instanceof LastHttpContent) {
      // A kept connection has ended, and the new one is not there yet.
      ReferenceCountUtil.release(content);
      sent = true;
      return true;
    }
    if (pod == null || content.decoderResult().isFailure()) {
      ReferenceCountUtil.release(content);
      return false;
    }
    sent = content instanceof LastHttpContent;
    Outbound.send(pod, content);
    waitsForPod = !sent && !pod.isWritable();
    if (!waitsForPod) {
      askClient.run(); // Behind the end as well, to hear of it when the client leaves.
    }
    return true;
  }

  /** The pod takes more again. */
  void podWritable() {
    if (waitsForPod) {
      waitsForPod = false;
      askClient.run();
    }
  }

  /** The pod is gone. */
  void lost() {
    pod = null;
  }

  /** Nothing goes on any more. */
  void end() {
    pod = null;
    ReferenceCountUtil.release(whole);
    whole = null;
  }
}
