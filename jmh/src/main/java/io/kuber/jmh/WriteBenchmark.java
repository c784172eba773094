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
  private static final String DEFINITIONS =
      "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  private static final String ROLLOUTS = "/apis/bench.example.com/v1/namespaces/shop/rollouts";
  private static final String JSON = "application/json";
  private static final String APPLY = "application/apply-patch+yaml";
  private static final String DRY = "?dryRun=All";

  private final InProcessServer server = new InProcessServer();
  private final JsonMapper mapper = new JsonMapper();
  private final byte[] sample = SamplePod.json();
  private byte[] sent = sample;
  private byte[] applied = sample;

  /** A namespace with one Pod, to patch, and another to send. */
  @Setup
  public void fill() {
    post("/api/v1/namespaces", "{\"metadata\":{\"name\":\"shop\"}}");
    post("/api/v1/namespaces/shop/serviceaccounts", "{\"metadata\":{\"name\":\"default\"}}");
    KubeObject pod = KubeObject.of(Json.parse(sample));
    server.send("POST", PODS, named("stored", pod), "Content-Type", JSON);
    sent = named("new", pod);
    applied = named("applied", pod);
    apply("");
    server.send("POST", DEFINITIONS, utf8(SampleDefinition.DEFINITION), "Content-Type", JSON);
    server.send(
        "PATCH",
        DEFINITIONS + "/" + SampleDefinition.NAME + "/status",
        utf8(SampleDefinition.ESTABLISHED),
        "Content-Type",
        "application/merge-patch+json");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private long apply(String options) {
    String target = PODS + "/applied?fieldManager=bench" + options;
    return server.send("PATCH", target, applied, "Content-Type", APPLY).bytes();
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
    server.send("POST", path, utf8(json), "Content-Type", JSON);
  }

  /** A create. */
  @Benchmark
  public long create() {
    return server.send("POST", PODS + DRY, sent, "Content-Type", JSON).bytes();
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

  /** Server-side apply of what the applier had applied before: all of the Pod, and no change. */
  @Benchmark
  public long apply() {
    return apply("&dryRun=All");
  }

  /** A create of a small custom resource with five rules. */
  @Benchmark
  public long createCustom() {
    return server
        .send("POST", ROLLOUTS + DRY, utf8(SampleDefinition.OBJECT), "Content-Type", JSON)
        .bytes();
  }

  private long patch(String type, String patch) {
    byte[] body = utf8(patch);
    return server.send("PATCH", PODS + "/stored" + DRY, body, "Content-Type", type).bytes();
  }
}
