package io.kuber.cli.docker;

import io.kuber.cli.output.CommandFailure;
import io.kuber.http.Headers;
import io.kuber.http.LocalSocketAnswer;
import io.kuber.http.LocalSocketClient;
import io.kuber.json.Json;
import io.kuber.json.MalformedException;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Docker's Engine API as a client sees it. Blocking; for any thread. */
final class Engine {
  private static final String VERSION = "/v1.41";
  private static final byte[] NONE = new byte[0];
  private static final Headers JSON = Headers.of("Content-Type", "application/json");

  /** An answer that is to be held in memory is no longer than this. */
  private static final int LARGEST = 64 << 20;

  private final Path socket;
  private final LocalSocketClient client;

  Engine(Path socket) {
    this.socket = socket;
    this.client = new LocalSocketClient(socket);
  }

  /** Reads an object. */
  Tree tree(Target target) throws IOException {
    return asTree(value("GET", target, NONE));
  }

  /** Reads a list of objects. */
  Items items(Target target) throws IOException {
    return value("GET", target, NONE) instanceof Items items ? items : Items.EMPTY;
  }

  /** Asks for something to be done; the answer is an object or nothing. */
  Tree post(Target target) throws IOException {
    return asTree(value("POST", target, NONE));
  }

  /** Asks for something to be done that takes an object. */
  Tree post(Target target, Tree body) throws IOException {
    return asTree(value("POST", target, Json.print(body)));
  }

  /** Removes something; the answer is what was removed, if the engine says it. */
  Items delete(Target target) throws IOException {
    return value("DELETE", target, NONE) instanceof Items items ? items : Items.EMPTY;
  }

  /** The head of an answer, whose body is nobody's business. */
  Headers head(Target target) throws IOException {
    try (LocalSocketAnswer answer = open("HEAD", target, Headers.EMPTY)) {
      return answer.headers();
    }
  }

  /** An answer to be read as it comes. */
  LocalSocketAnswer open(String method, Target target, Headers headers) throws IOException {
    return checked(reached(() -> client.send(method, VERSION + target.text(), headers, NONE)));
  }

  /** Sends something of any length. */
  LocalSocketAnswer send(String method, Target target, Headers headers, InputStream body)
      throws IOException {
    return checked(reached(() -> client.stream(method, VERSION + target.text(), headers, body)));
  }

  /** Takes over a connection. */
  LocalSocketAnswer hijack(Target target, Tree body) throws IOException {
    byte[] bytes = body.isEmpty() ? NONE : Json.print(body);
    return checked(reached(() -> client.hijack("POST", VERSION + target.text(), JSON, bytes)));
  }

  private Object value(String method, Target target, byte[] body) throws IOException {
    Headers headers = body.length == 0 ? Headers.EMPTY : JSON;
    try (LocalSocketAnswer answer =
        checked(reached(() -> client.send(method, VERSION + target.text(), headers, body)))) {
      byte[] bytes = answer.body().readNBytes(LARGEST);
      return new String(bytes, StandardCharsets.UTF_8).isBlank()
          ? Tree.EMPTY
          : Json.parseValue(bytes);
    }
  }

  private interface Request {
    LocalSocketAnswer send() throws IOException;
  }

  private LocalSocketAnswer reached(Request request) throws IOException {
    if (!Files.exists(socket)) {
      throw new CommandFailure("there is no container engine at " + socket + start());
    }
    try {
      return request.send();
    } catch (SocketException e) {
      throw new CommandFailure(
          "cannot reach the container engine at "
              + socket
              + " ("
              + String.valueOf(e.getMessage())
              + ")"
              + start());
    }
  }

  private static String start() {
    return "; start one with kuber up or kuber docker serve, as root, or say where it is with"
        + " --host or DOCKER_HOST";
  }

  private static LocalSocketAnswer checked(LocalSocketAnswer answer) throws IOException {
    if (answer.status() < 400) {
      return answer;
    }
    try (answer) {
      byte[] said = answer.body().readNBytes(LARGEST);
      throw new Refusal(answer.status(), message(answer.status(), said));
    }
  }

  private static String message(int status, byte[] said) {
    try {
      String message = Json.parse(said).text("message");
      return message.isEmpty() ? "status " + status : message;
    } catch (MalformedException e) {
      String text = new String(said, StandardCharsets.UTF_8).strip();
      return text.isEmpty() ? "status " + status : text;
    }
  }

  private static Tree asTree(Object value) {
    return value instanceof Tree tree ? tree : Tree.EMPTY;
  }
}
