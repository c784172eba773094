package io.kuber.server.aggregate;

import io.kuber.access.User;
import io.kuber.http.OutgoingCall;
import io.kuber.http.OutgoingCall.Answer;
import io.kuber.json.Json;
import io.kuber.json.MalformedException;
import io.kuber.loop.Loop;
import io.kuber.loop.Loop.Timer;
import io.kuber.object.Tree;
import io.kuber.server.aggregate.Backends.Place;
import io.kuber.server.tunnel.Line;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLSocket;

/** Requests of this server's own to others. For any thread, which waits a bounded time. */
final class Errands {
  private static final int MAX_BYTES = 4 << 20;

  private final Dialer dialer;
  private final Loop timers;

  Errands(Dialer dialer, Loop timers) {
    this.dialer = dialer;
    this.timers = timers;
  }

  /** What to do, as whom. */
  record Errand(String method, String path, User user) {}

  /** An answer; the body is empty unless it is a success. */
  record Said(int status, Tree body) {
    boolean isSuccess() {
      return status / 100 == 2;
    }
  }

  /**
   * Sends a request without a body.
   *
   * @param limit from the first packet to the last byte of the answer
   * @throws IOException when nobody answers in time
   */
  Said send(Registration to, List<Place> places, Errand errand, Duration limit)
      throws IOException, GeneralSecurityException, MalformedException {
    try (Line line = new Line()) {
      Timer end = timers.schedule(limit, line::close);
      try (SSLSocket socket = dialer.dial(to, places, line)) {
        Answer answer =
            OutgoingCall.send(
                new BufferedInputStream(socket.getInputStream()),
                socket.getOutputStream(),
                errand.method,
                errand.path,
                ProxyHeaders.of(errand.user, to.host()),
                new byte[0]);
        boolean isSuccess = answer.status() / 100 == 2;
        return new Said(answer.status(), isSuccess ? Json.parse(whole(answer)) : Tree.EMPTY);
      } catch (IOException failed) {
        throw line.isCut() ? new IOException("context deadline exceeded", failed) : failed;
      } finally {
        end.cancel();
      }
    }
  }

  private static byte[] whole(Answer answer) throws IOException {
    byte[] bytes = answer.body().readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new IOException("the answer is larger than " + MAX_BYTES + " bytes");
    }
    return bytes;
  }
}
