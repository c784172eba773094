package io.kuber.jmh;

import io.kuber.json.Json;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes of a Pod of 3 KB as dry runs: decoded, checked against the schema, defaulted, admitted,
 * validated, encoded for the store and answered; everything but the log.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class WriteBenchmark {
  private static final String PODS = "/api/v1/namespaces/shop/pods";
  private static final String DRY = "?dryRun=All";

  private final InProcessServer server = new InProcessServer();
  private final JsonMapper mapper = new JsonMapper();
  private final byte[] sample = SamplePod.json();
  private byte[] sent = sample;

  /** A namespace with one Pod, to patch, and another to send. */
  @Setup
  public void fill() {
    post("/api/v1/namespaces", "{\"metadata\":{\"name\":\"shop\"}}");
    post("/api/v1/namespaces/shop/serviceaccounts", "{\"metadata\":{\"name\":\"default\"}}");
    KubeObject pod = KubeObject.of(Json.parse(sample));
    server.send("POST", PODS, named("stored", pod), "Content-Type", "application/json");
    sent = named("new", pod);
  }

  private static byte[] named(String name, KubeObject pod) {
    Tree metadata =
        Tree.of(
            "name", name,
            "labels", pod.metadata().tree("labels"),
            "annotations", pod.metadata().tree("annotations"));
    return Json.print(
        Tree.of("apiVersion", "v1", "kind", "Pod", "metadata", metadata, "spec", pod.spec()));
  }

  private void post(String path, String json) {
    server.send(
        "POST", path, json.getBytes(StandardCharsets.UTF_8), "Content-Type", "application/json");
  }

  /** A create. */
  @Benchmark
  public long create() {
    return server.send("POST", PODS + DRY, sent, "Content-Type", "application/json").bytes();
  }

  /** What of it a server does that knows nothing of Pods: text to Jackson's tree and back. */
  @Benchmark
  public byte[] parseAndPrintJackson() {
    return mapper.writeValueAsBytes(mapper.readTree(sent));
  }

  /** A change of a label by an operation on its path. */
  @Benchmark
  public long patchJson() {
    return patch(
        "application/json-patch+json",
        "[{\"op\":\"replace\",\"path\":\"/metadata/labels/tier\",\"value\":\"back\"}]");
  }

  /** The same by a merge patch. */
  @Benchmark
  public long patchMerge() {
    return patch("application/merge-patch+json", "{\"metadata\":{\"labels\":{\"tier\":\"back\"}}}");
  }

  /** The same, and a finalizer, by a strategic merge patch, which has to know the schema. */
  @Benchmark
  public long patchStrategic() {
    return patch(
        "application/strategic-merge-patch+json",
        "{\"metadata\":{\"finalizers\":[\"a.b/c\"],\"labels\":{\"tier\":\"back\"}}}");
  }

  private long patch(String type, String patch) {
    byte[] body = patch.getBytes(StandardCharsets.UTF_8);
    return server.send("PATCH", PODS + "/stored" + DRY, body, "Content-Type", type).bytes();
  }
}
