package io.kuber.ingress;

import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;

/**
 * What a pod has begun to answer, and what follows from it for both connections. Pure.
 *
 * @param head as the pod sent it
 * @param asked what the client asked for
 * @param multiplexed whether the client speaks HTTP/2
 */
record Answer(HttpResponse head, HttpRequest asked, boolean multiplexed) {
  int status() {
    return head.status().code();
  }

  /** Whether it only announces another answer. */
  boolean isInformation() {
    return head.status().codeClass() == HttpStatusClass.INFORMATIONAL && !switches();
  }

  /** Whether both sides go on with another protocol. */
  boolean switches() {
    return head.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)
        && Heads.isUpgrade(asked)
        && !multiplexed;
  }

  /** Whether the client may send another request behind it, having sent all of this one. */
  boolean keepsClient() {
    return HttpUtil.isKeepAlive(asked) && !Heads.endsWithConnection(head, asked);
  }

  /** Whether the pod takes another request behind it. */
  boolean keepsPod() {
    return HttpUtil.isKeepAlive(head);
  }
}
