package io.kuber.cli.docker;

import io.kuber.http.Duplex;
import io.kuber.http.ErrorShape;
import io.kuber.http.Headers;
import io.kuber.http.Response;
import io.kuber.http.StreamExchange;
import io.kuber.http.UnixServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import picocli.CommandLine;

/**
 * An engine that answers as it was told to, and commands that ask it. Answers to the same request
 * come one after the other; the last one stays.
 */
final class RecordedEngine implements AutoCloseable {
  private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final Map<String, byte[]> bodies = new ConcurrentHashMap<>();
  private final Set<String> unread = ConcurrentHashMap.newKeySet();
  private final UnixServer server;

  RecordedEngine(Path directory) throws IOException {
    on(
        "GET /_ping",
        call ->
            call.respond(
                Response.text(200, "OK").with("Api-Version", "1.41").with("Ostype", "linux")));
    on(
        "HEAD /_ping",
        call ->
            call.respond(Response.empty(200).with("Api-Version", "1.41").with("Ostype", "linux")));
    server = UnixServer.start(directory.resolve("docker.sock"), ErrorShape.TEXT, this::handle);
  }

  /** What is done with one request. */
  interface Answer {
    void to(StreamExchange exchange) throws IOException;
  }

  /** What a command has left: its exit code, and what it wrote. */
  record Ended(int code, String out, String err) {}

  /** Answers a request such as {@code GET /containers/json} with JSON. */
  RecordedEngine on(String request, int status, String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return on(request, call -> call.respond(Response.of(status, "application/json", bytes)));
  }

  /** From now on answers such a request without having read its body. */
  void unread(String request) {
    unread.add(request);
  }

  RecordedEngine on(String request, Answer answer) {
    answers.computeIfAbsent(request, key -> new ArrayDeque<>()).add(answer);
    return this;
  }

  /** Takes over the connection, says something on both streams of a container, and ends. */
  static Answer says(String out, String err) {
    return call -> {
      Duplex connection = call.hijack(Headers.EMPTY);
      frame(connection, 1, out);
      frame(connection, 2, err);
      connection.endOutput();
      connection.in().readAllBytes();
      connection.close();
    };
  }

  private static void frame(Duplex to, int stream, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 0) {
      ByteBuffer frame = ByteBuffer.allocate(8 + bytes.length);
      frame.put((byte) stream).putInt(4, bytes.length).position(8).put(bytes);
      to.out().write(frame.array());
    }
  }

  private void handle(StreamExchange exchange) throws IOException {
    String target = exchange.request().target().replaceFirst("^/v1\\.41", "");
    String key = exchange.request().method() + " " + target.replaceFirst("\\?.*", "");
    asked.add(exchange.request().method() + " " + target);
    boolean raw = exchange.request().upgrade().isPresent() && key.contains("attach");
    if (!raw && !unread.contains(key)) {
      bodies.put(key, exchange.body().readAllBytes());
    }
    Deque<Answer> queue = answers.get(key);
    if (queue == null) {
      exchange.respond(
          Response.of(
              404,
              "application/json",
              ("{\"message\":\"nobody told me of " + key + "\"}")
                  .getBytes(StandardCharsets.UTF_8)));
      return;
    }
    Answer answer;
    synchronized (queue) {
      answer = queue.size() > 1 ? queue.remove() : queue.element();
    }
    answer.to(exchange);
  }

  /** Runs {@code kuber docker} with words. */
  Ended run(String... words) {
    return run(new byte[0], words);
  }

  Ended run(byte[] input, String... words) {
    return run(input, List.of("--host", host()), words);
  }

  /** Its address, as commands take it. */
  String host() {
    return "unix://" + server.path();
  }

  /** Runs a command elsewhere. */
  static Ended runAt(List<String> place, String... words) {
    return run(new byte[0], place, words);
  }

  private static Ended run(byte[] input, List<String> place, String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Docker docker = new Docker(Streams.of(new ByteArrayInputStream(input), out, err));
    CommandLine line = new CommandLine(docker);
    Docker.endFlagsAtCommand(line);
    List<String> all = new ArrayList<>(place);
    all.addAll(List.of(words));
    int code = line.execute(all.toArray(new String[0]));
    return new Ended(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** What was asked so far, with queries. */
  List<String> asked() {
    return asked;
  }

  /** The last body of a request. */
  byte[] body(String request) {
    return bodies.getOrDefault(request, new byte[0]);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
