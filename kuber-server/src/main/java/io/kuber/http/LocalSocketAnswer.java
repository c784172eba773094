package io.kuber.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * What a server on a Unix socket says, and the connection on which it goes on saying it. One thread
 * may read while another one writes; any thread may close it, which ends both.
 */
public final class LocalSocketAnswer implements AutoCloseable {
  private final UnixStreams channel;
  private final OutgoingCall.Answer answer;

  LocalSocketAnswer(UnixStreams channel, OutgoingCall.Answer answer) {
    this.channel = channel;
    this.answer = answer;
  }

  /** The status of HTTP. */
  public int status() {
    return answer.status();
  }

  /** Without those that speak of the connection. */
  public Headers headers() {
    return answer.headers();
  }

  /** The body, or all that comes after an upgrade. */
  public InputStream body() {
    return answer.body();
  }

  /** Where to write after an upgrade; each write goes out at once. */
  public OutputStream output() {
    return channel.out();
  }

  /**
   * Says after an upgrade that nothing more will be written.
   *
   * @throws IOException where the connection has failed
   */
  public void finishOutput() throws IOException {
    channel.endOutput();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
