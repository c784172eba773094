package io.kuber.kuard;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the process was started with.
 *
 * @param version the image's version; a colour name such as {@code blue} also colours the page
 * @param livenessFailNext how many liveness probes fail from the start, negative for all
 */
record Settings(
    InetSocketAddress address,
    InetSocketAddress tlsAddress,
    Path tlsDirectory,
    String version,
    KeyWork keyWork,
    int livenessFailNext,
    int readinessFailNext,
    List<String> commandLine,
    Map<String, String> environment) {

  static final String DEFAULT_VERSION = "blue";

  /** The program's path in the original's image, which the book shows before the arguments. */
  private static final String PROGRAM = "/kuard";

  /** Throws IllegalArgumentException with a sentence for the user. */
  static Settings parse(List<String> args, Map<String, String> environment) {
    Flags flags = flags().parse(args, environment);
    String port = flags.text("port");
    String address = port.isEmpty() ? flags.text("address") : ":" + port;
    return new Settings(
        address("address", address),
        address("tls-address", flags.text("tls-address")),
        Path.of(flags.text("tls-dir")),
        flags.text("version"),
        KeyWork.parse(flags),
        flags.number("liveness-fail-next", Integer.MIN_VALUE, Probe.MAX_FAILURES),
        flags.number("readiness-fail-next", Integer.MIN_VALUE, Probe.MAX_FAILURES),
        commandLine(args),
        Map.copyOf(environment));
  }

  private static List<String> commandLine(List<String> args) {
    List<String> words = new ArrayList<>(List.of(PROGRAM));
    words.addAll(args);
    return List.copyOf(words);
  }

  static Flags flags() {
    Flags flags =
        new Flags()
            .text("address", ":8080", "The address to serve on")
            .text("port", "", "Only the port of --address")
            .text("tls-address", ":8443", "The address to serve TLS on if certificates are found")
            .text("tls-dir", "/tls", "The directory of kuard.crt and kuard.key")
            .text("version", DEFAULT_VERSION, "The version to show; a colour name colours the page")
            .text("liveness-fail-next", "0", "Fail this many liveness probes; -1 is all")
            .text("readiness-fail-next", "0", "Fail this many readiness probes; -1 is all")
            .toggle("debug", "Accepted and without effect")
            .text("debug-sitedata-dir", "", "Accepted and without effect");
    return KeyWork.declare(flags);
  }

  /** {@code :8080}, {@code 127.0.0.1:8080} or {@code [::1]:8080}; no host means all addresses. */
  private static InetSocketAddress address(String flag, String text) {
    int colon = text.lastIndexOf(':');
    try {
      int port = Integer.parseInt(text.substring(colon + 1));
      String host = colon <= 0 ? "" : text.substring(0, colon);
      return host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "--" + flag + "=" + text + " is not host:port or :port", e);
    }
  }
}
