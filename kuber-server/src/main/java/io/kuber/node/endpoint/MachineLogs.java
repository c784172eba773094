package io.kuber.node.endpoint;

import io.kuber.api.ApiException;
import io.kuber.api.StatusReason;
import io.kuber.http.Exchange;
import io.kuber.http.Handler;
import io.kuber.http.Request;
import io.kuber.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code /logs/...}: directories and files of the machine's own logs, and nothing beside them. */
final class MachineLogs implements Handler {
  /** The end of a file that is shown. */
  private static final long MOST_BYTES = 16 << 20;

  private static final int MOST_ENTRIES = 10_000;

  private final Path root;

  MachineLogs(Path root) {
    this.root = root;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    Request request = exchange.request();
    if (!request.method().equals("GET")) {
      throw new ApiException(StatusReason.METHOD_NOT_ALLOWED, "405 method not allowed");
    }
    List<String> segments = request.segments();
    Path path = found(String.join("/", segments.subList(1, segments.size())));
    exchange.respond(
        Files.isDirectory(path)
            ? Response.of(200, "text/html; charset=utf-8", listing(path))
            : Response.of(200, "text/plain; charset=utf-8", tail(path)));
  }

  /** Links are followed, but not out of the directory. */
  private Path found(String relative) throws IOException {
    Path path = root.resolve(relative).normalize();
    if (!Files.exists(path) || !path.toRealPath().startsWith(root.toRealPath())) {
      throw new ApiException(StatusReason.NOT_FOUND, "404 page not found");
    }
    return path;
  }

  private static byte[] listing(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      String lines =
          entries
              .limit(MOST_ENTRIES)
              .map(entry -> entry.getFileName() + (Files.isDirectory(entry) ? "/" : ""))
              .sorted()
              .map(MachineLogs::escaped)
              .map(name -> "<a href=\"" + name + "\">" + name + "</a>\n")
              .collect(Collectors.joining());
      return ("<!doctype html>\n<pre>\n" + lines + "</pre>\n").getBytes(StandardCharsets.UTF_8);
    }
  }

  private static String escaped(String name) {
    return name.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&#34;");
  }

  private static byte[] tail(Path file) throws IOException {
    long skipped = Math.max(0, Files.size(file) - MOST_BYTES);
    try (InputStream input = Files.newInputStream(file)) {
      input.skipNBytes(skipped);
      return input.readNBytes((int) MOST_BYTES);
    }
  }
}
