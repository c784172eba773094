package io.kuber.server.join;

import io.kuber.json.Json;
import io.kuber.json.MalformedException;
import io.kuber.object.Tree;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.NoSuchElementException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;

/** The new machine's side: shows the token to a server whose authority it pins. Blocks. */
public final class JoinClient {
  private static final Duration CONNECTING = Duration.ofSeconds(10);

  /** The longest that a server takes for any request, and a little. */
  private static final Duration TIMEOUT = Duration.ofSeconds(70);

  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;

  private JoinClient() {}

  /**
   * Asks to be let in.
   *
   * @param server where the API of any server of the cluster is reached, as in {@code
   *     https://10.0.0.1:6443}
   * @param name how this server is to be called
   * @throws JoinException when it is not let in
   */
  public static JoinGrant ask(URI server, JoinToken token, String name)
      throws JoinException, InterruptedException {
    JoinRequest asked = new JoinRequest(token.token().text(), name);
    HttpResponse<byte[]> answer =
        post(server, JoinDesk.PATH, PinnedTrust.context(token.pin()), Json.print(asked.tree()));
    try {
      Tree said = Json.parse(answer.body());
      check(server, answer.statusCode(), said);
      return JoinGrant.of(said);
    } catch (MalformedException | IllegalArgumentException e) {
      throw stranger(server);
    }
  }

  /**
   * The authority of the cluster, as a server shows it that the token pins, and that knows the
   * token.
   *
   * @throws JoinException when it is another cluster's, or does not know the token
   */
  public static X509Certificate authority(URI server, JoinToken token)
      throws JoinException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve("/version"))
            .timeout(TIMEOUT)
            .header("Authorization", "Bearer " + token.token().text())
            .build();
    HttpResponse<byte[]> answer = send(server, PinnedTrust.context(token.pin()), request);
    if (answer.statusCode() == UNAUTHORIZED) {
      throw new JoinException(
          "--token: "
              + server
              + " does not know the "
              + token
              + ", or its time is over; make another with kuber token create --node");
    }
    try {
      Certificate[] chain = answer.sslSession().orElseThrow().getPeerCertificates();
      return (X509Certificate) chain[chain.length - 1];
    } catch (SSLPeerUnverifiedException | NoSuchElementException e) {
      throw stranger(server);
    }
  }

  /**
   * Asks to be added to the members, which ends once this server has caught up.
   *
   * @param path where servers are added
   * @param tls shows a certificate of an administrator
   * @param self what this server says of itself
   * @throws JoinException when it is not added
   */
  public static void enter(URI server, String path, SSLContext tls, byte[] self)
      throws JoinException, InterruptedException {
    HttpResponse<byte[]> answer = post(server, path, tls, self);
    try {
      check(server, answer.statusCode(), Json.parse(answer.body()));
    } catch (MalformedException e) {
      throw stranger(server);
    }
  }

  private static HttpResponse<byte[]> post(URI server, String path, SSLContext tls, byte[] body)
      throws JoinException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve("/" + path))
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    return send(server, tls, request);
  }

  private static HttpResponse<byte[]> send(URI server, SSLContext tls, HttpRequest request)
      throws JoinException, InterruptedException {
    HttpClient http = HttpClient.newBuilder().sslContext(tls).connectTimeout(CONNECTING).build();
    try {
      return http.send(request, BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new JoinException(unreachable(server, e));
    }
  }

  private static void check(URI server, int status, Tree said) throws JoinException {
    if (status != OK) {
      throw new JoinException(
          (status == UNAUTHORIZED ? "not let in by " : "refused by ")
              + server
              + ": "
              + said.text("message"));
    }
  }

  private static JoinException stranger(URI server) {
    return new JoinException(
        "--join: " + server + " does not answer as a server of kuber does; is it one?");
  }

  private static String unreachable(URI server, IOException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof PinnedTrust.WrongAuthorityException) {
        return "--join: "
            + server
            + " is of another cluster than the token: its authority is not the one that the token"
            + " pins; nothing was told to it";
      }
    }
    return "--join: "
        + server
        + " cannot be reached: "
        + (failure.getMessage() == null ? failure : failure.getMessage());
  }
}
