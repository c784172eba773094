package io.kuber.ingress;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;

/**
 * A channel to a pod that speaks in heads and contents of HTTP/1.1, for one request at a time: a
 * connection, or a stream of one. Belongs to its event loop.
 */
abstract class Upstream {
  private final Channel channel;

  Upstream(Channel channel) {
    this.channel = channel;
  }

  Channel channel() {
    return channel;
  }

  /** Whether an earlier request came this way, so that the pod may have left in the meantime. */
  abstract boolean isUsed();

  /** Hands what comes from the pod to {@code handler}, until it is given back. */
  void serve(ChannelHandler handler) {
    channel.pipeline().addLast(handler);
  }

  /**
   * The request is over.
   *
   * @param handler the one that it was served to
   * @param complete whether request and answer have passed in full
   */
  abstract void giveBack(ChannelHandler handler, boolean complete);
}
