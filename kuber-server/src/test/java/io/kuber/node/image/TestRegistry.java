package io.kuber.node.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kuber.node.image.registry.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A registry on loopback that answers as it should, but for the faults that a test asks for. */
public final class TestRegistry implements AutoCloseable {
  private static final int THREADS = 8;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final Map<String, byte[]> manifests = new ConcurrentHashMap<>();
  private final Map<Digest, byte[]> blobs = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final Map<String, Queue<Fault>> faults = new ConcurrentHashMap<>();
  private volatile Optional<Login> login = Optional.empty();

  /** Who may pull, and how that is asked for. */
  private record Login(boolean bearer, String user, String password) {
    String basic() {
      return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
    }
  }

  /** What goes wrong with one answer. */
  sealed interface Fault {
    /** Another status, with a header. */
    record Status(int code, String header, String value) implements Fault {}

    /** The connection ends after so many bytes of the body. */
    record Truncated(int bytes) implements Fault {}

    /** Other bytes than those asked for. */
    record Instead(byte[] bytes) implements Fault {}

    /** All bytes although only the last were asked for. */
    record WithoutRange() implements Fault {}
  }

  /** Starts a registry on a free port. */
  public TestRegistry() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Host and port, as they stand in a reference. */
  public String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Has an image under a name and tag. */
  public void push(String name, String tag, TestImage image) {
    pushManifest(name, tag, image.manifest());
    push(name, image);
  }

  /** Has an image under its digest alone. */
  void push(String name, TestImage image) {
    blobs.putAll(image.blobs());
    pushManifest(name, image.digest().toString(), image.manifest());
  }

  void pushManifest(String name, String version, byte[] manifest) {
    manifests.put(name + "/manifests/" + version, manifest);
  }

  /** Has further requests of paths that end like this go wrong, one after the other. */
  void fail(String pathEnd, Fault... next) {
    faults.computeIfAbsent(pathEnd, unused -> new ConcurrentLinkedQueue<>()).addAll(List.of(next));
  }

  public void wantBasic(String user, String password) {
    login = Optional.of(new Login(false, user, password));
  }

  public void wantToken(String user, String password) {
    login = Optional.of(new Login(true, user, password));
  }

  /** Paths that were asked for, with the range and what stood for authorization. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  /** Requests whose path ends like this. */
  List<String> requests(String pathEnd) {
    List<String> found = new ArrayList<>();
    for (String each : requests) {
      if (each.split(" ")[0].endsWith(pathEnd)) {
        found.add(each);
      }
    }
    return found;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String range = header(exchange, "Range");
      String authorization = header(exchange, "Authorization");
      requests.add((path + " " + range + " " + authorization.split(" ")[0]).trim());
      if (path.equals("/token")) {
        token(exchange, authorization);
      } else if (isRefused(authorization)) {
        exchange.getResponseHeaders().set("WWW-Authenticate", challenge());
        answer(exchange, 401, new byte[0]);
      } else {
        content(exchange, path, range);
      }
    }
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  private boolean isRefused(String authorization) {
    return login
        .map(who -> !authorization.equals(who.bearer ? "Bearer secret-token" : who.basic()))
        .orElse(false);
  }

  private String challenge() {
    return login.map(Login::bearer).orElse(false)
        ? "Bearer realm=\"http://" + address() + "/token\",service=\"test\""
        : "Basic realm=\"test\"";
  }

  private void token(HttpExchange exchange, String authorization) throws IOException {
    if (login.map(Login::basic).orElse("").equals(authorization)) {
      answer(exchange, 200, "{\"token\":\"secret-token\"}".getBytes(UTF_8));
    } else {
      answer(exchange, 401, new byte[0]);
    }
  }

  private void content(HttpExchange exchange, String path, String range) throws IOException {
    Optional<Fault> fault = fault(path);
    byte[] found = find(path);
    if (fault.isPresent() && fault.get() instanceof Fault.Status status) {
      if (!status.header.isEmpty()) {
        exchange.getResponseHeaders().set(status.header, status.value);
      }
      answer(exchange, status.code, new byte[0]);
    } else if (found.length == 0) {
      answer(
          exchange,
          404,
          "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\",\"message\":\"manifest unknown\"}]}"
              .getBytes(UTF_8));
    } else if (fault.isPresent() && fault.get() instanceof Fault.Instead other) {
      answer(exchange, 200, other.bytes);
    } else if (fault.isPresent() && fault.get() instanceof Fault.Truncated truncated) {
      exchange.sendResponseHeaders(200, found.length);
      exchange.getResponseBody().write(found, 0, truncated.bytes);
      exchange.getResponseBody().flush();
    } else if (range.isEmpty() || fault.isPresent()) {
      answer(exchange, 200, found);
    } else {
      int from = Integer.parseInt(range.replaceAll("[^0-9]", ""));
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes %d-%d/%d".formatted(from, found.length - 1, found.length));
      answer(exchange, 206, Arrays.copyOfRange(found, from, found.length));
    }
  }

  private Optional<Fault> fault(String path) {
    return faults.entrySet().stream()
        .filter(entry -> path.endsWith(entry.getKey()))
        .findFirst()
        .map(entry -> entry.getValue().poll());
  }

  private byte[] find(String path) {
    byte[] none = new byte[0];
    int blob = path.indexOf("/blobs/");
    return blob >= 0
        ? blobs.getOrDefault(Digest.parse(path.substring(blob + "/blobs/".length())), none)
        : manifests.getOrDefault(path.replaceFirst("^/v2/", ""), none);
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
