package io.kuber.load.ingress;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableMap;
import io.kuber.http.HttpServer;
import io.kuber.http.HttpServerConfig;
import io.kuber.http.Response;
import io.kuber.http.TlsConfig;
import io.kuber.ingress.IngressConfig;
import io.kuber.ingress.IngressServer;
import io.kuber.ingress.route.RoutePlanner;
import io.kuber.ingress.route.RouteTable;
import io.kuber.json.Yaml;
import io.kuber.load.Latencies;
import io.kuber.object.KubeObject;
import io.kuber.server.trust.ClusterTrust;
import io.kuber.server.trust.Identity;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How many requests a second pass through the ingress, and how long they take, beside nginx in
 * front of the same server, in turns: pages of 1 KB over connections that are kept. Arguments: a
 * directory, seconds per row, and the program nginx; without the last, kuber alone.
 */
public final class IngressLoad {
  private static final int ROUNDS = 3;
  private static final List<Integer> CONNECTIONS = List.of(1, 16, 64);
  private static final byte[] PAGE = new byte[1024];
  private static final double MICRO = 1e3;

  private IngressLoad() {}

  /** Measures and prints. */
  public static void main(String[] arguments) throws Exception {
    Path directory = Files.createDirectories(Path.of(arguments[0]).toAbsolutePath());
    Duration each = Duration.ofSeconds(Long.parseLong(arguments[1]));
    try (HttpServer backend =
            HttpServer.start(
                HttpServerConfig.plain(0),
                exchange -> exchange.respond(Response.of(200, "text/plain", PAGE)));
        IngressServer ingress = ingress(directory, backend.port())) {
      int kuber = ingress.plainAddress().getPort();
      if (arguments.length < 3) {
        measure(ImmutableMap.of("kuber", kuber), each);
        return;
      }
      int port = freePort();
      try (Nginx nginx = Nginx.start(Path.of(arguments[2]), directory, port, backend.port())) {
        measure(ImmutableMap.of("kuber", kuber, "nginx", nginx.port()), each);
      }
    }
  }

  private static IngressServer ingress(Path directory, int backend) throws IOException {
    Identity shown =
        ClusterTrust.open(directory.resolve("pki"), List.of("127.0.0.1"), Instant.now()).server();
    TlsConfig fallback = new TlsConfig(shown.key(), List.of(shown.certificate()), List.of());
    InetSocketAddress free = new InetSocketAddress("127.0.0.1", 0);
    IngressServer ingress =
        IngressServer.start(
            new IngressConfig(
                free, free, fallback, Duration.ofMinutes(1), () -> "load", line -> {}));
    ingress.update(routes(backend), Map.of());
    return ingress;
  }

  private static RouteTable routes(int backend) {
    return RoutePlanner.plan(
        "kuber.io/ingress",
        "kuber",
        List.of(
            object(
                "{metadata: {namespace: n, name: i}, spec: {ingressClassName: kuber, rules: [{host:"
                    + " load.example, http: {paths: [{pathType: Prefix, path: /, backend: {service:"
                    + " {name: s, port: {number: 80}}}}]}}]}}")),
        List.of(object("{metadata: {name: kuber}, spec: {controller: kuber.io/ingress}}")),
        List.of(
            object(
                "{metadata: {namespace: n, name: s}, spec: {clusterIP: 10.96.0.9, ports: [{name: p,"
                    + " port: 80}]}}")),
        List.of(
            object(
                "{metadata: {namespace: n, name: s-1, labels: {kubernetes.io/service-name: s}},"
                    + " ports: [{name: p, port: "
                    + backend
                    + "}], endpoints: [{addresses: [127.0.0.1]}]}")));
  }

  private static KubeObject object(String yaml) {
    return KubeObject.of(Yaml.parse(yaml.getBytes(UTF_8)));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void measure(ImmutableMap<String, Integer> ports, Duration each) throws Exception {
    for (int port : ports.values()) {
      call(port, CONNECTIONS.get(1), each);
    }
    System.out.println("| through | connections | requests/s | p50, us | p99, us |");
    System.out.println("|---|---|---|---|---|");
    for (int connections : CONNECTIONS) {
      for (int round = 0; round < ROUNDS; round++) {
        for (Map.Entry<String, Integer> port : ports.entrySet()) {
          Latencies all = call(port.getValue(), connections, each);
          System.out.printf(
              Locale.ROOT,
              "| %s | %d | %.0f | %.0f | %.0f |%n",
              port.getKey(),
              connections,
              (double) all.count() / each.toSeconds(),
              all.percentile(50) / MICRO,
              all.percentile(99) / MICRO);
        }
      }
    }
  }

  private static Latencies call(int port, int connections, Duration time) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(connections);
    try {
      long end = System.nanoTime() + time.toNanos();
      List<Future<Latencies>> calls = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        calls.add(
            threads.submit(
                () -> {
                  try (Caller caller = new Caller(port)) {
                    return caller.callUntil(end);
                  }
                }));
      }
      Latencies all = new Latencies();
      for (Future<Latencies> call : calls) {
        all.add(call.get());
      }
      return all;
    } finally {
      threads.shutdownNow();
    }
  }
}
