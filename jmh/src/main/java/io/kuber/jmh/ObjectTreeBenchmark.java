package io.kuber.jmh;

import io.kuber.json.Json;
import io.kuber.object.Tree;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Our tree beside Jackson's, on the same Pod. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class ObjectTreeBenchmark {
  private final JsonMapper mapper = new JsonMapper();
  private final byte[] json = SamplePod.json();
  private final Tree tree = Json.parse(json);
  private final JsonNode node = mapper.readTree(json);

  /** Text to our tree. */
  @Benchmark
  public Tree parseKuber() {
    return Json.parse(json);
  }

  /** Text to Jackson's tree. */
  @Benchmark
  public JsonNode parseJackson() {
    return mapper.readTree(json);
  }

  /** Our tree to text. */
  @Benchmark
  public byte[] printKuber() {
    return Json.print(tree);
  }

  /** Jackson's tree to text. */
  @Benchmark
  public byte[] printJackson() {
    return mapper.writeValueAsBytes(node);
  }

  /** A new version with another phase, the old one untouched. */
  @Benchmark
  public Tree changeKuber() {
    return tree.withAt("Failed", "status", "phase");
  }

  /** The same with Jackson, whose trees are mutable and have to be copied. */
  @Benchmark
  public JsonNode changeJackson() {
    ObjectNode copy = (ObjectNode) node.deepCopy();
    ((ObjectNode) copy.get("status")).put("phase", "Failed");
    return copy;
  }

  /** Four fields, as a scheduler or a controller reads them. */
  @Benchmark
  public int readKuber() {
    return tree.text("status", "phase").length()
        + tree.text("spec", "nodeName").length()
        + tree.text("metadata", "labels", "tier").length()
        + tree.items("spec", "containers").tree(0).text("resources", "requests", "cpu").length();
  }

  /** The same fields. */
  @Benchmark
  public int readJackson() {
    return node.get("status").get("phase").stringValue().length()
        + node.get("spec").get("nodeName").stringValue().length()
        + node.get("metadata").get("labels").get("tier").stringValue().length()
        + node.get("spec")
            .get("containers")
            .get(0)
            .get("resources")
            .get("requests")
            .get("cpu")
            .stringValue()
            .length();
  }
}
