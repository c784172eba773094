package io.kuber.jmh;

import io.kuber.json.Json;
import io.kuber.object.KubeObject;
import io.kuber.store.Command;
import io.kuber.store.Key;
import io.kuber.store.Outcome;
import io.kuber.store.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One change of a Pod, from the store to the sockets of all who watch. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class FanOutBenchmark {
  private static final byte[] NO_BODY = {};

  /** How many watch. */
  @Param({"1", "1000"})
  public int watchers;

  /** In which encoding. */
  @Param({"application/json", "application/vnd.kubernetes.protobuf"})
  public String accept = "";

  private final InProcessServer server = new InProcessServer();
  private final List<CountedExchange> watches = new ArrayList<>();
  private final Key key = new Key("pods", "shop", "web");
  private byte[] value = NO_BODY;

  /** Opens the watches and lets them see all there is. */
  @Setup
  public void open() {
    server.addPod(KubeObject.of(Json.parse(SamplePod.json())), "shop", "web");
    Stored stored = server.store.image().get(key);
    value = stored == null ? NO_BODY : stored.value();
    for (int i = 0; i < watchers; i++) {
      watches.add(server.begin("GET", "/api/v1/pods?watch=true", NO_BODY, "Accept", accept));
    }
    server.settle();
  }

  /** Returns the bytes that were handed out. */
  @Benchmark
  public long change() {
    Stored before = server.store.image().get(key);
    Command put = new Command.Put(key, before == null ? 0 : before.revision(), value);
    Outcome outcome = server.store.submit(put).toCompletableFuture().join();
    if (!(outcome instanceof Outcome.Applied)) {
      throw new IllegalStateException("not applied");
    }
    server.settle();
    return watches.stream().mapToLong(CountedExchange::bytes).sum();
  }
}
