package io.kuber.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;

/**
 * Messages on their way from any thread to a channel, counted until the network has taken them.
 *
 * <p>Messages that are handed over in quick succession reach the event loop in one task and the
 * network in one flush. The lock guards the fields and is never held while anything else runs.
 */
final class Outbox implements Paced {
  private final Channel channel;
  private List<Object> messages = new ArrayList<>();
  private List<Runnable> waiting = new ArrayList<>();
  private long queuedBytes;
  private long pendingBytes;
  private boolean isScheduled;
  private boolean isFull;
  private boolean isClosed;

  Outbox(Channel channel) {
    this.channel = channel;
  }

  /**
   * Takes a message of so many bytes, which belongs to the outbox from now on. False when the
   * outbox is closed or its writer has ignored for too long that it is full.
   */
  boolean offer(Object message, int bytes) {
    boolean mustSchedule;
    synchronized (this) {
      if (isClosed || pendingBytes > HttpLimits.UNSENT_BYTES) {
        ReferenceCountUtil.release(message);
        return false;
      }
      messages.add(message);
      queuedBytes += bytes;
      pendingBytes += bytes;
      isFull |= pendingBytes >= HttpLimits.HIGH_WATER_BYTES;
      mustSchedule = !isScheduled;
      isScheduled = true;
    }
    if (mustSchedule) {
      Outbound.execute(channel, this::drain);
    }
    return true;
  }

  private void drain() {
    List<Object> batch;
    long bytes;
    synchronized (this) {
      batch = messages;
      bytes = queuedBytes;
      messages = new ArrayList<>();
      queuedBytes = 0;
      isScheduled = false;
    }
    for (int i = 0; i < batch.size() - 1; i++) {
      Outbound.write(channel, batch.get(i));
    }
    ChannelFuture last = channel.writeAndFlush(batch.get(batch.size() - 1));
    last.addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    last.addListener(taken -> taken(bytes));
  }

  private void taken(long bytes) {
    List<Runnable> ready = List.of();
    synchronized (this) {
      pendingBytes -= bytes;
      if (isFull && pendingBytes <= HttpLimits.LOW_WATER_BYTES) {
        isFull = false;
        ready = waiting;
        waiting = new ArrayList<>();
      }
    }
    ready.forEach(Runnable::run);
  }

  /** Takes nothing any more and lets those go who wait. */
  void close() {
    List<Runnable> ready;
    synchronized (this) {
      isClosed = true;
      ready = waiting;
      waiting = new ArrayList<>();
    }
    ready.forEach(Runnable::run);
  }

  @Override
  public synchronized boolean isWritable() {
    return !isFull && !isClosed;
  }

  @Override
  public synchronized long pendingBytes() {
    return pendingBytes;
  }

  @Override
  public synchronized boolean isClosed() {
    return isClosed;
  }

  @Override
  public void onWritable(Runnable action) {
    synchronized (this) {
      if (isFull && !isClosed) {
        waiting.add(action);
        return;
      }
    }
    action.run();
  }
}
