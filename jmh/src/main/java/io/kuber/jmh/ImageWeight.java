package io.kuber.jmh;

import io.kuber.json.Json;
import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import io.kuber.store.Command;
import io.kuber.store.LocalStore;
import java.util.Locale;

/**
 * How much memory pods take in an image: holds as many as it is told (150,000), as their bytes
 * alone and then with their parsed trees, as controllers keep them, and prints the size per pod.
 */
public final class ImageWeight {
  private static final int PODS = 150_000;

  private ImageWeight() {}

  /** Fills, weighs and prints. */
  public static void main(String[] args) {
    int pods = args.length > 0 ? Integer.parseInt(args[0]) : PODS;
    KubeObject pod = KubeObject.of(Json.parse(SamplePod.json()));
    long empty = used();
    try (LocalStore store = new LocalStore()) {
      long bytes = 0;
      for (int i = 0; i < pods; i++) {
        KubeObject named =
            pod.with("pod-" + i, "metadata", "name").with("default", "metadata", "namespace");
        byte[] value = Json.print(named.tree());
        bytes += value.length;
        store
            .submit(new Command.Put(Resources.PODS.key("default", "pod-" + i), 0, value))
            .toCompletableFuture()
            .join();
      }
      long asBytes = used() - empty;
      store
          .image()
          .scan(Resources.PODS.qualifiedName(), "", null)
          .forEachRemaining(stored -> stored.object());
      long parsed = used() - empty;
      System.out.println(
          "| pods | JSON of a pod, bytes | in the image, bytes each | parsed too, bytes each |");
      System.out.println("|---|---|---|---|");
      System.out.printf(
          Locale.ROOT,
          "| %,d | %,d | %,d | %,d |%n",
          store.image().count(Resources.PODS.qualifiedName(), ""),
          bytes / pods,
          asBytes / pods,
          parsed / pods);
    }
  }

  private static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
