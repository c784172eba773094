package io.kuber.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Somebody on the same machine, without any credentials, who tries ports. */
final class Stranger {
  private static final int PATIENCE_MILLIS = 10_000;

  private Stranger() {}

  /** The first bytes of the answer to a GET over TLS; empty when there is none. */
  static String getSecurely(Listening.Port port, String path) throws IOException {
    try (Socket plain = connected(port);
        SSLSocket secure =
            (SSLSocket)
                believing()
                    .getSocketFactory()
                    .createSocket(plain, "localhost", port.number(), true)) {
      return answer(secure, path);
    }
  }

  /** The same without TLS. */
  static String get(Listening.Port port, String path) throws IOException {
    try (Socket plain = connected(port)) {
      return answer(plain, path);
    }
  }

  private static Socket connected(Listening.Port port) throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress(port.reached(), port.number()), PATIENCE_MILLIS);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  /** A refused handshake and a closed connection are answers too: nothing is given. */
  private static String answer(Socket socket, String path) {
    try {
      String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    } catch (IOException refused) {
      return "";
    }
  }

  private static SSLContext believing() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Credulous()}, new SecureRandom());
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Does not care whom it talks to. */
  private static final class Credulous implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
