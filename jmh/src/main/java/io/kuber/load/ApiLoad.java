package io.kuber.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Puts an API server under load and prints what it did as a table: per number of connections and
 * operation the answers per second, and within which time half and 99 of 100 of them came.
 */
public final class ApiLoad {
  private static final double MILLI = 1e6;
  private static final boolean TERMINAL = System.getenv("TERM") != null;

  private final LoadOptions options;
  private final Kubeconfig config;
  private final URI server;
  private final String namespace = "load-" + Long.toString(System.nanoTime(), 36);
  private final HttpClient shared;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ScheduledExecutorService progress = Executors.newSingleThreadScheduledExecutor();

  private ApiLoad(LoadOptions options) throws IOException {
    this.options = options;
    this.config = Kubeconfig.read(options.kubeconfig());
    this.server = options.server().map(URI::create).orElse(config.server());
    this.shared = Target.client(config, false);
  }

  /** Runs; {@code --help} tells the options. */
  public static void main(String[] arguments) throws Exception {
    LoadOptions options;
    try {
      options = LoadOptions.parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    new ApiLoad(options).run();
    System.exit(0);
  }

  private void run() throws InterruptedException, ExecutionException {
    Target first = target(shared);
    first.open();
    try {
      int most = Math.max(options.objects(), Collections.max(options.connections()));
      IntStream.range(0, most).forEach(i -> first.create(Operation.own(i)));
      System.out.printf(
          "%s, %s, objects of %d bytes, lists of %d%n%n",
          server, options.http2() ? "HTTP/2" : "HTTP/1.1", options.bytes(), options.objects());
      System.out.println("| connections | operation | per second | p50, ms | p99, ms | refused |");
      System.out.println("|---|---|---|---|---|---|");
      for (int connections : options.connections()) {
        List<Target> targets = targets(connections);
        for (Operation operation : Operation.values()) {
          row(operation, targets, connections);
        }
      }
    } finally {
      first.close();
      threads.shutdownNow();
      progress.shutdownNow();
    }
  }

  private Target target(HttpClient client) {
    return new Target(client, server, config.token(), namespace, options);
  }

  /**
   * Many requests at a time on one client are as many connections with HTTP/1.1, but not with 2.
   */
  private List<Target> targets(int connections) {
    List<Target> targets = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      targets.add(target(options.http2() ? Target.client(config, true) : shared));
    }
    return targets;
  }

  private void row(Operation operation, List<Target> targets, int connections)
      throws InterruptedException, ExecutionException {
    Future<Latencies> seen =
        operation == Operation.WATCH
            ? threads.submit(new Watcher(target(shared), options.time()))
            : null;
    Round round = new Round(operation, targets, options.time());
    Future<?> shown =
        progress.scheduleAtFixedRate(
            () -> show(round, operation, connections), 1, 1, TimeUnit.SECONDS);
    Round.Result result = round.run(threads);
    shown.cancel(false);
    Latencies latencies = seen == null ? result.latencies() : seen.get();
    double perSecond =
        seen == null ? result.perSecond() : latencies.count() / (double) options.time().toSeconds();
    erase();
    System.out.printf(
        "| %d | %s | %.0f | %.2f | %.2f | %d |%n",
        connections,
        operation.name().toLowerCase(Locale.ROOT),
        perSecond,
        latencies.percentile(50) / MILLI,
        latencies.percentile(99) / MILLI,
        result.refused());
  }

  /** Where people look on, they see that it goes on; the table alone goes to standard output. */
  private static void show(Round round, Operation operation, int connections) {
    erase();
    if (TERMINAL) {
      System.err.printf("%d connections: %s, %d answers", connections, operation, round.done());
    }
  }

  private static void erase() {
    if (TERMINAL) {
      System.err.print("\r\033[K");
    }
  }
}
