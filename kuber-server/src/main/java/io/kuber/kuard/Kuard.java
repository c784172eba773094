package io.kuber.kuard;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * The process: reads the flags, serves HTTP (and HTTPS when there is a certificate), starts the key
 * generation if it is wanted, and ends in good order on SIGTERM.
 */
public final class Kuard implements AutoCloseable {
  private static final int THREADS = 8;
  private static final int WAITING = 256;
  private static final long IDLE_SECONDS = 30;
  private static final long DRAIN_MILLIS = 3000;
  private static final long POLL_MILLIS = 10;
  private static final int BAD_USAGE = 2;

  private final Settings settings;
  private final KeyGen keyGen;
  private final Front front;
  private final ThreadPoolExecutor threads;
  private final List<HttpServer> servers = new ArrayList<>();
  private boolean closed;

  private Kuard(Settings settings, IntConsumer exit) {
    this.settings = settings;
    this.keyGen = new KeyGen(settings.keyWork(), exit);
    Metrics metrics = new Metrics();
    this.front = new Front(new Site(settings, metrics, keyGen).routes(), metrics);
    this.threads =
        new ThreadPoolExecutor(
            THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING));
    threads.allowCoreThreadTimeOut(true);
  }

  /** Runs until SIGTERM, or until the key generation is complete and was told to exit. */
  public static void main(String[] args) {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("sun.net.httpserver.maxReqTime", "30");
    try {
      Settings settings = Settings.parse(List.of(args), System.getenv());
      Kuard kuard = start(settings, System::exit);
      Runtime.getRuntime().addShutdownHook(new Thread(kuard::close, "shutdown"));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "\n" + Settings.flags().usage());
      System.exit(BAD_USAGE);
    } catch (IOException e) {
      Log.line("cannot serve: " + e.getMessage());
      System.exit(1);
    }
  }

  /**
   * Serves from now on.
   *
   * @param exit ends the process; called from the key generation's thread
   * @throws IOException if the address cannot be listened on
   */
  static Kuard start(Settings settings, IntConsumer exit) throws IOException {
    Kuard kuard = new Kuard(settings, exit);
    Log.line("Starting kuard version: " + settings.version());
    Log.line("WARNING: this server shows its environment and files, secrets included");
    HttpServer http = HttpServer.create(settings.address(), WAITING);
    kuard.serve(http, "HTTP");
    if (Tls.in(settings.tlsDirectory()).isThere()) {
      kuard.threads.execute(kuard::serveTls);
    } else {
      Log.line("Could not find certificates to serve TLS");
    }
    if (settings.keyWork().enable()) {
      kuard.keyGen.replace(settings.keyWork());
    }
    return kuard;
  }

  /** The port of plain HTTP. */
  int port() {
    return ports().get(0);
  }

  /** The ports listened on: HTTP and, when it is served, HTTPS. */
  synchronized List<Integer> ports() {
    return servers.stream().map(server -> server.getAddress().getPort()).toList();
  }

  /** Stops accepting, lets the calls at hand finish for a few seconds, and ends every thread. */
  @Override
  public void close() {
    Log.line("Shutting down");
    keyGen.close();
    awaitCalls();
    synchronized (this) {
      closed = true;
      servers.forEach(server -> server.stop(0));
    }
    threads.shutdown();
  }

  private void awaitCalls() {
    try {
      for (long waited = 0; front.busy() > 0 && waited < DRAIN_MILLIS; waited += POLL_MILLIS) {
        Thread.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void serve(HttpServer server, String protocol) {
    if (closed) {
      server.stop(0);
      return;
    }
    server.createContext("/", front);
    server.setExecutor(threads);
    server.start();
    servers.add(server);
    InetSocketAddress address = server.getAddress();
    String host = address.getAddress().isAnyLocalAddress() ? "" : address.getHostString();
    Log.line("Serving " + protocol + " on " + host + ":" + address.getPort());
  }

  /** In the background, because loading TLS takes longer than starting all the rest. */
  private void serveTls() {
    try {
      HttpsServer https = HttpsServer.create(settings.tlsAddress(), WAITING);
      https.setHttpsConfigurator(new HttpsConfigurator(Tls.in(settings.tlsDirectory()).context()));
      serve(https, "HTTPS");
    } catch (IOException | GeneralSecurityException e) {
      Log.line("cannot serve TLS: " + e.getMessage());
    }
  }
}
