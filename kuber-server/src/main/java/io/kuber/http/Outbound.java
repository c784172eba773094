package io.kuber.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundInvoker;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What goes out and is not looked after: a write that fails closes the channel, and its closing is
 * what everybody listens to.
 */
@SuppressWarnings("FutureReturnValueIgnored")
public final class Outbound {
  private static final Logger LOG = LoggerFactory.getLogger(Outbound.class);

  private Outbound() {}

  /** Writes a message and flushes. */
  public static void send(ChannelOutboundInvoker to, Object message) {
    to.writeAndFlush(message);
  }

  /** Writes a message, to be flushed with a later one. */
  public static void write(ChannelOutboundInvoker to, Object message) {
    to.write(message);
  }

  /** Closes. */
  public static void close(ChannelOutboundInvoker what) {
    what.close();
  }

  /** Runs a task on the channel's event loop; drops it when the server is closed. */
  static void execute(Channel channel, Runnable task) {
    try {
      channel.eventLoop().execute(task);
    } catch (RejectedExecutionException closed) {
      LOG.debug("{} is closed and drops a task", channel);
    }
  }

  /** Runs a task later on the channel's event loop; drops it when the server is closed. */
  static void schedule(Channel channel, Duration delay, Runnable task) {
    try {
      channel.eventLoop().schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closed) {
      LOG.debug("{} is closed and drops a task", channel);
    }
  }
}
