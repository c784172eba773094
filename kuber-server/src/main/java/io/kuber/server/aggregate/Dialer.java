package io.kuber.server.aggregate;

import io.kuber.server.aggregate.Backends.Place;
import io.kuber.server.trust.FrontProxy;
import io.kuber.server.trust.Identity;
import io.kuber.server.tunnel.Line;
import io.kuber.server.webhook.TlsLayer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Connects to the servers of group versions, with the certificate that makes them believe who is
 * asking. For any thread, which waits a bounded time.
 */
final class Dialer {
  /** Of one place; those of one rack answer in a thousandth of it. */
  private static final Duration CONNECT = Duration.ofSeconds(3);

  /** From the last byte that was sent to the head of the answer, and between two of a handshake. */
  static final Duration SILENCE = Duration.ofSeconds(60);

  /** Places that are tried for one request. */
  private static final int MAX_PLACES = 3;

  private final FrontProxy proof;
  private final InstantSource clock;
  private final AtomicInteger turn = new AtomicInteger();
  private volatile @Nullable Layer layer;

  Dialer(FrontProxy proof, InstantSource clock) {
    this.proof = proof;
    this.clock = clock;
  }

  private record Layer(Identity shown, TlsLayer tls) {}

  /** A new certificate needs connections that nothing is remembered of. */
  private TlsLayer tls() throws GeneralSecurityException {
    Identity shown = proof.client();
    Layer current = layer;
    if (current == null || !current.shown.equals(shown)) {
      current = new Layer(shown, new TlsLayer(clock, FrontProxy.keys(shown)));
      layer = current;
    }
    return current.tls;
  }

  /**
   * A secure connection to one of the places, the next one at each call.
   *
   * @param line holds whatever is being connected
   * @throws IOException when none can be reached, or does not prove who it is
   */
  SSLSocket dial(Registration to, List<Place> places, Line line)
      throws IOException, GeneralSecurityException {
    int first = Math.floorMod(turn.getAndIncrement(), places.size());
    IOException last = new IOException("there is no place to connect to");
    for (int i = 0; i < Math.min(places.size(), MAX_PLACES); i++) {
      Place place = places.get((first + i) % places.size());
      Socket plain = new Socket();
      try {
        line.take(plain);
        plain.connect(new InetSocketAddress(place.host(), place.port()), (int) CONNECT.toMillis());
        plain.setSoTimeout((int) SILENCE.toMillis());
        plain.setTcpNoDelay(true);
        return to.insecure()
            ? tls().securedBlindly(plain, to.host())
            : tls().secured(plain, to.host(), to.caBundle());
      } catch (IOException failed) {
        Line.close(plain);
        last = failed;
      } catch (GeneralSecurityException failed) {
        Line.close(plain);
        throw failed;
      }
    }
    throw last;
  }
}
