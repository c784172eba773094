package io.kuber.server.route;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kuber.resource.Resources;
import io.kuber.store.Command;
import java.io.InputStream;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A program of its own, for a small heap: lists many pods over TLS and says how many bytes came.
 * All pods share the bytes that the store keeps of them, so that the heap has room for the store
 * and none for the list.
 */
final class LongList {
  static final int PODS = 100_000;
  static final int POD_BYTES = 2 << 10;

  private LongList() {}

  /** Takes a directory for certificates. */
  public static void main(String[] args) throws Exception {
    try (ServedApi api = new ServedApi(Files.createDirectories(Path.of(args[0])))) {
      byte[] pod = pod();
      for (int i = 0; i < PODS; i++) {
        api.store()
            .submit(new Command.Put(Resources.PODS.key("default", "p" + i), Command.ABSENT, pod));
      }
      System.out.println(count(api));
    }
  }

  private static byte[] pod() {
    String head =
        "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"p\","
            + "\"namespace\":\"default\",\"annotations\":{\"a\":\"";
    String tail = "\"}}}";
    String filler = "x".repeat(POD_BYTES - head.length() - tail.length());
    return (head + filler + tail).getBytes(UTF_8);
  }

  private static long count(ServedApi api) throws Exception {
    long bytes = 0;
    byte[] buffer = new byte[64 << 10];
    try (InputStream body =
        api.admin().send(api.at("/api/v1/pods").build(), BodyHandlers.ofInputStream()).body()) {
      for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
        bytes += count;
      }
    }
    return bytes;
  }
}
