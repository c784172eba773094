package io.kuber.node.probe;

import io.kuber.object.Tree;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Asks by one request of HTTP/1.1; the status alone counts (pkg/probe/http). A probe asks whether
 * the container answers, not who it is: certificates are not checked. Redirects count as success
 * and are not followed.
 */
final class HttpProbe {
  private static final int LONGEST_STATUS_LINE = 4096;

  private HttpProbe() {}

  static ProbeResult ask(Tree http, Target target, Duration timeout) throws IOException {
    String host = target.host(http);
    int port = target.port(http);
    boolean secure = http.text("scheme").equalsIgnoreCase("HTTPS");
    String path = http.text("path").startsWith("/") ? http.text("path") : "/" + http.text("path");
    String url = (secure ? "https" : "http") + "://" + host + ":" + port + path;
    try (Socket plain = Connection.open(host, port, timeout);
        Socket socket = secure ? secured(plain, host, port) : plain) {
      byte[] request = request(http, host + ":" + port, path).getBytes(StandardCharsets.UTF_8);
      socket.getOutputStream().write(request);
      int status = status(new BufferedInputStream(socket.getInputStream()));
      return status >= 200 && status < 400
          ? ProbeResult.SUCCESS
          : ProbeResult.failure("HTTP probe failed with statuscode: " + status);
    } catch (SocketTimeoutException e) {
      throw new IOException(
          "Get \"%s\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)"
              .formatted(url),
          e);
    } catch (IOException e) {
      throw new IOException("Get \"" + url + "\": " + e.getMessage(), e);
    }
  }

  /** What the pod declares takes the place of what every probe says of itself. */
  static String request(Tree http, String authority, String path) {
    StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\n");
    String host = header(http, "Host", authority);
    request.append("Host: ").append(host.isEmpty() ? authority : host).append("\r\n");
    append(request, "User-Agent", header(http, "User-Agent", "kube-probe/1.36"));
    append(request, "Accept", header(http, "Accept", "*/*"));
    request.append("Connection: close\r\n");
    for (Tree header : http.items("httpHeaders").trees()) {
      switch (header.text("name").toLowerCase(Locale.ROOT)) {
        case "host", "user-agent", "accept", "connection" -> {
          // Said above.
        }
        default -> append(request, header.text("name"), header.text("value"));
      }
    }
    return request.append("\r\n").toString();
  }

  private static String header(Tree http, String name, String otherwise) {
    return http.items("httpHeaders").trees().stream()
        .filter(header -> header.text("name").equalsIgnoreCase(name))
        .map(header -> header.text("value"))
        .findFirst()
        .orElse(otherwise);
  }

  /** A line break in a value would begin another header. */
  private static void append(StringBuilder request, String name, String value) {
    if (!value.isEmpty()) {
      String line = name + ": " + value;
      request.append(line.replace('\r', ' ').replace('\n', ' ')).append("\r\n");
    }
  }

  private static int status(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("EOF");
      }
      if (line.length() == LONGEST_STATUS_LINE) {
        throw new IOException("malformed HTTP response: the status line is too long");
      }
      line.append((char) c);
    }
    String[] words = line.toString().strip().split(" ", 3);
    if (words.length < 2 || !words[0].startsWith("HTTP/") || !words[1].matches("[0-9]{3}")) {
      throw new IOException("malformed HTTP response \"" + line.toString().strip() + "\"");
    }
    return Integer.parseInt(words[1]);
  }

  private static Socket secured(Socket plain, String host, int port) throws IOException {
    try {
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(null, new TrustManager[] {new TrustsEverybody()}, null);
      return tls.getSocketFactory().createSocket(plain, host, port, true);
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
