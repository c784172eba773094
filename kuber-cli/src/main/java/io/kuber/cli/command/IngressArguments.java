package io.kuber.cli.command;

import io.kuber.boot.NodeHalf;
import io.kuber.boot.WithIngress;
import io.kuber.cli.output.CommandFailure;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says whether Ingresses are served. */
final class IngressArguments {
  private static final Pattern PORTS = Pattern.compile("(\\d{1,5}),(\\d{1,5})");
  private static final int MAX_PORT = 65_535;

  @Option(
      names = "--ingress",
      arity = "0..1",
      fallbackValue = "80,443",
      paramLabel = "HTTP,HTTPS",
      description =
          "serve Ingresses of class kuber, and of no class, at these ports of this machine"
              + " (default: ${FALLBACK-VALUE}); without it they wait for a controller of yours")
  private @Nullable String ports;

  @Option(
      names = "--ingress-access-log",
      paramLabel = "FILE",
      description =
          "with --ingress, write a line for each request to this file, which has three older ones"
              + " of 64 MB beside it at most")
  private @Nullable Path accessLog;

  /** The nodes, with an ingress if one is wanted. */
  NodeHalf around(NodeHalf nodes) {
    if (ports == null) {
      if (accessLog != null) {
        throw new CommandFailure("--ingress-access-log needs --ingress");
      }
      return nodes;
    }
    Matcher matcher = PORTS.matcher(ports);
    if (!matcher.matches()) {
      throw new CommandFailure("--ingress: " + ports + " is not HTTP,HTTPS, such as 8080,8443");
    }
    int plain = port(matcher.group(1));
    int secure = port(matcher.group(2));
    if (plain == secure) {
      throw new CommandFailure("--ingress: " + ports + " is the same port twice");
    }
    WithIngress ingress = new WithIngress(nodes, plain, secure);
    return accessLog == null ? ingress : ingress.withAccessLog(accessLog);
  }

  private static int port(String text) {
    int port = Integer.parseInt(text);
    if (port < 1 || port > MAX_PORT) {
      throw new CommandFailure("--ingress: " + text + " is not a port from 1 to " + MAX_PORT);
    }
    return port;
  }
}
