package io.kuber.node.probe;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * One request of HTTP/1.1 and the head of its answer. A probe asks whether the container answers,
 * not who it is: certificates are not checked.
 */
final class HttpCall {
  private static final int LONGEST_HEAD = 64 << 10;
  private static final int LONGEST_BODY = 1024;

  /** Answers that come before the answer, such as {@code 103 Early Hints}. */
  private static final int MOST_INTERIM_ANSWERS = 5;

  private HttpCall() {}

  /**
   * What came back.
   *
   * @param location where a redirect leads
   * @param body the beginning of what a redirect says; empty of other answers, and of one in chunks
   */
  record Answer(int status, Optional<String> location, String body) {
    boolean isRedirect() {
      return status >= 300 && status < 400;
    }
  }

  /** Sends a request to a place, and reads its answer; both within the time. */
  static Answer send(HttpPlace place, String request, Duration limit) throws IOException {
    try (Connection connection = Connection.open(place.host(), place.port(), limit)) {
      try (Socket socket = place.secure() ? secured(connection, place) : connection.socket()) {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        return answer(new BufferedInputStream(socket.getInputStream()));
      } catch (IOException e) {
        if (connection.isLate()) {
          throw new IOException(
              "context deadline exceeded (Client.Timeout exceeded while awaiting headers)", e);
        }
        throw e;
      }
    }
  }

  private static Answer answer(InputStream in) throws IOException {
    for (int i = 0; i < MOST_INTERIM_ANSWERS; i++) {
      Answer answer = next(in);
      if (answer.status() >= 200 || answer.status() == 101) {
        return answer;
      }
    }
    throw new IOException("too many 1xx informational responses");
  }

  private static Answer next(InputStream in) throws IOException {
    int[] left = {LONGEST_HEAD};
    int status = status(line(in, left));
    Optional<String> location = Optional.empty();
    int length = LONGEST_BODY;
    for (String line = line(in, left); !line.isEmpty(); line = line(in, left)) {
      int colon = line.indexOf(':');
      String value = line.substring(colon + 1).strip();
      switch (line.substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT)) {
        case "location" -> location = Optional.of(value).filter(text -> !text.isEmpty());
        case "content-length" ->
            length = value.matches("[0-9]{1,3}") ? Integer.parseInt(value) : length;
        case "transfer-encoding" -> length = 0;
        default -> {
          // Says nothing about health.
        }
      }
    }
    Answer head = new Answer(status, location, "");
    return head.isRedirect()
        ? new Answer(status, location, new String(in.readNBytes(length), StandardCharsets.UTF_8))
        : head;
  }

  private static String line(InputStream in, int[] left) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("EOF");
      }
      if (left[0]-- == 0) {
        throw new IOException("malformed HTTP response: its head is longer than " + LONGEST_HEAD);
      }
      line.append((char) c);
    }
    return line.toString().strip();
  }

  private static int status(String line) throws IOException {
    String[] words = line.split(" ", 3);
    if (words.length < 2 || !words[0].startsWith("HTTP/") || !words[1].matches("[0-9]{3}")) {
      throw new IOException("malformed HTTP response \"" + line + "\"");
    }
    return Integer.parseInt(words[1]);
  }

  private static Socket secured(Connection plain, HttpPlace place) throws IOException {
    try {
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(null, new TrustManager[] {new TrustsEverybody()}, null);
      return tls.getSocketFactory().createSocket(plain.socket(), place.host(), place.port(), true);
    } catch (GeneralSecurityException e) {
      throw new IOException("no TLS: " + e.getMessage(), e);
    }
  }

  private static final class TrustsEverybody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
