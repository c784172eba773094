package io.kuber.raft;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;

/**
 * Writes a large file in steps, each of which is synced before the next begins. All at once at its
 * end it would keep the disk busy for a second, and every write to the log would wait for that.
 */
final class SteadyStream extends OutputStream {
  /** What a write to the log may find in its way. */
  private static final int STEP_BYTES = 4 << 20;

  private final FileChannel channel;
  private final OutputStream out;
  private int unsynced;

  /** The channel stays the caller's, who syncs what is left and closes it. */
  SteadyStream(FileChannel channel) {
    this.channel = channel;
    this.out = Channels.newOutputStream(channel);
  }

  @Override
  public void write(int one) throws IOException {
    out.write(one);
    wrote(1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    wrote(length);
  }

  private void wrote(int length) throws IOException {
    unsynced += length;
    if (unsynced >= STEP_BYTES) {
      channel.force(false);
      unsynced = 0;
    }
  }
}
