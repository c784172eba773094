package io.kuber.node.probe;

import io.kuber.object.Tree;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Asks over HTTP; the status alone counts. Redirects are followed on the same host; one that leads
 * away is a success with a warning (pkg/probe/http).
 */
final class HttpProbe {
  private static final int MOST_REQUESTS = 10;
  private static final Set<Integer> FOLLOWED = Set.of(301, 302, 303, 307, 308);

  private HttpProbe() {}

  /** Asks, and judges by the status. */
  static ProbeResult ask(Tree http, Target target, Duration timeout) throws IOException {
    HttpCall.Answer answer = answer(http, target, timeout);
    if (answer.isRedirect()) {
      return ProbeResult.warning("Probe terminated redirects, Response body: " + answer.body());
    }
    return answer.status() >= 200 && answer.status() < 300
        ? ProbeResult.SUCCESS
        : ProbeResult.failure("HTTP probe failed with statuscode: " + answer.status());
  }

  /** Asks, and is content with any answer, as hooks are (pkg/kubelet/lifecycle). */
  static ProbeResult call(Tree http, Target target, Duration timeout) throws IOException {
    answer(http, target, timeout);
    return ProbeResult.SUCCESS;
  }

  private static HttpCall.Answer answer(Tree http, Target target, Duration timeout)
      throws IOException {
    String path = http.text("path").startsWith("/") ? http.text("path") : "/" + http.text("path");
    boolean secure = http.text("scheme").equalsIgnoreCase("HTTPS");
    HttpPlace first = new HttpPlace(secure, target.host(http), target.port(http), escaped(path));
    try {
      return follow(http, first, System.nanoTime() + timeout.toNanos());
    } catch (IOException e) {
      throw new IOException("Get \"" + first.url() + "\": " + e.getMessage(), e);
    }
  }

  /** A space would end the path, and a line break the request. */
  private static String escaped(String path) {
    return Pattern.compile("[\\x00-\\x20\\x7f]")
        .matcher(path)
        .replaceAll(found -> "%%%02X".formatted((int) found.group().charAt(0)));
  }

  private static HttpCall.Answer follow(Tree http, HttpPlace first, long end) throws IOException {
    HttpPlace place = first;
    String host = header(http, "Host", "");
    for (int i = 0; i < MOST_REQUESTS; i++) {
      String request = request(http, host.isEmpty() ? place.authority() : host, place.path());
      HttpCall.Answer answer =
          HttpCall.send(place, request, Duration.ofNanos(end - System.nanoTime()));
      if (!FOLLOWED.contains(answer.status()) || answer.location().isEmpty()) {
        return answer;
      }
      String location = answer.location().get();
      place = place.at(location);
      if (!place.host().equalsIgnoreCase(first.host())) {
        return answer;
      }
      if (location.matches("(?i)[a-z][a-z0-9+.-]*:.*")) {
        host = ""; // A whole address says itself whom to ask for.
      }
    }
    throw new IOException("stopped after " + MOST_REQUESTS + " redirects");
  }

  /** What the pod declares takes the place of what every probe says of itself. */
  static String request(Tree http, String host, String path) {
    StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\n");
    append(request, "Host", host);
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
}
