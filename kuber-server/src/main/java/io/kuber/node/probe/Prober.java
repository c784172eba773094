package io.kuber.node.probe;

import io.kuber.container.Container;
import io.kuber.container.ContainerException;
import io.kuber.container.ContainerProcess;
import io.kuber.container.Exit;
import io.kuber.container.ProcessSpec;
import io.kuber.object.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Asks a container how it is: by HTTP, by a TCP connection, or by running a command in it. Blocks
 * for at most the probe's timeout.
 */
public final class Prober {
  /** Of what a failing probe says, this much stands in the event. */
  private static final int MAX_OUTPUT = 1024;

  private Prober() {}

  /**
   * Asks once.
   *
   * @param podIp where the pod listens
   * @param declared the container as the pod declares it, for named ports
   */
  public static ProbeResult ask(
      ProbeSpec spec, String podIp, Tree declared, Container container, ProcessSpec process) {
    Tree action = spec.action();
    try {
      if (action.get("httpGet") instanceof Tree http) {
        return http(http, podIp, declared, spec.timeout());
      }
      if (action.get("tcpSocket") instanceof Tree tcp) {
        return tcp(tcp, podIp, declared, spec.timeout());
      }
      if (action.get("exec") instanceof Tree exec) {
        return exec(exec, container, process, spec.timeout());
      }
      return ProbeResult.failure("probes other than httpGet, tcpSocket and exec come later");
    } catch (IOException | GeneralSecurityException | ContainerException e) {
      return ProbeResult.failure(String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      return ProbeResult.failure("cannot be asked: " + e.getMessage());
    }
  }

  private static ProbeResult http(Tree http, String podIp, Tree declared, Duration timeout)
      throws IOException, GeneralSecurityException {
    String host = http.text("host").isEmpty() ? podIp : http.text("host");
    String scheme = http.text("scheme").isEmpty() ? "http" : http.text("scheme");
    String path = http.text("path").startsWith("/") ? http.text("path") : "/" + http.text("path");
    URI uri =
        URI.create(
            scheme.toLowerCase(Locale.ROOT) + "://" + host + ":" + port(http, declared) + path);
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    if (connection instanceof HttpsURLConnection secure) {
      trustEverything(secure);
    }
    connection.setConnectTimeout((int) timeout.toMillis());
    connection.setReadTimeout((int) timeout.toMillis());
    connection.setInstanceFollowRedirects(false);
    connection.setRequestProperty("User-Agent", "kube-probe/1.36");
    for (Tree header : http.items("httpHeaders").trees()) {
      connection.setRequestProperty(header.text("name"), header.text("value"));
    }
    try {
      int status = connection.getResponseCode();
      return status >= 200 && status < 400
          ? ProbeResult.SUCCESS
          : ProbeResult.failure("HTTP probe failed with statuscode: " + status);
    } finally {
      connection.disconnect();
    }
  }

  /** A probe asks whether the container answers, not who it is (kubelet does the same). */
  private static void trustEverything(HttpsURLConnection connection)
      throws GeneralSecurityException {
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, new TrustManager[] {new TrustsEverybody()}, null);
    connection.setSSLSocketFactory(tls.getSocketFactory());
    connection.setHostnameVerifier((host, session) -> true);
  }

  private static ProbeResult tcp(Tree tcp, String podIp, Tree declared, Duration timeout)
      throws IOException {
    String host = tcp.text("host").isEmpty() ? podIp : tcp.text("host");
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port(tcp, declared)), (int) timeout.toMillis());
      return ProbeResult.SUCCESS;
    }
  }

  private static ProbeResult exec(
      Tree exec, Container container, ProcessSpec process, Duration timeout) throws IOException {
    ProcessSpec command =
        new ProcessSpec(
            exec.items("command").texts(),
            process.environment(),
            process.workingDirectory(),
            process.user(),
            false,
            false);
    try (ContainerProcess running = container.exec(command)) {
      Exit exit =
          running.exit().toCompletableFuture().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return exit.code() == 0 ? ProbeResult.SUCCESS : ProbeResult.failure(output(running));
    } catch (TimeoutException e) {
      return ProbeResult.failure("command timed out after " + timeout.toSeconds() + "s");
    } catch (ExecutionException e) {
      return ProbeResult.failure(String.valueOf(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ProbeResult.failure("interrupted");
    }
  }

  private static String output(ContainerProcess process) throws IOException {
    return read(process.stdout()) + read(process.stderr());
  }

  /** The process has ended, but one that it left behind may keep the stream open: do not wait. */
  private static String read(InputStream stream) throws IOException {
    int there = Math.min(stream.available(), MAX_OUTPUT);
    return new String(stream.readNBytes(there), StandardCharsets.UTF_8);
  }

  private static int port(Tree action, Tree declared) {
    if (action.get("port") instanceof Number number) {
      return number.intValue();
    }
    String name = action.text("port");
    return declared.items("ports").trees().stream()
        .filter(port -> port.text("name").equals(name))
        .map(port -> (int) port.number(0, "containerPort"))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the container has no port named " + name));
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
