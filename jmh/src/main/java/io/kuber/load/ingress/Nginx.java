package io.kuber.load.ingress;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** An nginx that leads all requests to one server, over connections that it keeps. */
final class Nginx implements AutoCloseable {
  private static final int ATTEMPTS = 600;
  private static final int PAUSE_MILLIS = 50;
  private static final int CLOSE_SECONDS = 10;

  /** Two workers, as the ingress has two event loops on two processors; no log on either side. */
  private static final String CONFIGURATION =
      """
      daemon off;
      pid %1$s/nginx.pid;
      error_log %1$s/error.log;
      worker_processes %2$d;
      events { worker_connections 4096; }
      http {
        access_log off;
        keepalive_requests 1000000000;
        client_body_temp_path %1$s/body;
        proxy_temp_path %1$s/proxy;
        fastcgi_temp_path %1$s/fastcgi;
        uwsgi_temp_path %1$s/uwsgi;
        scgi_temp_path %1$s/scgi;
        upstream backend { server 127.0.0.1:%3$d; keepalive 64; keepalive_requests 1000000000; }
        server {
          listen 127.0.0.1:%4$d;
          server_name load.example;
          location / {
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_set_header Host $host;
            proxy_pass http://backend;
          }
        }
      }
      """;

  private final Process process;
  private final int port;

  private Nginx(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts the program in front of the server at {@code backend}, and waits until it listens. */
  static Nginx start(Path program, Path directory, int port, int backend)
      throws IOException, InterruptedException {
    int workers = Runtime.getRuntime().availableProcessors();
    Path file = directory.resolve("nginx.conf");
    Files.writeString(file, CONFIGURATION.formatted(directory, workers, backend, port));
    Process process =
        new ProcessBuilder(program.toString(), "-c", file.toString(), "-p", directory.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("nginx.out").toFile())
            .start();
    Nginx nginx = new Nginx(process, port);
    nginx.awaitListening(directory);
    return nginx;
  }

  int port() {
    return port;
  }

  private void awaitListening(Path directory) throws IOException, InterruptedException {
    for (int attempt = 0; attempt < ATTEMPTS && process.isAlive(); attempt++) {
      try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (probe.isConnected()) {
          return;
        }
      } catch (IOException notYet) {
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    }
    close();
    throw new IOException("nginx: " + Files.readString(directory.resolve("nginx.out")));
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
