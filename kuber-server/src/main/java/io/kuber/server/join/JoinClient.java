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
import java.time.Duration;

/** The new machine's side: shows the token to a server whose authority it pins. Blocks. */
public final class JoinClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
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
    HttpClient http =
        HttpClient.newBuilder()
            .sslContext(PinnedTrust.context(token.pin()))
            .connectTimeout(TIMEOUT)
            .build();
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve("/" + JoinDesk.PATH))
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(Json.print(asked.tree())))
            .build();
    try {
      return grant(server, http.send(request, BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new JoinException(unreachable(server, e));
    }
  }

  private static JoinGrant grant(URI server, HttpResponse<byte[]> answer) throws JoinException {
    try {
      Tree said = Json.parse(answer.body());
      if (answer.statusCode() == 200) {
        return JoinGrant.of(said);
      }
      String why = said.text("message");
      throw new JoinException(
          (answer.statusCode() == UNAUTHORIZED ? "not let in by " : "refused by ")
              + server
              + ": "
              + why);
    } catch (MalformedException | IllegalArgumentException e) {
      throw new JoinException(
          "--join: " + server + " does not answer as a server of kuber does; is it one?");
    }
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
