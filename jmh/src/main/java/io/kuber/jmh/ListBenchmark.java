package io.kuber.jmh;

import io.kuber.json.Json;
import io.kuber.object.KubeObject;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Lists of 10,000 Pods of 3 KB, from the request to the last chunk of the answer. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class ListBenchmark {
  private static final int PODS = 10_000;
  private static final byte[] NO_BODY = {};
  private static final String META = ";v=v1;g=meta.k8s.io";

  private final InProcessServer server = new InProcessServer();

  /** Bytes of the answers, which JMH shows per second. */
  @State(Scope.Thread)
  @AuxCounters
  public static class Sent {
    /** How many. */
    public long bytes;

    /** Counts anew for each iteration. */
    @Setup(Level.Iteration)
    public void clean() {
      bytes = 0;
    }
  }

  /** Fills the store. */
  @Setup
  public void fill() {
    KubeObject sample = KubeObject.of(Json.parse(SamplePod.json()));
    for (int i = 0; i < PODS; i++) {
      server.addPod(sample, "ns-" + i % 10, "pod-" + i);
    }
  }

  /** As controllers in other languages read them. */
  @Benchmark
  public void json(Sent sent) {
    list(sent, "", "application/json");
  }

  /** As {@code kubectl get pods} asks for them. */
  @Benchmark
  public void table(Sent sent) {
    list(sent, "", "application/json;as=Table" + META);
  }

  /** As the informers of Go read them. */
  @Benchmark
  public void protobuf(Sent sent) {
    list(sent, "", "application/vnd.kubernetes.protobuf");
  }

  /** As the garbage collector of Kubernetes reads them. */
  @Benchmark
  public void metadata(Sent sent) {
    list(sent, "", "application/json;as=PartialObjectMetadataList" + META);
  }

  /** A selector that looks at all Pods and finds none. */
  @Benchmark
  public void byLabel(Sent sent) {
    list(sent, "?labelSelector=app%3Dnone", "application/json");
  }

  private void list(Sent sent, String query, String accept) {
    sent.bytes += server.send("GET", "/api/v1/pods" + query, NO_BODY, "Accept", accept).bytes();
  }
}
