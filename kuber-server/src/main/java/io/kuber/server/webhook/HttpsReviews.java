package io.kuber.server.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kuber.http.Headers;
import io.kuber.http.OutgoingCall;
import io.kuber.http.OutgoingCall.Answer;
import io.kuber.json.Json;
import io.kuber.json.MalformedException;
import io.kuber.loop.Loop;
import io.kuber.loop.Loop.Timer;
import io.kuber.object.Tree;
import io.kuber.resource.custom.ConversionException;
import io.kuber.resource.custom.WebhookTarget;
import io.kuber.store.Image;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocket;

/**
 * Sends reviews to webhooks over HTTPS, each over a connection of its own that resumes the TLS
 * session of the one before. For any thread, which waits as long as the review takes, and no longer
 * than {@link #TIMEOUT}. The words of failures are those of Go's HTTP client and of
 * k8s.io/client-go (rest/request.go), which is what people search for.
 */
public final class HttpsReviews implements Reviews {
  /** From the first packet to the last byte of the answer; upstream's default. */
  static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** A larger answer is no review. */
  private static final int MAX_ANSWER_BYTES = 16 << 20;

  private final Addresses addresses;
  private final TlsLayer tls;
  private final Loop timers;
  private final Duration timeout;

  /**
   * Finds services in {@code images}.
   *
   * @param timers ends what takes too long
   * @param clock says whether the certificates of webhooks are valid
   */
  public HttpsReviews(Supplier<Image> images, Loop timers, InstantSource clock) {
    this(images, timers, clock, TIMEOUT);
  }

  HttpsReviews(Supplier<Image> images, Loop timers, InstantSource clock, Duration timeout) {
    this.addresses = new Addresses(images);
    this.tls = new TlsLayer(clock);
    this.timers = timers;
    this.timeout = timeout;
  }

  @Override
  public Tree send(WebhookTarget target, Tree review) {
    return send(target, review, timeout);
  }

  @Override
  public Tree send(WebhookTarget target, Tree review, Duration limit) {
    Address address = Address.of(target, limit);
    try {
      return Json.parse(answer(target, address, Json.print(review), limit));
    } catch (IOException | GeneralSecurityException failed) {
      throw new ConversionException("Post \"" + address.url() + "\": " + Reasons.of(failed));
    } catch (MalformedException malformed) {
      throw new ConversionException(String.valueOf(malformed.getMessage()));
    }
  }

  private byte[] answer(WebhookTarget target, Address address, byte[] body, Duration limit)
      throws IOException, GeneralSecurityException {
    AtomicBoolean late = new AtomicBoolean();
    try (Socket plain = new Socket()) {
      Timer end = timers.schedule(limit, () -> end(plain, late));
      try {
        plain.connect(addresses.of(target, address), (int) limit.toMillis());
        SSLSocket secure = tls.secured(plain, address.host(), target.caBundle());
        return exchange(secure, address, body);
      } catch (IOException failed) {
        throw late.get() ? new IOException("context deadline exceeded", failed) : failed;
      } finally {
        end.cancel();
      }
    }
  }

  private static void end(Socket socket, AtomicBoolean late) {
    late.set(true);
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException("a connection to a webhook cannot be closed", e);
    }
  }

  private static byte[] exchange(SSLSocket socket, Address address, byte[] body)
      throws IOException {
    Headers headers =
        Headers.of(
            "Host", address.authority(),
            "Content-Type", "application/json",
            "Accept", "application/json");
    Answer answer =
        OutgoingCall.send(
            socket.getInputStream(),
            socket.getOutputStream(),
            "POST",
            address.target(),
            headers,
            body);
    byte[] whole = whole(answer.body());
    if (answer.status() / 100 != 2) {
      throw new ConversionException(Reasons.of(answer.status(), new String(whole, UTF_8)));
    }
    return whole;
  }

  private static byte[] whole(InputStream body) throws IOException {
    byte[] bytes = body.readNBytes(MAX_ANSWER_BYTES + 1);
    if (bytes.length > MAX_ANSWER_BYTES) {
      throw new IOException("the answer is larger than " + MAX_ANSWER_BYTES + " bytes");
    }
    return bytes;
  }
}
